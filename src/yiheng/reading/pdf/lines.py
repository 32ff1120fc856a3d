"""Words → printed lines (行) by centre line, so that digits set on another baseline stay in their sentence."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from yiheng.reading.pdf.glyphs import Word
from yiheng.reading.pdf.turn import Edges

REACH: Final = 0.5
"""Words of one line lie with their centre lines within this part of the smaller type size."""
OVERLAP: Final = 0.7
"""Words that cover this part of each other's width stand in two lines, however near their centre lines are."""
NEIGHBOURS: Final = 64
"""Words of a line that are compared with the next one; no printed line has more."""
BLANK: Final = 0.45
"""A gap of this many type sizes beyond the usual gap of the line is a blank."""
TYPED_BLANK: Final = 0.18
"""The same where the file has a blank character in the gap."""
WIDE: Final = 2.0
"""A gap of this many type sizes separates two things of one line; it is kept as two blanks."""
SAME_PLACE: Final = 0.15


@dataclass(slots=True)
class Line:
    """Words of one printed line from left to right, with their box."""

    words: list[Word]
    middle: float
    weight: int
    size: float
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    text: str = ""
    gaps: list[float] = field(default_factory=list)
    """Distance before each word but the first, in type sizes."""

    @property
    def edges(self) -> Edges:
        return self.left, self.top, self.right, self.bottom


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        line = _line_for(word, lines)
        if line is None:
            lines.append(Line([word], word.middle, len(word.text), word.size))
            continue
        weight = len(word.text)
        line.middle = (line.middle * line.weight + word.middle * weight) / (line.weight + weight)
        line.weight += weight
        line.size = max(line.size, word.size)
        line.words.append(word)
    for line in lines:
        _settle(line)
    lines.sort(key=lambda line: (line.middle, line.left))
    return lines


def _line_for(word: Word, lines: Sequence[Line]) -> Line | None:
    best: Line | None = None
    for line in reversed(lines[-4:]):
        distance = abs(word.middle - line.middle)
        if distance > REACH * min(word.size, line.size):
            continue
        if any(_covers(word, other) for other in line.words[-NEIGHBOURS:]):
            continue
        if best is None or distance < abs(word.middle - best.middle):
            best = line
    return best


def _covers(one: Word, other: Word) -> bool:
    common = min(one.right, other.right) - max(one.left, other.left)
    if common <= 0:
        return False
    if one.text == other.text and abs(one.left - other.left) < SAME_PLACE * one.size:
        return abs(one.middle - other.middle) > SAME_PLACE * one.size
    return common > OVERLAP * min(one.right - one.left, other.right - other.left)


def _settle(line: Line) -> None:
    """Orders the words, drops what is printed twice for a bold look, and writes the text."""
    words: list[Word] = []
    for word in sorted(line.words, key=lambda word: word.left):
        if words and word.text == words[-1].text and word.left - words[-1].left < SAME_PLACE * word.size:
            continue
        words.append(word)
    line.words = words
    line.left = words[0].left
    line.top = min(word.top for word in words)
    line.right = max(word.right for word in words)
    line.bottom = max(word.bottom for word in words)
    line.gaps = _gaps(words)
    line.text = text_of(words)


def text_of(words: Sequence[Word]) -> str:
    """The text of words that stand on one line."""
    if len(words) == 1:
        return words[0].text
    usual = _usual_gap(words)
    parts = [words[0].text]
    for word, gap in zip(words[1:], _gaps(words), strict=True):
        parts += (_blank(gap, usual, word.spaced), word.text)
    return "".join(parts)


def _gaps(words: Sequence[Word]) -> list[float]:
    return [
        (word.left - before.right) / min(before.size, word.size) for before, word in itertools.pairwise(words)
    ]


def _blank(gap: float, usual: float, typed: bool) -> str:
    if gap >= WIDE + usual:
        return "  "
    least = TYPED_BLANK if typed else BLANK + usual
    return " " if gap >= least else ""


def _usual_gap(words: Sequence[Word]) -> float:
    """The gap between neighbouring characters of a spread line, in type sizes; 0 for most."""
    gaps: list[float] = []
    for word in words:
        gaps += (
            (right[0] - left[1]) / word.size for left, right in zip(word.stops, word.stops[1:], strict=False)
        )
    if len(gaps) < sum(len(word.text) for word in words) / 2:
        gaps += (
            (word.left - before.right) / word.size
            for before, word in itertools.pairwise(words)
            if not word.spaced
        )
    return max(0.0, median(gaps)) if len(gaps) > 2 else 0.0
