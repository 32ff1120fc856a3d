"""Words inside a lattice → a grid of cells with their text (表格)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from yiheng.facts.document import Box, Place
from yiheng.reading.pdf.glyphs import Stop, Word
from yiheng.reading.pdf.lattice import Lattice
from yiheng.reading.pdf.lines import lines_of
from yiheng.reading.pdf.turn import Edges
from yiheng.reading.raw import RawCell, RawGrid

CUT: Final = 0.08
"""A gap at a rule that is wider than its neighbours by this part of the type size parts two cells."""
Placed = Callable[[Edges], Place]
Together = Callable[[Stop, Stop], bool]


def take(lattice: Lattice, words: Sequence[Word], together: Together) -> tuple[list[list[Word]], list[Word]]:
    """The words of each cell, and the words outside the lattice."""
    inside: list[list[Word]] = [[] for _ in lattice.slots]
    outside: list[Word] = []
    for word in words:
        if not lattice.holds(word.centre, word.middle):
            outside.append(word)
            continue
        for part in _parted(word, lattice, together):
            inside[lattice.slot_at(part.centre, part.middle)].append(part)
    return inside, outside


def grid_of(lattice: Lattice, inside: Sequence[Sequence[Word]], placed: Placed) -> RawGrid:
    """The grid; `placed` makes the place of an upright rectangle."""
    cells: list[list[RawCell | None]] = [[None] * (len(lattice.xs) - 1) for _ in lattice.ys[1:]]
    for slot, words in zip(lattice.slots, inside, strict=True):
        box = lattice.box(slot)
        text, indent = cell_text(words, box[0])
        cells[slot.row][slot.column] = RawCell(text, placed(box), slot.rows, slot.columns, indent)
    return RawGrid(tuple(map(tuple, cells)), placed(lattice.edges))


def cell_text(words: Sequence[Word], left: float) -> tuple[str, float]:
    """Text of a cell, a line break at each wrap, and how far from the cell's left edge it begins."""
    if not words:
        return "", 0.0
    if len(words) == 1:
        return words[0].text, round(max(0.0, words[0].left - left), 1)
    lines = lines_of(words)
    return "\n".join(line.text for line in lines), round(max(0.0, lines[0].left - left), 1)


def _parted(word: Word, lattice: Lattice, together: Together) -> list[Word]:
    """The word, cut where a rule stands between two texts; text that only overflows its cell stays whole."""
    if len(word.text) < 2 or not any(word.left + 1.0 < x < word.right - 1.0 for x in lattice.xs):
        return [word]
    slots = [lattice.slot_at((stop.left + stop.right) / 2, word.middle) for stop in word.stops]
    gaps = [after.left - before.right for before, after in pairwise(word.stops)]
    usual = sorted(gaps)[len(gaps) // 2] if len(gaps) > 1 else 0.0
    cuts: list[int] = []
    begin = 0
    for index, gap in enumerate(gaps):
        apart = not together(word.stops[index], word.stops[index + 1])
        if slots[begin if apart else index] != slots[index + 1] and (apart or gap >= usual + CUT * word.size):
            cuts.append(index + 1)
        if apart:
            begin = index + 1
    return [_part(word, start, end) for start, end in zip([0, *cuts], [*cuts, len(word.text)], strict=True)]


def _part(word: Word, start: int, end: int) -> Word:
    stops = word.stops[start:end]
    return Word(
        word.text[start:end],
        stops[0].left,
        word.top,
        stops[-1].right,
        word.bottom,
        word.size,
        word.spaced if start == 0 else True,
        stops,
    )


def box_of(edges: Edges) -> Box:
    """Edges in points, rounded to a tenth."""
    left, top, right, bottom = edges
    return Box(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
