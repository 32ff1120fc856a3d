"""A workbook with one list (清单): title, lines of explanation, header, rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from yiheng.reporting.saving import Workbook
from yiheng.reporting.xlsx.cells import A4, Book, put

_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - one fixed moment, so that equal lists give equal bytes
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_list(
    path: Path,
    title: str,
    notes: Sequence[str],
    columns: Mapping[str, int],
    rows: Iterable[Sequence[str | int | Decimal]],
) -> Path:
    """Write the list; `columns` are the headers with their widths in characters. Decimals are shown with two places.

    Raises `OSError`.
    """
    with Workbook(str(path), _OPTIONS) as workbook:
        workbook.set_properties({"title": title, "created": _CREATED})
        book = Book(workbook)
        sheet = book.add_sheet(title)
        put(sheet, 0, 0, title, book.look(font_size=16, bold=True))
        for number, line in enumerate(notes, 1):
            put(sheet, number, 0, line, book.look(font_color="#333333"))
        head = len(notes) + 2
        for column, (name, width) in enumerate(columns.items()):
            put(sheet, head, column, name, book.look(bold=True, border=1, bg_color="#E9EEF3", align="center"))
            sheet.set_column(column, column, width)
        words = book.look(valign="top", text_wrap=True, border=1)
        money = book.look(valign="top", num_format="#,##0.00", border=1)
        for number, row in enumerate(rows, head + 1):
            for column, value in enumerate(row):
                put(sheet, number, column, value, money if isinstance(value, Decimal) else words)
        sheet.freeze_panes(head + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.set_footer("&C第 &P 页，共 &N 页")
    return path
