"""Synthetic department-years of final accounts: joint leaf rows as a full ledger gives them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import pandas as pd

from yiheng.facts import JOINT_VIEW, DepartmentYear, Fact, Source, Unit

UNIT = Unit("bench", "", "测速单位", "测速单位", "", "unit")
YEAR = 2020
FUNCTIONS = (
    "2050803", "2080501", "2080505", "2080506", "2080599", "2100101", "2100199", "2101101", "2101102", "2101103",
    "2101501", "2101502", "2101503", "2101504", "2101505", "2101506", "2101550", "2101599", "2130599", "2210201",
    "2210203", "2296013",
)  # fmt: skip
ECONOMIC = (
    "30101", "30102", "30103", "30107", "30108", "30109", "30110", "30112", "30113", "30199", "30201", "30202",
    "30205", "30206", "30207", "30209", "30211", "30213", "30215", "30216", "30217", "30226", "30227", "30228",
    "30229", "30231", "30239", "30299", "30302", "30305", "30307", "30399", "31002", "31003", "31007", "31013",
)  # fmt: skip
THREE_PUBLIC = {"30217": "reception", "31013": "vehicle_purchase", "30231": "vehicle_running"}
PROJECTS = 25


def year_of(seed: int, rows: int) -> DepartmentYear:
    """One department-year of that many leaf rows; 三公 follows from economic codes as in the ledger, on top."""
    facts = tuple(_facts(random.Random(seed), rows))
    return DepartmentYear(UNIT, YEAR, "accounts", "440300", (UNIT,), facts, title="测速")


def _facts(chance: random.Random, rows: int) -> Iterator[Fact]:
    """82 in 100 rows are payments, 3 the adjusted budget, 12 income, 2 balances, 1 the adjusted 三公 budget."""
    shared: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}

    def fact(number: int, measure: str, dims: Mapping[str, str], least: int = 1) -> Fact:
        dims = shared.setdefault(tuple(dims.items()), dims)
        amount = chance.randrange(least, least + 10**9)
        key = f"{measure}-{number}"
        return Fact(key, measure, JOINT_VIEW, UNIT.key, YEAR, dims, amount, 0, Source("测速", key))

    projects = [
        (chance.choice(FUNCTIONS), chance.choice(("general", "general", "gov_fund", "state_capital")))
        for _ in range(PROJECTS)
    ]
    for number in range(rows):
        kind = number % 100
        if kind < 3:
            yield fact(
                number, "budget_adjusted", {"function": chance.choice(FUNCTIONS), "fund": "general"}, 10**12
            )
        elif kind < 85:
            dims = _payment(chance, projects)
            yield fact(number, "spending", dims)
            if dims["economic"] in THREE_PUBLIC and dims["fund"] == "general":
                yield fact(number, "three_public_spending", {**dims, "item": THREE_PUBLIC[dims["economic"]]})
        elif kind < 97:
            yield fact(number, "revenue", _income(chance))
        elif kind < 99:
            function = chance.choice(FUNCTIONS)
            yield fact(
                number,
                "opening_balance",
                {"function": function, "fund": chance.choice(("general", "gov_fund"))},
            )
        else:
            yield fact(number, "three_public_adjusted", {"item": chance.choice(tuple(THREE_PUBLIC.values()))})


def _payment(chance: random.Random, projects: list[tuple[str, str]]) -> dict[str, str]:
    economic = chance.choice(ECONOMIC)
    if chance.random() < 0.4:
        function = chance.choice(FUNCTIONS[:12])
        return {
            "function": function,
            "economic": economic,
            "category": "basic",
            "fund": "general",
            "source": "appropriation",
        }
    number = chance.randrange(len(projects))
    function, fund = projects[number]
    return {"function": function, "economic": economic, "category": "project", "fund": fund, "source": "appropriation",
            "project": f"p{number}"}  # fmt: skip


def _income(chance: random.Random) -> dict[str, str]:
    fund = chance.choice(("general", "general", "gov_fund", "state_capital", "none"))
    source = "appropriation" if fund != "none" else chance.choice(("institution", "superior", "other"))
    return {"function": chance.choice(FUNCTIONS), "fund": fund, "source": source}


def frame_of(year: DepartmentYear) -> pd.DataFrame:
    """The same leaf rows as a DataFrame."""
    rows = [{"measure": f.measure, "amount": f.amount, **f.dims} for f in year.facts]
    return pd.DataFrame(rows).fillna("")
