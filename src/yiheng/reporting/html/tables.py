"""Statutory tables as semantic HTML (网页报表): header scopes, row headers, and a link behind every number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from yiheng.facts import Block, Cell, CellKind, CellRef, Status, Table
from yiheng.reporting import wording
from yiheng.reporting.grid import Face, Grid, GridCell, grids, reason_line, shows_figures
from yiheng.reporting.html.markup import SOURCES, cell_link, esc, figure_id
from yiheng.reporting.html.outline import Placed
from yiheng.reporting.trace import Trace

_CLASSES: Final = {Face.FIGURE: "f", Face.CENTRE: "c", Face.TEXT: "t", Face.REASON: "r"}
_STATUS: Final = {
    Status.NOTHING: "nothing",
    Status.UNAVAILABLE: "unavailable",
    Status.NOT_ATTESTED: "unattested",
    Status.WITHHELD: "withheld",
}


Link = Callable[[int, str, str, bool], str]
"""Number of a figure, its address, its HTML, and whether it is words → the HTML that opens its source."""


def table_html(table: Table, place: Placed, trace: Trace, owner_label: str, link: Link | None = None) -> str:
    """One table with heading, caption line, grids and notes. `link` is `figure_link` where nothing else is said."""
    linked = link or figure_link
    anchor, level = place.anchor, place.level
    name = esc(place.title)
    reason = reason_line(table) if shows_figures(table) else ""
    notes = list(table.notes)
    if reason and not any(reason.rstrip("。") in note for note in notes):
        notes.append(reason)
    drawn = "".join(_grid(table, grid, anchor, name, trace, linked) for grid in grids(table))
    foot = "".join(f'<p class="note">{esc(note)}</p>' for note in notes)
    owner = f"<span>{esc(owner_label)}：{esc(table.owner)}</span>" if table.owner else "<span></span>"
    unit = f"<span>单位：{esc(table.unit)}</span>" if table.unit else ""
    return f"""<section class="sheet" id="{anchor}" aria-labelledby="{anchor}-h">
<h{level} id="{anchor}-h">{name}</h{level}>
<p class="caption">{owner}{unit}</p>
{drawn}{foot}{_legend(table)}</section>
"""


def _legend(table: Table) -> str:
    """What the marks of this table mean; only those that occur."""
    found = {ref.cell.status for ref in table.cells()}
    lines = [
        f'<span class="mark">{mark}</span> {esc(wording.STATUS_NOTES[status])}'
        for status, mark in wording.STATUS_MARKS.items()
        if status in found
    ]
    if any(row.role == "gap" for block in table.blocks for row in block.rows):
        lines.append("名称为灰色的行，其下级科目未列示")
    return f'<p class="note">{"　".join(lines)}</p>' if lines else ""


def _grid(table: Table, grid: Grid, anchor: str, name: str, trace: Trace, link: Link) -> str:
    head = "".join(_head_row(row) for row in grid.rows[: grid.header_rows])
    body = "".join(_row(table, row, trace, link) for row in grid.rows[grid.header_rows :])
    thead = f"<thead>{head}</thead>" if head else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{anchor}-h"><table>'
        f'<caption class="vh">{name}（单位：{esc(table.unit)}）</caption>'
        f"{thead}<tbody>{body}</tbody></table></div>\n"
    )


def _spans(cell: GridCell) -> str:
    rows = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    columns = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return rows + columns


def _head_row(row: tuple[GridCell, ...]) -> str:
    cells = []
    for cell in row:
        scope = "colgroup" if cell.colspan > 1 else "col"
        cells.append(f'<th scope="{scope}"{_spans(cell)}>{esc(cell.text)}</th>')
    return f"<tr>{''.join(cells)}</tr>"


def _row(table: Table, row: tuple[GridCell, ...], trace: Trace, link: Link) -> str:
    cells = "".join(_cell(table, cell, trace, link) for cell in row)
    roles = {cell.at[0].rows[cell.at[1]].role for cell in row if cell.at}
    classes = " ".join(sorted(role for role in roles if role))
    return f'<tr class="{esc(classes)}">{cells}</tr>\n' if classes else f"<tr>{cells}</tr>\n"


def _cell(table: Table, cell: GridCell, trace: Trace, link: Link) -> str:
    classes = _CLASSES.get(cell.face, "t") + (f" i{min(cell.indent, 5)}" if cell.indent else "")
    if cell.at is None:
        return f'<td class="{classes}"{_spans(cell)}>{esc(cell.text)}</td>'
    block, r, c = cell.at
    inner = _content(CellRef(table, block, r, c), trace, link)
    status = _STATUS.get(block.cells[r][c].status, "")
    if status:
        classes += f" {status}"
    tag, scope = ("th", ' scope="row"') if _names_row(block, r, c) else ("td", "")
    return f'<{tag} class="{classes}"{scope}{_spans(cell)}>{inner}</{tag}>'


def _names_row(block: Block, r: int, c: int) -> bool:
    """Whether the cell is the first one that prints the row's name."""
    label = block.rows[r].label.strip()
    if not label or block.columns[c].kind is not CellKind.TEXT:
        return False
    return next((i for i, cell in enumerate(block.cells[r]) if cell.text.strip() == label), -1) == c


def _content(ref: CellRef, trace: Trace, link: Link) -> str:
    """The cell's own text: the grid may have put a word in place of an empty one, which here is a mark."""
    cell: Cell = ref.cell
    mark = wording.STATUS_MARKS.get(cell.status, "")
    shown = esc(cell.text.strip()).replace("\n", "<br>")
    if mark:
        shown = f'{shown} <span class="mark">{mark}</span>' if shown else f'<span class="mark">{mark}</span>'
    elif not shown and cell.status is Status.NOTHING and cell.kind is not CellKind.TEXT:
        shown = f'<span class="vh">{Status.NOTHING.value}</span>'
    number = trace.number_of(ref)
    if number is None:
        return shown
    return link(number, ref.address, shown, cell.kind is CellKind.TEXT)


def figure_link(number: int, address: str, shown: str, words: bool = False) -> str:
    """A number that opens its source; without scripts it leads to its line of the sources page."""
    kind = "n w" if words else "n"
    target = cell_link(number, SOURCES)
    return f'<a class="{kind}" id="{figure_id(number)}" href="{target}" title="{esc(address)}">{shown}</a>'
