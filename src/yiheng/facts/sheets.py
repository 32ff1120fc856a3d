"""The pure description of what users fill in: sheets (工作表) and their columns (列).

One `Sheet` is one worksheet of the workbook and one CSV of the data package. Each Django app declares its own sheets
in its `intake.py`; `reading` reads files against them and `reporting` writes templates and exports from them, so that
the three can never name a column differently.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

Value = str | int | Decimal | bool | dt.date | None
"""A cell as read: an amount column holds whole fen as `int`; a blank cell is None, never zero and never ""."""

KEY: Final = "key"
AMOUNT_UNIT: Final = "amount_unit"
PLACES: Final = "places"


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CODE = "code"
    """A code of a dated code list (编码): kept as text, leading zeros included."""
    DATE = "date"
    AMOUNT = "amount"
    """Money: decimal text in the unit of the row, read as whole fen."""
    INT = "int"
    DECIMAL = "decimal"
    BOOL = "bool"
    """是 or 否."""
    ENUM = "enum"
    """One of the column's own choices, by value or by title."""
    REFERENCE = "reference"
    """The key of a row of another sheet, in the same file or already in the ledger."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One permitted value (取值) and what users see for it."""

    value: str
    title: str = ""

    @property
    def label(self) -> str:
        """The Chinese title where there is one, else the value itself."""
        return self.title or self.value


Catalogs = Mapping[str, tuple[Choice, ...]]
"""Code lists by name. One code may stand there with the several titles that documents and years gave it, the
first being the one to show."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its English name in the data package, its Chinese title in the workbook, and what it takes."""

    name: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = False
    note: str = ""
    """The help that stands in the header cell's comment (填写说明), in Chinese."""
    example: str = ""
    choices: tuple[Choice, ...] = ()
    """The permitted values of an ENUM."""
    catalog: str = ""
    """Name of the code list that offers values (下拉选项的来源); the lists themselves are handed in as data."""
    refers: str = ""
    """English name of the sheet whose keys a REFERENCE names."""
    precision: str = ""
    """For a DATE: the column that says how finely the date is known (day, month, quarter, year)."""
    uom: str = ""
    """For an AMOUNT: the column that turns the value into a plain count where it is not 元."""
    minimum: int | None = None
    """The least permitted INT or DECIMAL; for an AMOUNT, in fen."""
    maximum: int | None = None
    """The greatest permitted INT or DECIMAL."""
    decimals: int = 4
    """How many decimals a DECIMAL may have."""
    text_only: bool = False
    """Whether a number cell is refused, because the spreadsheet has already changed what was typed (95% → 0.95)."""
    names_row: bool = False
    """Whether a text says what the row is, so that 合计 in it gives away a total."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet and data-package table, with its columns in the order in which they are written."""

    name: str
    title: str
    columns: tuple[Column, ...]
    note: str = ""
    identity: tuple[str, ...] = (KEY,)
    """The columns that together name a row, once in the sheet."""
    samples: tuple[Mapping[str, str], ...] = ()
    """Filled example rows, as text by column name, for the 示例 sheet; they are never read."""
    by_name: Mapping[str, Column] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Index the columns; two columns of one name are a programming error."""
        by_name = {column.name: column for column in self.columns}
        if len(by_name) != len(self.columns):
            raise ValueError(f"sheet {self.name} names a column twice")
        object.__setattr__(self, "by_name", by_name)

    def column(self, name: str) -> Column:
        """The column of that English name; KeyError where the sheet has none."""
        return self.by_name[name]

    def of_kind(self, kind: Kind) -> tuple[Column, ...]:
        """The columns of one kind, in order."""
        return tuple(column for column in self.columns if column.kind is kind)

    def identify(self, values: Mapping[str, Value]) -> str:
        """The row's name inside the sheet, empty where a part of it is blank."""
        parts = [values.get(name) for name in self.identity]
        return "" if any(part is None for part in parts) else "/".join(map(str, parts))

    @property
    def has_money(self) -> bool:
        """Whether its rows carry amounts and with them a unit and a number of places."""
        return AMOUNT_UNIT in self.by_name


@dataclass(frozen=True, slots=True)
class Origin:
    """The table of a file that rows were read from (来源), shared by all of its rows."""

    file: str = ""
    sheet: str = ""
    """The worksheet's printed name, or the CSV's stem."""
    columns: Mapping[str, int] = field(default_factory=dict)
    """Our column name → column of the file, from 0."""

    def cell(self, row: int, column: str) -> str:
        """The address of a cell, empty where the file has no such column."""
        return cell_address(row, self.columns[column]) if column in self.columns else ""


FROM_LEDGER: Final = Origin()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet as typed values, either read from a file or taken from the ledger for export."""

    sheet: str
    number: int
    """Row number in the file, from 1; 0 for a row that comes from the ledger."""
    values: Mapping[str, Value]
    quantum: int = 0
    """The step to which all amounts of the row are known, in fen; 0 means exact."""
    origin: Origin = FROM_LEDGER

    @property
    def key(self) -> str:
        """The value of the key column as text, empty where the row has none."""
        return self.text(KEY)

    @property
    def file(self) -> str:
        """The file that the row was read from, empty for a row of the ledger."""
        return self.origin.file

    def text(self, name: str) -> str:
        """A text-like value, with blank as the empty text."""
        value = self.values.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class SheetSet:
    """All sheets that one workbook or data package may hold, in loading order."""

    sheets: tuple[Sheet, ...]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)

    def __getitem__(self, name: str) -> Sheet:
        """The sheet of that English name; KeyError where there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)

    def find(self, label: str) -> Sheet | None:
        """The sheet that a user calls by its English name or Chinese title, or None."""
        wanted = plain_label(label)
        return next((s for s in self.sheets if wanted in (plain_label(s.name), plain_label(s.title))), None)


def offered(choices: Iterable[Choice]) -> dict[str, str]:
    """Each code of a list, once, and how users see it: by title, with the code where the code itself says something."""
    shown: dict[str, str] = {}
    for choice in choices:
        speaks = not choice.value.isascii() or any(letter.isdigit() for letter in choice.value)
        both = speaks and choice.title and choice.title != choice.value
        shown.setdefault(choice.value, f"{choice.value} {choice.title}" if both else choice.label)
    return shown


def cell_address(row: int, column: int) -> str:
    """`C12` for row 12 (from 1) and column 2 (from 0)."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


@lru_cache(maxsize=10_000)
def plain_label(label: str) -> str:
    """A sheet or column label without case, width, blanks and marks that do not change what it means."""
    return re.sub(r"[\s*＊]+", "", unicodedata.normalize("NFKC", label)).casefold()
