"""The evaluation files of the examples, read without a database."""

import csv
from functools import cache
from pathlib import Path

from yiheng.scoring.records import read_sheets
from yiheng.scoring.sheet import Sheet

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PACKAGE = EXAMPLES / "szybzx-2020-accounts"
ACCOUNTS = PACKAGE / "evaluation"
GUANGZHOU = EXAMPLES / "gzyb-2023" / "evaluation"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """One CSV file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
