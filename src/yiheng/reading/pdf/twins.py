"""Equal texts one above the other (上下行相同的文字), which PDFium takes for one text printed twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from yiheng.reading.pdf.objects import TextObject

BACK: Final = 5
"""PDFium compares a text object with so many before it."""
SAME: Final = 0.02
"""Points by which the boxes of two equal texts may differ in size."""
APART: Final = 0.25
"""Texts that stand apart by this part of their height are two; nearer ones are one, printed twice for a bold look."""


class Twin(NamedTuple):
    """A text object that may have been left out, the one that it is like, and how far from it it stands."""

    address: int
    like: int
    x: float
    y: float


def twins_of(texts: Sequence[TextObject]) -> list[Twin]:
    """The text objects of a page that PDFium may leave out: as large as one shortly before and overlapping it."""
    found: list[Twin] = []
    for number, text in enumerate(texts):
        left, bottom, right, top = text.box
        for before in range(number - 1, max(0, number - BACK) - 1, -1):
            other = texts[before]
            of_left, of_bottom, of_right, of_top = other.box
            x, y = left - of_left, bottom - of_bottom
            if abs(right - of_right - x) > SAME or abs(top - of_top - y) > SAME:
                continue
            if abs(x) > right - left or abs(y) > top - bottom:
                continue
            if abs(x) + abs(y) > APART * min(top - bottom, right - left):
                found.append(Twin(text.address, other.address, x, y))
    return found
