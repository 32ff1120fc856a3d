"""One sheet a statutory table (报表): numbers as numbers, merged headers, ready to print on A4."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from yiheng.facts import CellKind, CellRef, Paper, Table
from yiheng.reporting.document import OWNER_KEY, SYNTHETIC
from yiheng.reporting.entry import table_name
from yiheng.reporting.grid import Face, Grid, GridCell, grids, reason_line, shows_figures
from yiheng.reporting.layout import OWNER_LABEL
from yiheng.reporting.trace import Trace
from yiheng.reporting.xlsx.cells import A4, Book, printed_number, put, put_link, put_merged, totals
from yiheng.reporting.xlsx.sizes import heights, note_height, widths

Places = dict[int, tuple[str, int, int]]
"""Where each numbered figure stands: sheet, row, column."""

_LANDSCAPE_FROM: Final = 6
_PORTRAIT_CHARACTERS: Final = 110
_EDGE: Final = {"border": 1, "border_color": "#808080"}
_HEAD: Final = {**_EDGE, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E9EEF3"}
_INSET: Final = {"indent": 1}
"""Room between a figure and the words of the block beside it."""
_ALIGN: Final = {Face.FIGURE: "right", Face.CENTRE: "center", Face.REASON: "center"}


def write_table(
    book: Book, sheet: Worksheet, paper: Paper, table: Table, trace: Trace, contents: str
) -> Places:
    """Fill the sheet and say where its figures stand; `contents` is the sheet that leads here."""
    drawn = grids(table)
    width = max(grid.columns for grid in drawn)
    row = _caption(book, sheet, paper, table, width)
    first = row
    places: Places = {}
    room = widths(drawn, width)
    for column, characters in enumerate(room):
        sheet.set_column(column, column, characters)
    for grid in drawn:
        row = _grid(book, sheet, table, grid, row, room, trace, places)
    row = _notes(book, sheet, table, row, room)
    put_link(sheet, 0, width + 1, (contents, 0, 0), "返回目录", book.look(font_color="#0B4F8A", underline=1))
    _page(sheet, paper, drawn, first, row, room)
    return places


def _caption(book: Book, sheet: Worksheet, paper: Paper, table: Table, width: int) -> int:
    """Title, mark, owner and unit; gives back the first row below."""
    row, last = 0, width - 1
    name = table_name(table, paper.table_labels.get(table.code, ""))
    put_merged(sheet, (row, 0, row, last), name, book.look(font_size=15, bold=True, align="center"))
    sheet.set_row(row, 26)
    row += 1
    if paper.synthetic:
        put_merged(sheet, (row, 0, row, last), SYNTHETIC, book.look(font_color="#9C1C17", align="center"))
        row += 1
    owner_label = paper.table_labels.get(OWNER_KEY, OWNER_LABEL)
    owner = f"{owner_label}：{table.owner}" if table.owner else ""
    unit = f"单位：{table.unit}" if table.unit else ""
    if width == 1:
        put(sheet, row, 0, "　".join(part for part in (owner, unit) if part), book.look())
        return row + 1
    put_merged(sheet, (row, 0, row, width - 2), owner, book.look())
    put(sheet, row, last, unit, book.look(align="right"))
    return row + 1


def _grid(
    book: Book,
    sheet: Worksheet,
    table: Table,
    grid: Grid,
    top: int,
    room: list[float],
    trace: Trace,
    places: Places,
) -> int:
    for r, row in enumerate(grid.rows):
        for cell in row:
            # A narrower part of a stacked form reaches to the right edge of the widest.
            ends = cell.column + cell.colspan == grid.columns
            last = len(room) - 1 if ends else cell.column + cell.colspan - 1
            place = (top + r, cell.column, top + r + cell.rowspan - 1, last)
            value, look = _shown(book, cell, head=r < grid.header_rows)
            put_merged(sheet, place, value, look)
            number = trace.number_of(CellRef(table, *cell.at)) if cell.at else None
            if number is not None:
                places[number] = (sheet.get_name(), top + r, cell.column)
    for r, height in enumerate(heights(grid, room)):
        sheet.set_row(top + r, height)
    return top + len(grid.rows)


def _shown(book: Book, cell: GridCell, head: bool) -> tuple[str | Decimal, Any]:
    if head:
        return cell.text, book.look(**_HEAD)
    properties = {**_EDGE, "align": _ALIGN.get(cell.face, "left")}
    if cell.at is not None:
        block, r, c = cell.at
        found = printed_number(block.cells[r][c].text) if block.columns[c].kind is not CellKind.TEXT else None
        if found is not None:
            value, number_format = found
            return value, book.look(
                **totals({**properties, **_INSET, "num_format": number_format}, cell.strong)
            )
    if cell.face is not Face.FIGURE:
        properties["text_wrap"] = True
    if cell.indent:
        properties["indent"] = cell.indent
    return cell.text, book.look(**totals({**properties, "num_format": "@"}, cell.strong))


def _notes(book: Book, sheet: Worksheet, table: Table, row: int, room: list[float]) -> int:
    notes = list(table.notes)
    reason = reason_line(table) if shows_figures(table) else ""
    if reason and not any(reason.rstrip("。") in note for note in notes):
        notes.append(reason)
    for note in notes:
        put_merged(sheet, (row, 0, row, len(room) - 1), note, book.look(font_size=9, text_wrap=True))
        sheet.set_row(row, note_height(note, room))
        row += 1
    return row


def _page(
    sheet: Worksheet, paper: Paper, drawn: tuple[Grid, ...], first: int, after: int, room: list[float]
) -> None:
    """Printing: A4, one page wide, header rows on every page, page numbers."""
    if len(room) >= _LANDSCAPE_FROM or sum(room) > _PORTRAIT_CHARACTERS:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.print_area(0, 0, max(after - 1, first), len(room) - 1)
    if paper.synthetic:
        sheet.set_header(f"&R{SYNTHETIC}")
    sheet.set_footer("&C第 &P 页，共 &N 页")
    header = drawn[0].header_rows
    if len(drawn) > 1 or not header:
        sheet.freeze_panes(first, 0)
        return
    sheet.repeat_rows(first, first + header - 1)
    sheet.freeze_panes(first + header, _frozen_columns(drawn[0]))


def _frozen_columns(grid: Grid) -> int:
    """The columns up to the one that names the rows, where there is room for others beside them."""
    if grid.columns < _LANDSCAPE_FROM:
        return 0
    for row in grid.rows[grid.header_rows :]:
        for cell in row:
            if cell.at and cell.text and cell.text == cell.at[0].rows[cell.at[1]].label.strip():
                return cell.column + 1 if cell.column <= 2 else 0
    return 0
