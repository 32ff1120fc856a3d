"""The evaluation files of the examples, read without a database."""

import csv
from functools import cache
from pathlib import Path

from yiheng.scoring.records import read_sheets
from yiheng.scoring.sheet import Sheet

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ACCOUNTS = EXAMPLES / "szybzx-2020-accounts" / "evaluation"
GUANGZHOU = EXAMPLES / "gzyb-2023" / "evaluation"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """One CSV file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def sheets_2020() -> tuple[Sheet, ...]:
    """The six self-evaluation sheets of 2020."""
    return read_sheets(rows(ACCOUNTS, "sheets"), rows(ACCOUNTS, "rows"), transcribed=True)
