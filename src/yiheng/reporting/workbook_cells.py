"""One leaf value → one cell of a worksheet, so that reading it back gives the same value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from yiheng.facts.sheets import PLACES, Column, Kind, Value
from yiheng.reporting.leafcells import as_text
from yiheng.reporting.workbook_choices import ChoiceLists

_EXACT_DIGITS: Final = 15
"""A spreadsheet's number keeps fifteen digits; longer ones are written as text."""
_LONGEST_TEXT: Final = 32_767
_FIRST_DATE: Final = dt.date(1900, 3, 1)
"""Spreadsheets count an impossible 29 February 1900, so earlier dates are written as text."""


class CellWriter:
    """Writes cells with the formats of their kind."""

    def __init__(self, book: Any, lists: ChoiceLists) -> None:
        self._lists = lists
        border = {"border": 1, "border_color": "#BFBFBF"}
        self.formats: dict[str, Any] = {
            "head": book.add_format({**border, "bold": True, "bg_color": "#E7ECF2", "text_wrap": True}),
            "required": book.add_format({**border, "bold": True, "bg_color": "#FBE5D0", "text_wrap": True}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "whole": book.add_format({"num_format": "0"}),
            "number": book.add_format({"num_format": "General"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
        }
        self._money = {
            places: book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else "")})
            for places in range(11)
        }

    def column_format(self, column: Column) -> Any:
        """The format of a column's empty cells; text columns are text, so that 95% stays 95%."""
        names = {Kind.DATE: "date", Kind.AMOUNT: "money", Kind.INT: "whole", Kind.DECIMAL: "number"}
        return self.formats[names.get(column.kind, "text")]

    def write(
        self, page: Any, row: int, index: int, column: Column, value: Value, values: Mapping[str, Value]
    ) -> None:
        """Write one value; a blank leaves the cell empty. Raises `ValueError` for a text that is too long."""
        if value is None:
            return
        style = self.column_format(column)
        if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
            if column.kind is Kind.AMOUNT:
                places = values.get(PLACES)
                style = self._money[places] if isinstance(places, int) else style
            self._number(page, row, index, Decimal(value), style)
        elif isinstance(value, dt.date) and value >= _FIRST_DATE:
            page.write_datetime(row, index, dt.datetime.combine(value, dt.time()), style)
        else:
            self._text(page, row, index, column, value)

    def _number(self, page: Any, row: int, index: int, value: Decimal, style: Any) -> None:
        if len(value.as_tuple().digits) <= _EXACT_DIGITS:
            page.write_number(row, index, float(value), style)
        else:
            page.write_string(row, index, f"{value:f}", style)

    def _text(self, page: Any, row: int, index: int, column: Column, value: Value) -> None:
        text = as_text(value)
        if column.kind in (Kind.ENUM, Kind.CODE):
            text = self._lists.label(column, text)
        if len(text) > _LONGEST_TEXT:
            limit = f"超过工作簿单元格的 {_LONGEST_TEXT:,} 字上限"
            raise ValueError(f"“{column.title}”的文字有 {len(text):,} 字，{limit}；请改为导出数据包")
        page.write_string(row, index, text, self.formats["text"])
