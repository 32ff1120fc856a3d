"""Tables without ruling lines (无线表): lines whose figures stand in columns, found only where that is clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from yiheng.facts.document import Place
from yiheng.reading.pdf.glyphs import Word
from yiheng.reading.pdf.lines import Line, text_of
from yiheng.reading.pdf.turn import Edges
from yiheng.reading.raw import RawCell, RawGrid

FIGURE: Final = re.compile(r"[≥≤＞＜><=＝]?[-+(（]?\d[\d,，]*(?:\.\d+)?[)）]?[%％]?|[-—–]{1,2}")
AMOUNT: Final = re.compile(r"[-+(（]?\d{1,3}(?:,\d{3})+(?:\.\d+)?[)）]?|[-+]?\d+\.\d+")
CELL_GAP: Final = 0.9
"""A gap of this many type sizes parts two cells of a line."""
PITCH: Final = 3.2
"""Lines of one table follow each other within this many type sizes."""
ALIGNED: Final = 3.0
LEAST_ROWS: Final = 3
LEAST_AMOUNTS: Final = 4
"""So many amounts in a single column of figures make a table; page numbers of a contents list do not."""
HEAD_LINES: Final = 4
FULL: Final = 1.5
"""A label that ends within so many type sizes of its column's edge may go on in the next line."""
WRAP_PITCH: Final = 1.9
LEADER: Final = re.compile(r"[.…·．]{4,}")
Placed = Callable[[Edges], Place]


@dataclass(slots=True)
class Piece:
    """The words of a line that stand together, perhaps a cell."""

    words: list[Word]
    left: float
    right: float
    text: str

    @property
    def figure(self) -> bool:
        return FIGURE.fullmatch(self.text) is not None


@dataclass(slots=True)
class Row:
    line: Line
    pieces: list[Piece]

    @property
    def figures(self) -> int:
        return sum(piece.figure for piece in self.pieces)


Column = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table found by alignment: its lines, first to last, and its columns from left to right."""

    start: int
    end: int
    grid: RawGrid


def aligned_tables(lines: Sequence[Line], placed: Placed) -> list[Aligned]:
    """The tables among the lines of a page; `start` and `end` are positions in `lines`, `end` not included."""
    rows = [Row(line, _pieces(line)) for line in lines]
    found: list[Aligned] = []
    start = 0
    for first, end in _stretches(rows):
        body = rows[first:end]
        columns = _columns(body)
        if columns is None:
            continue
        head = first
        while head > max(start, first - HEAD_LINES) and _is_head(rows[head - 1], rows[head], columns):
            head -= 1
        while end < len(rows) and _goes_on(rows[end - 1], rows[end], columns):
            end += 1
        cells = tuple(_cells(group, columns, placed) for group in _grouped(rows[head:end], columns))
        edges = (
            columns[0][0],
            rows[head].line.top,
            columns[-1][1],
            rows[end - 1].line.bottom,
        )
        found.append(Aligned(head, end, RawGrid(cells, placed(edges), ruled=False)))
        start = end
    return found


def gutters(lines: Sequence[Line]) -> list[float]:
    """Where columns of figures part, for lines that ruling lines show to be a table; empty where they do not."""
    rows = [Row(line, _pieces(line)) for line in lines]
    first = next((index for index, row in enumerate(rows) if row.figures and len(row.pieces) > 1), len(rows))
    columns = _columns(rows[first:])
    return [(left[1] + right[0]) / 2 for left, right in pairwise(columns)] if columns else []


def _pieces(line: Line) -> list[Piece]:
    groups = [[line.words[0]]]
    for word, gap in zip(line.words[1:], line.gaps, strict=True):
        if gap >= CELL_GAP:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [Piece(words, words[0].left, words[-1].right, text_of(words)) for words in groups]


def _stretches(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Where lines with figures in cells follow each other; a line without any may stand between two of them."""
    start: int | None = None
    last = 0
    for index, row in enumerate(rows):
        tabular = len(row.pieces) >= 2 and row.figures >= 1 and not LEADER.search(row.line.text)
        if start is not None and not _near(rows[index - 1], row):
            yield start, last + 1
            start = None
        if tabular:
            start = index if start is None else start
            last = index
        elif start is not None and (index - last > 1 or len(row.pieces) > 2):
            yield start, last + 1
            start = None
    if start is not None:
        yield start, last + 1


def _near(above: Row, below: Row) -> bool:
    return below.line.middle - above.line.middle <= PITCH * max(above.line.size, below.line.size)


def _columns(rows: Sequence[Row]) -> list[Column] | None:
    """The columns that all pieces keep to; None where this is no table."""
    tabular = [row for row in rows if row.figures]
    if len(tabular) < LEAST_ROWS:
        return None
    columns = _merged(piece for row in rows for piece in row.pieces)
    taken = [[_column_of(piece, columns) for piece in row.pieces] for row in rows]
    if any(len(set(places)) < len(places) for places in taken):
        return None
    of_figures = amounts = elsewhere = 0
    for number in range(len(columns)):
        pieces = [
            piece
            for row, places in zip(rows, taken, strict=True)
            for piece, place in zip(row.pieces, places, strict=True)
            if place == number
        ]
        figures = [piece for piece in pieces if piece.figure]
        if len(figures) >= LEAST_ROWS and 2 * len(figures) > len(pieces) and _stand_in_line(figures):
            of_figures += 1
            amounts = max(amounts, sum(AMOUNT.fullmatch(piece.text) is not None for piece in figures))
        else:
            elsewhere += len(figures)
    # The values of a bar chart stand in one column and beside it.
    alone = of_figures == 1 and amounts >= LEAST_AMOUNTS and not elsewhere
    return columns if of_figures >= 2 or alone else None


def _merged(pieces: Iterator[Piece] | Sequence[Piece]) -> list[Column]:
    columns: list[Column] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if columns and piece.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return columns


def _column_of(piece: Piece, columns: Sequence[Column]) -> int:
    """The column that covers most of a piece, else the nearest."""
    middle = (piece.left + piece.right) / 2
    return max(
        range(len(columns)),
        key=lambda number: (
            max(0.0, min(piece.right, columns[number][1]) - max(piece.left, columns[number][0])),
            -abs(middle - (columns[number][0] + columns[number][1]) / 2),
        ),
    )


def _stand_in_line(pieces: Sequence[Piece]) -> bool:
    """Whether most pieces share their right edge, their left edge or their middle."""
    for key in (_right, _left, _middle):
        values = sorted(key(piece) for piece in pieces)
        best = max(
            sum(abs(value - other) <= ALIGNED for other in values)
            for value in values[:: max(1, len(values) // 20)]
        )
        if best >= max(LEAST_ROWS, 0.7 * len(values)):
            return True
    return False


def _right(piece: Piece) -> float:
    return piece.right


def _left(piece: Piece) -> float:
    return piece.left


def _middle(piece: Piece) -> float:
    return (piece.left + piece.right) / 2


def _is_head(row: Row, below: Row, columns: Sequence[Column]) -> bool:
    """Whether a line above the figures names columns: several pieces, none reaching beyond the table."""
    if len(row.pieces) < 2 or not _near(row, below) or re.search(r"单位\s*[:：]|部门\s*[:：]", row.line.text):
        return False
    slack = 2 * row.line.size
    return row.line.left >= columns[0][0] - slack and row.line.right <= columns[-1][1] + slack


def _grouped(rows: Sequence[Row], columns: Sequence[Column]) -> list[list[Row]]:
    """The lines of each row of the table: one, and more where a label goes on."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _goes_on(groups[-1][-1], row, columns):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(above: Row, below: Row, columns: Sequence[Column]) -> bool:
    """Whether a line is nothing but the rest of a label that fills its column in the line above."""
    if len(below.pieces) != 1 or below.figures:
        return False
    size = above.line.size
    if below.line.middle - above.line.middle > WRAP_PITCH * size:
        return False
    number = _column_of(below.pieces[0], columns)
    left, right = columns[number]
    if below.pieces[0].right > right + ALIGNED or below.pieces[0].left < left - ALIGNED:
        return False
    return any(
        not piece.figure and right - piece.right <= FULL * size
        for piece in above.pieces
        if _column_of(piece, columns) == number
    )


def _cells(rows: Sequence[Row], columns: Sequence[Column], placed: Placed) -> tuple[RawCell | None, ...]:
    texts: dict[int, list[str]] = {}
    lefts: dict[int, float] = {}
    for row in rows:
        parts: dict[int, list[Piece]] = {}
        for piece in row.pieces:
            parts.setdefault(_column_of(piece, columns), []).append(piece)
        for number, pieces in parts.items():
            texts.setdefault(number, []).append(" ".join(piece.text for piece in pieces))
            lefts.setdefault(number, pieces[0].left)
    cells = []
    for number, (left, right) in enumerate(columns):
        indent = round(max(0.0, lefts.get(number, left) - left), 1)
        box = (left, rows[0].line.top, right, rows[-1].line.bottom)
        cells.append(RawCell("\n".join(texts.get(number, ())), placed(box), indent=indent))
    return tuple(cells)
