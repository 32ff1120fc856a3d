"""How a table lies on the page (表格排版): upright or turned, type size, column widths. DOCX and PDF share it.

1. Each column asks for a least width, below which figures or Latin words would break, and for a comfortable one.
2. Type sizes are tried from large to small, upright before turned. The first is taken that gives every column its
   least width and brings the table onto one page, together with the headings directly above it; else the first
   that brings it onto two; a longer table gets the largest.
3. What is left of the width goes to the wishes, the small ones first, then to all columns in proportion.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from yiheng.facts import Table
from yiheng.reporting.entry import table_name
from yiheng.reporting.gbt9704 import LINE_PITCH, MM, TYPE_HEIGHT_MM, TYPE_WIDTH_MM
from yiheng.reporting.grid import Face, Grid, GridCell, grids, reason_line, shows_figures
from yiheng.reporting.text import clean, ems, unbreakable

FIGURE_NARROW: Final = 0.5
"""Figures of tables are set half-width (半角), each digit half an em."""
PAD_X: Final = 3.0
"""Inner margin of a cell at its sides, in points."""
LINE: Final = 1.3
"""Line pitch inside a cell, in ems."""
BORDER: Final = 0.5
PORTRAIT_STEPS: Final = (
    (10.5, 2.6),
    (10.0, 2.6),
    (10.0, 1.6),
    (9.0, 2.6),
    (9.0, 1.6),
    (8.0, 1.6),
    (7.5, 1.6),
)
LANDSCAPE_STEPS: Final = (*PORTRAIT_STEPS, (6.5, 1.6), (5.5, 1.6), (5.0, 1.6))
"""Type sizes with the room above and below a line, in points, tried in this order."""
READABLE: Final = 7.5
"""六号: smaller type is used for columns that fit in no other way, never to save a page."""
COMFORTABLE: Final = 9.0
"""小五: a table of several pages is turned rather than set smaller than this."""
PORTRAIT_COLUMNS: Final = 10
"""A table with more columns is turned, whatever its widths."""
PORTRAIT_WIDTH: Final = TYPE_WIDTH_MM * MM
PORTRAIT_HEIGHT: Final = TYPE_HEIGHT_MM * MM
NOTE_SIZE: Final = 10.5
OWNER_LABEL: Final = "编制部门"
TOGETHER: Final = 0.4
"""A table no higher than this part of a page stays in the text and is kept on one page."""
PART_TOGETHER: Final = 0.55
"""A part of a form that is no higher is kept on one page."""
_COMFORT: Final = 14.0
"""Words wider than this many ems may always be wrapped."""
_SHORT: Final = 8.0
"""Words no wider than this are never wrapped."""
_SLACK: Final = 0.25
"""Programs differ a little in the width of letters."""
_HEAD_LINES: Final = 4
_HEAD_PITCHES: Final = 2.2
"""Lines of the page that title and caption take."""
_NOTE_GAP: Final = 4.0
_SPARE: Final = LINE_PITCH
"""Programs differ a little in the height of rows; a table that is to fill a page leaves a line free."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a column asks for, in ems: `least` never breaks a figure, `wish` avoids needless line breaks."""

    least: float
    wish: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A grid with its column widths in points; they add up to the width of the type area."""

    grid: Grid
    widths: tuple[float, ...]
    together: bool = False
    """Low enough to be kept on one page."""

    def width_of(self, cell: GridCell) -> float:
        """Width of a cell over all its columns, in points."""
        return sum(self.widths[cell.column : cell.column + cell.colspan])


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table ready to be drawn."""

    code: str
    heading: str
    """Number and title, as headings and the table of contents print them."""
    owner: str
    unit: str
    notes: tuple[str, ...]
    landscape: bool
    size: float
    """Type size in points."""
    pad: float
    """Room above and below the text of a cell, in points."""
    parts: tuple[Fitted, ...]
    together: bool
    """Low enough to stay in the running text, kept on one page."""


def lay_out(table: Table, label: str = "", owner_label: str = OWNER_LABEL, above: float = 0.0) -> TableLayout:
    """Decide direction, size and widths for the table.

    It is headed by `label` (such as 公开01表, by default its code) and its title, and `owner_label` (部门, 单位名称)
    stands before the name in the caption. `above` is the height in points of the headings directly above it.
    """
    drawn = grids(table)
    notes = [clean(note) for note in table.notes]
    reason = reason_line(table) if shows_figures(table) else ""
    if reason and not any(reason.rstrip("。") in note for note in notes):
        notes.append(f"注：{reason}")
    around = _HEAD_PITCHES * LINE_PITCH + len(notes) * (NOTE_SIZE * LINE + _NOTE_GAP)
    needs = [_needs(grid, prose=table.layout == "stacked") for grid in drawn]
    landscape, size, pad = _choose(drawn, needs, around + above)
    width, height = _area(landscape)
    fitted = [_fit(*pair, size, width) for pair in zip(drawn, needs, strict=True)]
    parts = tuple(replace(f, together=_height([f], size, pad) <= PART_TOGETHER * height) for f in fitted)
    return TableLayout(
        code=table.code,
        heading=clean(table_name(table, label)),
        owner=f"{clean(owner_label)}：{clean(table.owner)}" if table.owner else "",
        unit=f"单位：{clean(table.unit)}" if table.unit else "",
        notes=tuple(notes),
        landscape=landscape,
        size=size,
        pad=pad,
        parts=parts,
        together=around + _height(parts, size, pad) <= TOGETHER * height,
    )


def _area(landscape: bool) -> tuple[float, float]:
    """Width and height of the type area in points."""
    return (PORTRAIT_HEIGHT, PORTRAIT_WIDTH) if landscape else (PORTRAIT_WIDTH, PORTRAIT_HEIGHT)


def _choose(
    drawn: Sequence[Grid], needs: Sequence[Sequence[Need]], around: float
) -> tuple[bool, float, float]:
    """Direction, type size and padding; `around` is the height of what stands above and below the rows."""
    upright = max(grid.columns for grid in drawn) <= PORTRAIT_COLUMNS
    for landscape, steps in ((False, PORTRAIT_STEPS), (True, LANDSCAPE_STEPS)):
        width, height = _area(landscape)
        fitting = [(size, pad) for size, pad in steps if all(_least(need, size) <= width for need in needs)]
        if not fitting or not (landscape or upright):
            continue
        pages = []
        for size, pad in fitting:
            parts = [_fit(*pair, size, width) for pair in zip(drawn, needs, strict=True)]
            pages.append(math.ceil((around + _height(parts, size, pad)) / (height - _SPARE)))
            if pages[-1] == 1 and size >= READABLE:
                return landscape, size, pad
        large = [n for n, (size, _) in enumerate(fitting) if size >= COMFORTABLE]
        if large or landscape:
            two = [n for n in large if pages[n] == 2]
            return landscape, *fitting[two[0] if two else 0]
    return True, *LANDSCAPE_STEPS[-1]


def _least(needs: Sequence[Need], size: float) -> float:
    return sum(need.least * size + 2 * PAD_X for need in needs)


def _needs(grid: Grid, prose: bool) -> tuple[Need, ...]:
    """The need of each column, from the cells that stand in this column alone; `prose` may be wrapped at will."""
    least = [2.0] * grid.columns
    wish = [2.0] * grid.columns
    for r, row in enumerate(grid.rows):
        for cell in row:
            if cell.colspan > 1 or not cell.text:
                continue
            need = _header_need(cell) if r < grid.header_rows else _cell_need(cell, prose)
            least[cell.column] = max(least[cell.column], need.least)
            wish[cell.column] = max(wish[cell.column], need.wish)
    return tuple(Need(a, max(a, b)) for a, b in zip(least, wish, strict=True))


def _header_need(cell: GridCell) -> Need:
    width = ems(cell.text)
    least = max(2.0, unbreakable(cell.text), math.ceil(width / _HEAD_LINES))
    return Need(least + _SLACK, min(width, _SHORT) + _SLACK)


def _cell_need(cell: GridCell, prose: bool) -> Need:
    if cell.face is Face.FIGURE:
        width = ems(cell.text, FIGURE_NARROW) + _SLACK
        return Need(width, width)
    width = ems(cell.text) + cell.indent
    token = min(unbreakable(cell.text), _COMFORT) + cell.indent
    share = 0.0 if prose else width * 2 / 3
    least = max(token, min(width, _COMFORT, max(_SHORT + cell.indent, share)))
    return Need(least + _SLACK, min(width, 4 * _COMFORT) + _SLACK)


def _fit(grid: Grid, needs: Sequence[Need], size: float, width: float) -> Fitted:
    """Share the width out: the least to each, then wishes, then the rest in proportion."""
    widths = [need.least * size + 2 * PAD_X for need in needs]
    wanted = [(need.wish - need.least) * size for need in needs]
    spare = width - sum(widths)
    # Small wishes first: a header that lacks one character costs a line, a long text hardly notices.
    for n, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given = max(0.0, min(wanted[column], spare / (len(wanted) - n)))
        widths[column] += given
        spare -= given
    total = sum(widths)
    return Fitted(grid, tuple(w * width / total for w in widths))


def _height(parts: Sequence[Fitted], size: float, pad: float) -> float:
    """Estimated height of all rows, in points."""
    return sum(
        max((_lines(part, cell, size) for cell in row), default=1) * size * LINE + 2 * pad + BORDER
        for part in parts
        for row in part.grid.rows
    )


def _lines(part: Fitted, cell: GridCell, size: float) -> int:
    """Estimated lines of a cell; a cell over several rows is taken to fit into them."""
    if cell.rowspan > 1:
        return 1
    room = max((part.width_of(cell) - 2 * PAD_X) / size - cell.indent, 1.0)
    narrow = {"narrow": FIGURE_NARROW} if cell.face is Face.FIGURE else {}
    return sum(max(1, math.ceil(ems(line, **narrow) / room)) for line in cell.text.split("\n"))
