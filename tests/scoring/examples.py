"""The evaluation files of the examples, read without a database."""

import csv
from functools import cache
from pathlib import Path

from yiheng.scoring.records import read_sheets
from yiheng.scoring.sheet import Sheet

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PACKAGE = EXAMPLES / "szybzx-2020-accounts"
GUANGZHOU = EXAMPLES / "gzyb-2023"
LEDGER_2020 = {
    "procurement.spent": "842.29",
    "procurement.plan": "1080.86",
    "budget.adjustment": "7459.02",
    "budget.total": "196515.26",
    "assets.in_use": "564.51",
    "assets.total": "564.51",
    "three_public.spent": "1.74",
    "three_public.budget": "2.04",
    "execution.q4": "98.93%",
    "satisfaction.rate": "97.786%",
    "goals.missing": "0",
}
"""What the ledger of 2020 gives to the framework, as 附件1 prints it (万元; 203974.28 - 196515.26 = 7459.02).

All six projects have goals (附件2); the satisfaction is the lowest of three composites.
"""


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """One CSV file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def criterion_inputs(package: Path) -> list[dict[str, str]]:
    """The rows of a package that give a framework its inputs, in the form of `scoring.inputs`."""
    scores = [
        {
            "name": row["criterion"] + (f"/{row['part']}" if row.get("part") else ""),
            "basis": row["ground"],
            "points": row["manual_score"],
        }
        for row in rows(package, "criterion_scores")
        if row["manual_score"]
    ]
    if not (package / "criterion_inputs.csv").exists():
        return scores
    values = [{**row, "basis": row["ground"]} for row in rows(package, "criterion_inputs")]
    return [*scores, *(row for row in values if row["name"] not in LEDGER_2020)]


def inputs_2020() -> list[dict[str, str]]:
    """All inputs of the framework of 2020: what the ledger gives, what is printed, what is only implied."""
    computed = [{"name": name, "basis": "computed", "value": value} for name, value in LEDGER_2020.items()]
    return [*computed, *criterion_inputs(PACKAGE)]


def printed_scores(package: Path) -> dict[str, str]:
    """Printed score by criterion, in the order of the paper."""
    return {
        row["criterion"]: row["printed_score"]
        for row in rows(package, "criterion_scores")
        if row["printed_score"]
    }


@cache
def sheets_2020() -> tuple[Sheet, ...]:
    """The six self-evaluation sheets of 2020, as the sheets of the data package hold them."""
    names = {row["key"]: row["name"] for row in rows(PACKAGE, "projects")}
    heads = [_head(row, names) for row in rows(PACKAGE, "evaluations") if row["level"] == "project"]
    return read_sheets(heads, [_row(row) for row in rows(PACKAGE, "evaluation_rows")], transcribed=True)


def _head(row: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    lines = [line for line in rows(PACKAGE, "budget_lines") if line["project"] == row["project"]]
    paid = [line for line in rows(PACKAGE, "payments") if line["project"] == row["project"]]
    funds = {
        "initial": next(line["amount"] for line in lines if line["stage"] == "approved"),
        "budget": next(line["amount"] for line in lines if line["stage"] == "adjusted"),
        "executed": next(line["amount"] for line in paid),
    }
    printed = {"name": names[row["project"]], "printed_points": row["printed_execution_score"]}
    return {**row, **funds, **printed}


def _row(row: dict[str, str]) -> dict[str, str]:
    judged = {"judged_points": row["manual_score"], "judged_reason": row["manual_reason"]}
    return {
        **row, "sheet": row["evaluation"], "name": row["level3"], "printed_points": row["printed_score"], **judged,
    }  # fmt: skip
