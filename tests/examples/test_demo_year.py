"""The synthetic bureau-year: made by its generator alone, labelled as invented, and consistent as a real ledger is."""

import csv
import datetime as dt
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from yiheng.ledger.validation.notices import weekdays_between
from yiheng.money import to_fen
from yiheng.policy import Policy

DIMS = ("unit", "category", "project", "function", "economic", "fund", "source", "program")
SECRET_WORD, SECRET_PROJECT = "青鸾", "demo-p11"
BASE_UNITS = {"demo-main", "demo-centre"}
GONE_CODES = {"2080502", "2101550"}

Row = dict[str, str]
Rows = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "examples" / "demo-2024"


@pytest.fixture(scope="module")
def rows(folder: Path) -> Rows:
    def read(sheet: str) -> list[Row]:
        with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


def total(rows: Iterable[Row], column: str = "amount") -> int:
    return sum(to_fen(row[column]) for row in rows)


def by(rows: Iterable[Row], *columns: str) -> dict[tuple[str, ...], int]:
    """Amounts in fen, added up by the columns."""
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for row in rows:
        found[tuple(row[column] for column in columns)] += to_fen(row["amount"])
    return found


def approved(rows: Rows) -> list[Row]:
    return [row for row in rows("budget_lines") if row["stage"] == "approved"]


def adjusted(rows: Rows) -> dict[tuple[str, ...], int]:
    return by([*approved(rows), *rows("adjustments")], *DIMS)


def test_the_generator_gives_the_same_files_byte_for_byte(
    repository: Path, folder: Path, tmp_path: Path
) -> None:
    made = tmp_path / "demo"
    subprocess.run([sys.executable, repository / "scripts" / "make_demo_year.py", made], check=True)
    written = {path.name: path.read_bytes() for path in made.iterdir()}
    assert written == {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def test_everything_is_labelled_as_invented(rows: Rows) -> None:
    assert {row["synthetic"] for row in rows("department_years")} == {"是"}
    columns = {
        "units": ("name", "short_name"), "department_years": ("title",), "documents": ("title",),
        "contracts": ("supplier", "title"), "payments": ("payee",), "assets": ("name",), "vehicles": ("name",),
    }  # fmt: skip
    named = [row[column] for sheet, of in columns.items() for row in rows(sheet) for column in of]
    assert [name for name in named if "虚构" not in name] == []


def test_it_is_of_the_size_that_was_meant(rows: Rows) -> None:
    assert 400 <= len(rows("budget_lines")) <= 800
    assert 1500 <= len(rows("payments")) <= 3000
    assert {row["stage"] for row in rows("budget_lines")} == {"one_up", "two_up", "approved"}


@pytest.mark.parametrize("sheet", ["budget_lines", "adjustments", "payments", "revenues", "procurements"])
def test_rows_are_joint_and_of_the_base_units(rows: Rows, sheet: str) -> None:
    assert {row["view"] for row in rows(sheet)} == {"joint"}
    assert {row["unit"] for row in rows(sheet)} == BASE_UNITS


def test_every_code_is_in_force_in_2024(rows: Rows) -> None:
    policy = Policy.load()
    for name in ("function", "economic"):
        codes = policy.classification(name, dt.date(2024, 1, 1), "440300").codes
        used = {row[name] for sheet in ("budget_lines", "adjustments", "payments") for row in rows(sheet)}
        assert used <= set(codes) - GONE_CODES
        assert {len(code) for code in used} == {7 if name == "function" else 5}
    items = policy.classification("procurement", dt.date(2024, 1, 1), "440300").codes
    assert {row["item"] for row in rows("procurements")} <= set(items)


def test_budgeted_income_equals_budgeted_spending_by_fund_and_source(rows: Rows) -> None:
    income = [row for row in rows("revenues") if row["stage"] == "budget"]
    assert by(income, "unit", "fund", "source") == by(approved(rows), "unit", "fund", "source")


def test_costing_adds_up_to_the_budget_of_each_project(rows: Rows) -> None:
    for row in rows("costing"):
        product = to_fen(row["price"]) * int(row["quantity"]) * int(row["periods"])
        assert product == to_fen(row["amount"]), row["key"]
    projects = [row for row in approved(rows) if row["project"]]
    assert by(rows("costing"), "unit", "project") == by(projects, "unit", "project")


def test_no_line_is_ever_spent_beyond_its_adjusted_budget(rows: Rows) -> None:
    left = by(approved(rows), *DIMS)
    moves = sorted(
        [
            *((row["date"], 0, to_fen(row["amount"]), row) for row in rows("adjustments")),
            *((row["date"], 1, -to_fen(row["amount"]), row) for row in rows("payments")),
        ],
        key=lambda move: move[:2],
    )
    for day, _, fen, row in moves:
        line = tuple(row[name] for name in DIMS)
        left[line] = left.get(line, 0) + fen
        assert left[line] >= 0, (day, row["key"])


def test_income_and_opening_balance_cover_the_spending_of_each_fund(rows: Rows) -> None:
    received = [row for row in rows("revenues") if row["stage"] == "accounts"]
    left = by(received, "unit", "fund")
    for row in rows("balances"):
        sign = -1 if row["kind"] == "surplus_allocation" else 1
        left[row["unit"], row["fund"]] += sign * to_fen(row["amount"])
    for at, fen in by(rows("payments"), "unit", "fund").items():
        left[at] -= fen
    assert min(left.values()) >= 0
    assert left["demo-main", "none"] > 0


def test_carried_over_money_is_spent_from_the_opening_balance(rows: Rows) -> None:
    opening = by(
        [row for row in rows("balances") if row["kind"] == "opening"], "unit", "project", "fund", "source"
    )
    spent = by(
        [row for row in rows("payments") if row["source"] == "carryover"], "unit", "project", "fund", "source"
    )
    assert spent
    assert all(fen <= opening[at] for at, fen in spent.items())


def test_the_subsidy_between_the_units_is_eliminated_on_both_sides(rows: Rows) -> None:
    (elimination,) = rows("eliminations")
    amount = to_fen(elimination["amount"])
    assert total(row for row in rows("payments") if row["category"] == "subsidy_down") == amount
    assert total(row for row in rows("revenues") if row["source"] == "superior") == amount


def test_adjustments_are_approved_by_their_size(rows: Rows) -> None:
    """Up to 5万元 the head of the unit, above it the leaders' meeting: the paper of 2020, 附件1."""
    inside = [row for row in rows("adjustments") if "财政局" not in row["approval"]]
    small = [row for row in inside if abs(to_fen(row["amount"])) <= 5_000_000]
    large = [row for row in inside if row not in small]
    assert small and all("负责人审批" in row["approval"] for row in small)
    assert large and all("办公会审定" in row["approval"] for row in large)


def test_most_is_paid_in_the_second_and_the_last_quarter(rows: Rows) -> None:
    ordinary = [row for row in rows("payments") if row["project"] != "demo-p06"]
    quarters = [0] * 4
    for row in ordinary:
        quarters[(int(row["date"][5:7]) - 1) // 3] += to_fen(row["amount"])
    first, second, third, fourth = quarters
    assert second > third > 0 and second > first and fourth > third and fourth > first
    assert {row["date_precision"] for row in ordinary} == {"day"}
    assert sum(row["amount"].startswith("-") for row in ordinary) == 2


def test_contracts_stay_within_plan_and_payments_within_contracts(rows: Rows) -> None:
    planned = {row["key"]: to_fen(row["amount"]) for row in rows("procurements")}
    contracts = {row["key"]: row for row in rows("contracts")}
    for contract in contracts.values():
        assert to_fen(contract["amount"]) <= planned[contract["procurement"]]
    paid = [row for row in rows("payments") if row["contract"]]
    assert {row["contract"] for row in paid} == set(contracts)
    for (key,), fen in by(paid, "contract").items():
        assert 0 < fen <= to_fen(contracts[key]["amount"])
    assert all(row["date"] > contracts[row["contract"]]["signed_on"] for row in paid)
    assert all(row["payee"] == contracts[row["contract"]]["supplier"] for row in paid)


def test_two_contracts_were_signed_late(rows: Rows) -> None:
    taken = [
        weekdays_between(dt.date.fromisoformat(row["awarded_on"]), dt.date.fromisoformat(row["signed_on"]))
        for row in rows("contracts")
    ]
    assert sum(days > 10 for days in taken) == 2


def test_each_asset_has_a_barcode_of_its_own(rows: Rows) -> None:
    barcodes = [row["barcode"] for row in rows("assets")]
    assert len(set(barcodes)) == len(barcodes) > 200
    assert 0 < sum(row["in_use"] == "否" for row in rows("assets")) < 20


def test_secret_words_stand_only_in_rows_of_the_secret_project(folder: Path, rows: Rows) -> None:
    found = set()
    for path in folder.glob("*.csv"):
        for row in rows(path.stem):
            if any(SECRET_WORD in value for value in row.values()):
                found.add(path.stem)
                assert SECRET_PROJECT in (row["key"], row.get("project")), (path.name, row["key"])
    assert found == {
        "projects",
        "costing",
        "adjustments",
        "payments",
        "contracts",
        "objectives",
        "indicators",
        "tasks",
        "evaluations",
        "deviations",
    }
