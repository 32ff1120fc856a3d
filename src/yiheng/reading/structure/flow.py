"""Lines → paragraphs: soft wraps joined, headings and contents lists told apart."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from yiheng.facts.document import Place
from yiheng.reading.raw import RawLine
from yiheng.reading.structure.captions import is_caption_line, is_title, label_of
from yiheng.reading.structure.headings import (
    contents_lines,
    ended,
    heading_level,
    is_contents_title,
    number_level,
)

_SIZES: Final = 0.6
"""Points of type size that make another paragraph."""
_INDENT: Final = 10.0
"""Points by which the first line of a paragraph stands in."""
_LARGER: Final = 1.15
"""Times the size of the body text: a title."""
_TITLE: Final = 80
_WORDS: Final = re.compile(r"[A-Za-z]$")


class Draft(NamedTuple):
    """A paragraph before it has its index and section."""

    text: str
    level: int
    spots: tuple[tuple[int, Place], ...]
    contents: bool = False


class Print(NamedTuple):
    """How a document prints its body text."""

    fullness: bool
    """Lines say whether they run to the right edge."""
    size: float
    """Type size of most of the text; 0 where unknown."""
    margin: float
    """Left edge of the lines."""


def print_of(lines: list[RawLine]) -> Print:
    """Seen from all lines of the document."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    margins = Counter(round(line.indent) for line in lines if not line.whole)
    lowest = min((m for m, n in margins.items() if n * 10 >= len(lines)), default=0)
    return Print(any(line.full for line in lines), size, float(lowest))


def paragraphs(lines: list[RawLine], style: Print) -> list[Draft]:
    """The paragraphs that some lines between two tables make."""
    contents = contents_lines([line.text for line in lines], [line.level for line in lines])
    groups: list[list[RawLine]] = []
    flags: list[bool] = []
    for n, line in enumerate(lines):
        alone = n in contents or is_contents_title(line.text)
        previous = None if not groups or flags[-1] or alone else groups[-1][-1]
        if previous is not None and _continues(previous, line, style):
            groups[-1].append(line)
        else:
            groups.append([line])
            flags.append(n in contents)
    return [_draft(group, flag, style) for group, flag in zip(groups, flags, strict=True)]


def _continues(previous: RawLine, line: RawLine, style: Print) -> bool:
    if previous.whole or line.whole or previous.level or line.level:
        return False
    if previous.size and line.size and abs(previous.size - line.size) > _SIZES:
        return False
    if style.fullness and not previous.full:
        return False
    if not style.fullness and (heading_level(previous.text) or is_caption_line(previous.text)):
        return False
    if is_caption_line(previous.text, titles=False) or (label_of(line.text) and is_title(line.text)):
        return False
    if line.indent - style.margin > _INDENT and line.indent > previous.indent + _INDENT / 2:
        return False
    starts = number_level(line.text) != 0
    if starts and heading_level(previous.text):
        # A heading as wide as the page, and the next one below it.
        return False
    return not (starts and ended(previous.text)) and not (not style.fullness and ended(previous.text))


def _draft(group: list[RawLine], contents: bool, style: Print) -> Draft:
    text = ""
    spots: list[tuple[int, Place]] = []
    for line in group:
        part = line.text.strip()
        if text and _needs_blank(text, part):
            text += " "
        spots.append((len(text), line.place))
        text += part
    return Draft(text, 0 if contents else _level(group, text, style), tuple(spots), contents)


def _needs_blank(text: str, part: str) -> bool:
    """Words of Latin letters keep the blank that their wrap stood for."""
    return bool(_WORDS.search(text)) and bool(part) and part[0].isascii() and part[0].isalpha()


def _level(group: list[RawLine], text: str, style: Print) -> int:
    level = heading_level(text)
    if level or not text:
        return level
    marked = any(line.level for line in group) or _is_large(group, style)
    if (marked and len(text) <= _TITLE and not ended(text)) or is_contents_title(text):
        return -1
    return 0


def _is_large(group: list[RawLine], style: Print) -> bool:
    return style.size > 0 and min(line.size for line in group) > style.size * _LARGER
