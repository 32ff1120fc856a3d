"""A printed text made plain for reading: half-width signs, no blanks, and the way back to the print."""

from __future__ import annotations

import re
from typing import NamedTuple

_SIGNS = str.maketrans("０１２３４５６７８９．＋－﹣−（）％：　\u00a0；", "0123456789.+---()%:  ;")
"""The comma stays as it is: a full-width one between digits may group them or part two figures."""
_BLANK = re.compile(r"\s+")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_GROUP = re.compile(r"(?:^|[^\d,.])\d{1,3}(?:[ ]\d{3})*$")


class Plain(NamedTuple):
    """The plain text, and for each of its characters the offset in the printed text."""

    text: str
    offsets: tuple[int, ...]
    printed: str

    def printed_part(self, start: int, end: int) -> str:
        """The print of the plain characters from `start` to before `end`."""
        if start >= end:
            return ""
        return self.printed[self.offsets[start] : self.offsets[end - 1] + 1]


def plain(printed: str) -> Plain:
    """Make a text plain. A blank inside a number that groups thousands goes; one between two numbers stays."""
    translated = printed.translate(_SIGNS)
    if not _BLANK.search(translated):
        return Plain(translated, tuple(range(len(translated))), printed)
    kept: list[int] = []
    last = 0
    for blank in _BLANK.finditer(translated):
        kept.extend(range(last, blank.start()))
        if _parts_numbers(translated, blank.start(), blank.end()):
            kept.append(blank.start())
        last = blank.end()
    kept.extend(range(last, len(translated)))
    text = "".join(" " if translated[i].isspace() else translated[i] for i in kept)
    return Plain(text, tuple(kept), printed)


def _parts_numbers(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (before.isdigit() and after.isdigit()):
        return False
    return not (_THOUSANDS.match(text, end) and _GROUP.search(text[max(0, start - 12) : start]))
