"""The drop-down lists of the workbook: one column each of the worksheet 选项."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from yiheng.facts.sheets import Catalogs, Column, Kind, offered
from yiheng.facts.workbook import CHOICES_SHEET
from yiheng.reporting.leafcells import NO, YES

_OFFERED_KEYS: Final = 1000
"""Keys of another worksheet that a drop-down offers; any key may be typed."""


class ChoiceLists:
    """Gathers the lists that the columns use, and writes them."""

    def __init__(self, catalogs: Catalogs) -> None:
        self._catalogs = {name: offered(choices) for name, choices in catalogs.items()}
        self._lists: dict[tuple[str, ...], int] = {}
        self._titles: list[str] = []
        self._keys: Mapping[str, str] = {}

    def refer_to(self, titles: Mapping[str, str]) -> None:
        """Name the worksheets (English → Chinese) whose first column holds the keys that others refer to."""
        self._keys = titles

    def label(self, column: Column, value: str) -> str:
        """How a value of an ENUM or CODE column is shown; a code that no list has, as it is."""
        if column.kind is Kind.ENUM:
            return next((choice.label for choice in column.choices if choice.value == value), value)
        return self._catalogs.get(column.catalog, {}).get(value, value)

    def rule(self, column: Column) -> dict[str, Any] | None:
        """The data validation of a column with a list, or None."""
        if column.kind is Kind.BOOL:
            return {"validate": "list", "source": [YES, NO]}
        if column.kind is Kind.ENUM:
            labels = tuple(choice.label for choice in column.choices)
            return {"validate": "list", "source": self._range(labels, column.title)}
        if column.kind is Kind.REFERENCE:
            return self._reference_rule(column)
        labels = tuple(self._catalogs.get(column.catalog, {}).values())
        if not labels:
            return None
        # The lists hold what published papers attest; a full code table may know more, so nothing is barred here.
        return {
            "validate": "list",
            "source": self._range(labels, column.title),
            "error_type": "information",
            "error_title": column.title,
            "error_message": "不在下拉列表内。请确认编码在当年科目表中。",
        }

    def _reference_rule(self, column: Column) -> dict[str, Any] | None:
        if column.refers not in self._keys:
            return None
        target = self._keys[column.refers]
        return {
            "validate": "list",
            "source": f"='{target}'!$A$2:$A${_OFFERED_KEYS}",
            "error_type": "information",
            "error_title": column.title,
            "error_message": f"“{target}”表里没有这个键。台账里已有的键可以直接填。",
        }

    def _range(self, labels: tuple[str, ...], title: str) -> str:
        if labels not in self._lists:
            self._lists[labels] = len(self._titles)
            self._titles.append(title)
        column = _letters(self._lists[labels])
        return f"='{CHOICES_SHEET}'!${column}$2:${column}${len(labels) + 1}"

    def write(self, book: Any) -> None:
        """Write the worksheet; row by row, as streaming demands."""
        page = book.add_worksheet(CHOICES_SHEET)
        page.set_column(0, max(len(self._titles) - 1, 0), 24)
        for index, title in enumerate(self._titles):
            page.write_string(0, index, title)
        for number in range(max(map(len, self._lists), default=0)):
            for labels, index in self._lists.items():
                if number < len(labels):
                    page.write_string(number + 1, index, labels[number])


def _letters(index: int) -> str:
    first, last = divmod(index, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)
