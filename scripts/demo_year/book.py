"""The sheets being filled (待写出的工作表) and the lines that amounts stand on."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from yiheng.money import MoneyUnit, format_amount

YEAR = 2024
DEPARTMENT, MAIN, CENTRE = "demo", "demo-main", "demo-centre"
BASE_UNITS = (MAIN, CENTRE)

_BASIC_KINDS = {"301": "staff", "302": "office", "303": "household", "310": "office"}


@dataclass(frozen=True, order=True)
class Line:
    """What an amount is for and paid from: every dimension of a joint row (全维度)."""

    unit: str
    category: str
    project: str
    function: str
    economic: str
    fund: str = "general"
    source: str = "appropriation"
    program: str = ""

    @property
    def basic_kind(self) -> str:
        """人员、公用 or 补助, of basic expenditure only."""
        return _BASIC_KINDS[self.economic[:3]] if self.category == "basic" else ""

    @property
    def columns(self) -> dict[str, str]:
        """The dimensions as columns of a sheet, without the unit."""
        found = {"view": "joint", **asdict(self), "basic_kind": self.basic_kind}
        del found["unit"]
        return found


class Book:
    """Rows by sheet, as text. Keys are numbered in the order in which rows are added."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, str]]] = {}

    def add(self, sheet: str, **values: object) -> str:
        """Add a row and return its key. Without a key of its own it gets the next number."""
        rows = self._rows.setdefault(sheet, [])
        key = str(values.pop("key", "")) or f"{DEPARTMENT}-{YEAR}-{sheet}-{len(rows) + 1:04d}"
        rows.append({"key": key, **{name: str(value) for name, value in values.items()}})
        return key

    def add_without_key(self, sheet: str, **values: object) -> None:
        """Add a row of a sheet whose rows are named by other columns."""
        self._rows.setdefault(sheet, []).append({name: str(value) for name, value in values.items()})

    def files(self) -> Mapping[str, bytes]:
        """Each sheet as CSV in UTF-8, by file name."""
        return {f"{sheet}.csv": _csv(rows) for sheet, rows in self._rows.items()}

    def write(self, folder: Path) -> None:
        """Write the sheets into the folder and remove CSV files there that are no longer among them."""
        folder.mkdir(parents=True, exist_ok=True)
        files = self.files()
        for old in folder.glob("*.csv"):
            if old.name not in files:
                old.unlink()
        for name, content in files.items():
            (folder / name).write_bytes(content)


def _csv(rows: list[dict[str, str]]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    used = [name for name in names if name == "key" or any(row.get(name) for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, used, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def yuan(fen: int) -> str:
    """Whole fen as decimal text in 元."""
    return format_amount(fen, MoneyUnit.YUAN, 2, grouping=False)


def wan(fen: int, places: int) -> str:
    """Whole fen as decimal text in 万元, as a paper prints it."""
    return format_amount(fen, MoneyUnit.WAN, places, grouping=False)
