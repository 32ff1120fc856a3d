"""Rows and columns that no rule parts (行间、栏间无线): figures below each other and beside each other show them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Final

from yiheng.reading.pdf.aligned import FIGURE, gutters
from yiheng.reading.pdf.glyphs import Word
from yiheng.reading.pdf.lattice import Lattice, Slot, bare
from yiheng.reading.pdf.lines import Line, lines_of

FEWEST: Final = 2
"""Cells of figures, and figures in each, that show rows without rules."""
MOSTLY: Final = 0.8
"""The part of a cell's lines that are figures where the cell is one of figures."""
LEVEL: Final = 0.5
"""Type sizes by which figures of one row may differ in height."""
FULL: Final = 2.2
"""A line that ends within so many type sizes of its cell's edge may go on in the next (the edge keeps a margin)."""
PITCH: Final = 1.9
"""Lines of one text follow each other within so many type sizes."""
Band = list[float]
"""Highest and lowest centre line of a row."""
Cells = list[list[Word]]


def is_table(lattice: Lattice, inside: Cells) -> bool:
    """Whether the cells hold a table: two texts at least, and in a single column not only the figures of a chart."""
    held = [words for words in inside if words]
    if len(held) < 2:
        return False
    return len(lattice.xs) > 2 or not all(FIGURE.fullmatch(word.text) for words in held for word in words)


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
    cells = {number: lines_of(inside[number]) for number in members if inside[number]}
    figures = [lines for lines in cells.values() if len(lines) >= FEWEST and _of_figures(lines)]
    if len(figures) < FEWEST:
        return []
    bands = _bands([line for lines in figures for line in lines])
    for number, lines in cells.items():
        if lines not in figures:
            for text in _texts(lines, lattice.box(lattice.slots[number])[2]):
                _add(text, bands)
    bands.sort()
    if any(above[1] >= below[0] for above, below in pairwise(bands)):
        return []
    return [(above[1] + below[0]) / 2 for above, below in pairwise(bands)]


def _of_figures(lines: Sequence[Line]) -> bool:
    return sum(FIGURE.fullmatch(line.text) is not None for line in lines) >= MOSTLY * len(lines)


def _bands(lines: list[Line]) -> list[Band]:
    """The rows that lines of figures show."""
    bands: list[Band] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if bands and line.middle - bands[-1][0] <= LEVEL * line.size:
            bands[-1][1] = line.middle
        else:
            bands.append([line.middle, line.middle])
    return bands


def _texts(lines: Sequence[Line], right: float) -> list[list[Line]]:
    """Lines of a cell, those together of which each but the last is full and so goes on in the next."""
    texts = [[lines[0]]]
    for above, below in pairwise(lines):
        wrapped = right - above.right <= FULL * above.size
        if wrapped and below.middle - above.middle <= PITCH * above.size:
            texts[-1].append(below)
        else:
            texts.append([below])
    return texts


def _add(text: list[Line], bands: list[Band]) -> None:
    """Puts a text into the row whose figures stand beside it; where none do, it is a row of its own."""
    reach = LEVEL * text[0].size
    beside = [
        band for band in bands if text[0].middle - reach <= band[1] and band[0] <= text[-1].middle + reach
    ]
    if not beside:
        bands.append([text[0].middle, text[-1].middle])
    elif len(beside) == 1:
        beside[0][0] = min(beside[0][0], text[0].middle)
        beside[0][1] = max(beside[0][1], text[-1].middle)
    else:
        for line in text:
            nearest = min(beside, key=lambda band: abs((band[0] + band[1]) / 2 - line.middle))
            nearest[0], nearest[1] = min(nearest[0], line.middle), max(nearest[1], line.middle)


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
