"""Rows and columns that no rule parts (行间、栏间无线): figures below each other and beside each other show them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import Final

from yiheng.reading.pdf.aligned import FIGURE, gutters
from yiheng.reading.pdf.glyphs import Word
from yiheng.reading.pdf.lattice import Lattice, Slot, bare
from yiheng.reading.pdf.lines import Line, lines_of

FEWEST: Final = 2
"""Cells of figures, and figures in each, that show rows without rules."""
LEVEL: Final = 0.5
"""Type sizes by which figures of one row may differ in height."""
WRAP: Final = 0.8
"""Lines nearer than this part of the usual distance are wraps of one label."""
Cells = list[list[Word]]


def with_columns(lattice: Lattice, inside: Cells) -> Lattice | None:
    """A lattice of one column, parted where the figures in it show columns; None where they do not."""
    lines = lines_of(word for words in inside for word in words)
    parts = gutters(lines)
    return bare((lattice.xs[0], *parts, lattice.xs[1]), lattice.ys) if parts else None


def with_rows(lattice: Lattice, inside: Cells) -> tuple[Lattice, Cells]:
    """The lattice with rows where only figures show them, and the words of each cell."""
    row = 0
    while row < len(lattice.ys) - 1:
        cuts = _cuts(lattice, inside, row)
        if cuts:
            lattice, inside = _cut(lattice, inside, row, cuts)
        row += 1 + len(cuts)
    return lattice, inside


def _cuts(lattice: Lattice, inside: Cells, row: int) -> list[float]:
    """Heights at which a row of the lattice falls into rows of text; none for most."""
    members = [number for number in dict.fromkeys(lattice.owner[row]) if lattice.slots[number].rows == 1]
    if sum(len(inside[number]) >= FEWEST for number in members) < FEWEST:
        return []
    cells = [lines for number in members if len(lines := lines_of(inside[number])) >= FEWEST]
    figures = [lines for lines in cells if all(FIGURE.fullmatch(line.text) for line in lines)]
    if len(figures) < FEWEST:
        return []
    rows = _without_wraps(max(cells, key=lambda lines: (len(_without_wraps(lines)), lines in figures)))
    for lines in figures:
        if not all(any(_level(line, other) for other in rows) for line in lines):
            rows = [line.middle for line in max(figures, key=len)]
            if not all(any(_level(line, other) for other in rows) for line in lines):
                return []
    return [(above + below) / 2 for above, below in pairwise(rows)]


def _level(line: Line, middle: float) -> bool:
    return abs(line.middle - middle) <= LEVEL * line.size


def _without_wraps(lines: Sequence[Line]) -> list[float]:
    """Centre lines of the rows that the lines of a column show."""
    middles = [line.middle for line in lines]
    if len(middles) < 3:
        return middles
    usual = median(below - above for above, below in pairwise(middles))
    groups = [[middles[0]]]
    for above, below in pairwise(middles):
        if below - above < WRAP * usual:
            groups[-1].append(below)
        else:
            groups.append([below])
    return [sum(group) / len(group) for group in groups]


def _cut(lattice: Lattice, inside: Cells, row: int, cuts: list[float]) -> tuple[Lattice, Cells]:
    """Cuts one row of the lattice; cells that reach over it span the new rows."""
    ys = sorted([*lattice.ys, *cuts])
    slots: list[Slot] = []
    words: Cells = []
    for slot, held in zip(lattice.slots, inside, strict=True):
        if slot.row == row and slot.rows == 1:
            slots += (Slot(row + step, slot.column, 1, slot.columns) for step in range(len(cuts) + 1))
            edges = [-inf, *cuts, inf]
            words += (
                [word for word in held if top <= word.middle < bottom] for top, bottom in pairwise(edges)
            )
        elif slot.row <= row < slot.row + slot.rows:
            slots.append(slot._replace(rows=slot.rows + len(cuts)))
            words.append(held)
        else:
            slots.append(slot._replace(row=slot.row + len(cuts)) if slot.row > row else slot)
            words.append(held)
    owner = [[0] * (len(lattice.xs) - 1) for _ in ys[1:]]
    for number, slot in enumerate(slots):
        for r in range(slot.row, slot.row + slot.rows):
            owner[r][slot.column : slot.column + slot.columns] = [number] * slot.columns
    return Lattice(lattice.xs, tuple(ys), tuple(slots), tuple(map(tuple, owner))), words
