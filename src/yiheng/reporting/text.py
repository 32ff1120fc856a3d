"""Words on their way into a file (文字): what no file format can hold is made visible, nothing else is touched."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import east_asian_width

NARROW: Final = 0.56
"""Width of a Latin letter or digit of running text in ems, as measured in Noto Serif SC."""

BREAK: Final = "\u200b"
"""Marks a place where a line may end; the drawing program takes it out again."""

# XML 1.0 has no room for these, and a lone surrogate is no character at all.
_IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
_LINE_END: Final = re.compile("\r\n?|[\u2028\u2029\x85]")
_LATIN_RUN: Final = re.compile(r"[!-~]+")


def clean(text: str) -> str:
    """The text with one kind of line end and with □ in place of characters that no file can hold."""
    return _IMPOSSIBLE.sub("□", _LINE_END.sub("\n", text)).replace("\t", " ")


def ems(text: str, narrow: float = NARROW) -> float:
    """Width of the longest line of the text, in ems."""
    return max((_line(line, narrow) for line in text.split("\n")), default=0.0)


def _line(line: str, narrow: float) -> float:
    wide = sum(east_asian_width(char) in "WFA" for char in line)
    return wide + narrow * (len(line) - wide)


def unbreakable(text: str) -> float:
    """Width in ems of the longest run of Latin letters and digits, which no line break may cut."""
    return max((NARROW * len(run) for run in _LATIN_RUN.findall(text)), default=0.0)


def breakable(text: str, width: float) -> str:
    """The text with BREAK inside Latin runs that are wider than `width` ems and would stick out."""
    return _LATIN_RUN.sub(lambda run: run[0] if NARROW * len(run[0]) <= width else BREAK.join(run[0]), text)
