"""Writing single cells (单元格): typed, never interpreted by the spreadsheet, formats made once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yiheng.money import PrintedKind, parse_printed
from yiheng.reporting.text import clean

A4: Final = 9
_MOST_CHARACTERS: Final = 32_767
_CUT: Final = "…（过长，全文见网页）"
_EXACT_DIGITS: Final = 15
"""A spreadsheet keeps numbers as binary fractions; beyond this many digits it would change them."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_FONT: Final = "宋体"
_BASE: Final = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}

Look = tuple[tuple[str, Any], ...]
"""Format properties in a form that can be a key."""


class Book:
    """A workbook with its formats and sheet names."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._formats: dict[Look, Format] = {}
        self._names: set[str] = set()

    def look(self, **properties: Any) -> Format:
        """The format with these properties on top of the common ones."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({**_BASE, **properties})
        return self._formats[key]

    def add_sheet(self, wanted: str) -> Worksheet:
        """A new sheet, its name cut to what spreadsheets allow and made distinct."""
        plain = _FORBIDDEN.sub("", clean(wanted).replace("\n", " ")).strip("' ") or "表"
        name, number = plain[:_LONGEST_NAME], 1
        while name.casefold() in self._names:
            number += 1
            suffix = f"_{number}"
            name = plain[: _LONGEST_NAME - len(suffix)] + suffix
        self._names.add(name.casefold())
        return self.workbook.add_worksheet(name)


def put(sheet: Worksheet, row: int, column: int, value: str | int | Decimal, look: Format) -> None:
    """Write a number as a number where the spreadsheet can hold it exactly, everything else as text."""
    if not isinstance(value, str) and _holds(value):
        sheet.write_number(row, column, value, look)
        return
    words = clean(f"{value:,}" if not isinstance(value, str) else value)
    if words:
        sheet.write_string(row, column, _fitting(words), look)
    else:
        sheet.write_blank(row, column, None, look)


def put_merged(
    sheet: Worksheet, place: tuple[int, int, int, int], value: str | int | Decimal, look: Format
) -> None:
    """Write a value into the block of cells from first row and column to last row and column."""
    first_row, first_column, last_row, last_column = place
    if (first_row, first_column) != (last_row, last_column):
        sheet.merge_range(first_row, first_column, last_row, last_column, "", look)
    put(sheet, first_row, first_column, value, look)


def put_link(
    sheet: Worksheet, row: int, column: int, target: tuple[str, int, int], words: str, look: Format
) -> None:
    """A link to a cell of another sheet: (sheet name, row, column)."""
    name, target_row, target_column = target
    letter = _letters(target_column)
    place = "internal:'" + name.replace("'", "''") + f"'!{letter}{target_row + 1}"
    sheet.write_url(row, column, place, look, _fitting(clean(words)))


def printed_number(text: str) -> tuple[Decimal, str] | None:
    """The value of a printed figure and the number format that shows it as printed; None for words and dashes."""
    printed = parse_printed(text)
    if printed.kind is not PrintedKind.NUMBER or printed.value is None or printed.unit is not None:
        return None
    grouped = "," in text or abs(printed.value) < 1000
    shown = ("#,##0" if grouped else "0") + ("." + "0" * printed.places if printed.places else "")
    return printed.value, f"{shown};({shown})" if text.strip()[:1] in "(（" else shown


def totals(properties: Mapping[str, Any], strong: bool) -> dict[str, Any]:
    """The properties, in bold type where the row is a total."""
    return {**properties, "bold": True} if strong else dict(properties)


def _holds(value: int | Decimal) -> bool:
    return len(Decimal(value).as_tuple().digits) <= _EXACT_DIGITS


def _fitting(words: str) -> str:
    return words if len(words) <= _MOST_CHARACTERS else words[: _MOST_CHARACTERS - len(_CUT)] + _CUT


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
