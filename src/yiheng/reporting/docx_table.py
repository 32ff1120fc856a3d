"""Statutory tables as real Word tables (表格): fixed widths, merged header cells, header rows on every page."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from yiheng.reporting.docx_styles import size
from yiheng.reporting.docx_xml import paragraph, run, twips
from yiheng.reporting.gbt9704 import MM, TYPE_HEIGHT_MM, TYPE_WIDTH_MM
from yiheng.reporting.grid import Face, GridCell
from yiheng.reporting.layout import LINE, PAD_X, Fitted, TableLayout

_STYLES: Final = {
    Face.HEAD: "TableHead",
    Face.CENTRE: "TableHead",
    Face.REASON: "TableHead",
    Face.TEXT: "TableText",
    Face.FIGURE: "TableFigure",
}
_AFTER: Final = '<w:spacing w:after="200"/>'
_LONG: Final = 300
"""A cell with more characters may be broken over pages; every other row stays whole."""


def table_xml(layout: TableLayout, title: str) -> str:
    """Title, caption, grids and notes. `title` is the finished title paragraph."""
    type_width = TYPE_HEIGHT_MM if layout.landscape else TYPE_WIDTH_MM
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(type_width * MM)}"/></w:tabs>'
    tab = "<w:r><w:tab/></w:r>"
    caption = paragraph("TableCaption", run(layout.owner) + tab + run(layout.unit), stop)
    grids = ""
    for part in layout.parts:
        if grids:
            # Two tables with nothing between them would become one.
            grids += paragraph("TableNote" if part.grid.apart else "SectionEnd", "")
        grids += _grid(part, layout, last=part is layout.parts[-1])
    if not layout.notes:
        return title + caption + grids + paragraph("SectionEnd", "", _AFTER)
    notes = [paragraph("TableNote", run(note), "<w:keepNext/>") for note in layout.notes[:-1]]
    notes.append(paragraph("TableNote", run(layout.notes[-1]), _AFTER))
    return title + caption + grids + "".join(notes)


def _grid(part: Fitted, layout: TableLayout, last: bool) -> str:
    edges = _edges(part.widths)
    widths = [right - left for left, right in pairwise(edges)]
    margins = "".join(
        f'<w:{side} w:w="{twips(pad)}" w:type="dxa"/>'
        for side, pad in (("top", layout.pad), ("left", PAD_X), ("bottom", layout.pad), ("right", PAD_X))
    )
    head = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="StatutoryTable"/><w:tblW w:w="{edges[-1]}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        'w:noVBand="1"/></w:tblPr><w:tblGrid>'
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"{head}{columns}</w:tblGrid>{''.join(_rows(part, layout, widths, last))}</w:tbl>"


def _edges(widths: tuple[float, ...]) -> list[int]:
    """Column edges in twips, rounded so that the sum of the columns is the rounded width of the table."""
    edges, position = [0], 0.0
    for width in widths:
        position += width
        edges.append(twips(position))
    return edges


def _rows(part: Fitted, layout: TableLayout, widths: list[int], last: bool) -> list[str]:
    open_cells: dict[int, tuple[GridCell, int]] = {}
    out = []
    grid = part.grid
    for r, row in enumerate(grid.rows):
        # A row is tied to the next where both are kept on one page, in headers, and at the end to the notes.
        if r == len(grid.rows) - 1:
            tied = bool(layout.notes) if last else layout.together
        else:
            tied = part.together or layout.together or r < grid.header_rows
        begins = {cell.column: cell for cell in row}
        cells, column = [], 0
        while column < grid.columns:
            if column in begins:
                cell = begins[column]
                if cell.rowspan > 1:
                    open_cells[column] = (cell, cell.rowspan)
                cells.append(_cell(cell, layout.size, widths, tied))
            else:
                cell, left = open_cells[column]
                cells.append(_continued(cell, layout.size, widths, tied))
            if column in open_cells:
                cell, left = open_cells.pop(column)
                if left > 1:
                    open_cells[column] = (cell, left - 1)
            column += cell.colspan
        whole = "" if any(len(cell.text) > _LONG for cell in row) else "<w:cantSplit/>"
        repeated = "<w:tblHeader/>" if r < grid.header_rows else ""
        out.append(f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{''.join(cells)}</w:tr>")
    return out


def _cell(cell: GridCell, points: float, widths: list[int], tied: bool) -> str:
    merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
    content = run(cell.text, size(points), "Total" if cell.strong else "") if cell.text else ""
    return _tc(cell, merge, content, points, widths, tied)


def _continued(cell: GridCell, points: float, widths: list[int], tied: bool) -> str:
    return _tc(cell, "<w:vMerge/>", "", points, widths, tied)


def _tc(cell: GridCell, merge: str, content: str, points: float, widths: list[int], tied: bool) -> str:
    width = sum(widths[cell.column : cell.column + cell.colspan])
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    keep = "<w:keepNext/>" if tied else ""
    indent = f'<w:ind w:left="{twips(cell.indent * points)}"/>' if cell.indent else ""
    spacing = f'<w:spacing w:line="{twips(points * LINE)}" w:lineRule="exact"/>'
    text = paragraph(_STYLES[cell.face], content, keep + spacing + indent)
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"
