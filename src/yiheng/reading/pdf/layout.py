"""Words and rules of a page → its lines and grids from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yiheng.reading.pdf.aligned import aligned_tables
from yiheng.reading.pdf.bands import is_table, with_columns, with_rows
from yiheng.reading.pdf.draft import DraftLine
from yiheng.reading.pdf.glyphs import Word
from yiheng.reading.pdf.grids import Placed, Together, grid_of, take
from yiheng.reading.pdf.lattice import lattices
from yiheng.reading.pdf.lines import Line, lines_of
from yiheng.reading.pdf.rules import Rules
from yiheng.reading.raw import RawGrid

Blocks = tuple[DraftLine | RawGrid, ...]


def blocks_of(words: Sequence[Word], rules: Rules, together: Together, placed: Placed) -> Blocks:
    """What a page holds in reading order.

    `together` tells whether two characters of a word belong to one text, `placed` makes a place of edges.
    """
    blocks: list[tuple[float, DraftLine | RawGrid]] = []
    closed, opened = lattices(rules)
    for lattice in (*closed, *opened):
        inside, outside = take(lattice, words, together)
        if len(lattice.xs) == 2:
            parted = with_columns(lattice, inside)
            if parted is None and lattice in opened:
                continue
            lattice = parted or lattice
            inside, outside = take(lattice, words, together)
        if is_table(lattice, inside):
            words = outside
            blocks.append((lattice.ys[0], grid_of(*with_rows(lattice, inside), placed)))
    blocks += _outside(lines_of(words), placed)
    blocks.sort(key=lambda block: block[0])
    return tuple(block for _, block in blocks)


def _outside(lines: list[Line], placed: Placed) -> Iterator[tuple[float, DraftLine | RawGrid]]:
    """What no ruling lines enclose: lines of text, and tables that alignment alone shows."""
    start = 0
    for table in aligned_tables(lines, placed):
        yield from ((line.middle, _draft(line, placed)) for line in lines[start : table.start])
        yield lines[table.start].top, table.grid
        start = table.end
    yield from ((line.middle, _draft(line, placed)) for line in lines[start:])


def _draft(line: Line, placed: Placed) -> DraftLine:
    return DraftLine(line.text, placed(line.edges), round(line.size, 1), line.edges)
