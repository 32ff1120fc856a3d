"""Lines of a text export: their number, printed width, and whether the next line goes on with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from yiheng.reading.structure.captions import is_caption_line
from yiheng.reading.structure.headings import number_level

_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2010-\u2027\u2030-\u205e\u2190-\u23ff\u2460-\ua4cf\uac00-\ud7a3\uf900-\uff60\uffe0-\uffe6]"
)
_ENDED: Final = re.compile(r"[。；：！？!?:;]\s*$")
_CLOSED: Final = re.compile(r"[。；！？!?;]\s*$")
_NARROWEST: Final = 36
"""Columns below which a line says nothing about the width of the text."""
_NEARLY: Final = 0.87
"""Of the width of the text: a line with figures and Latin letters in it comes out shorter by count."""
_MARKED: Final = 0.8
"""Of the lines that end a sentence have a blank at their end where the export keeps the paragraph mark."""
_HALF: Final = 0.6
"""Of the width of the text: a line that stops in the middle of a sentence after so much goes on."""
_HEADING_END: Final = re.compile(
    r"(?:说明|情况|解释|概况|设置|职责|职能|目标|措施|计划|报告|支出|收入|分析|表|结论|问题)$"
)
_SPOKEN: Final = re.compile(r"\d\s*(?:亿|万)?元\s*[,，、]")
"""A numbered line with an amount and a comma behind it begins a sentence, it is no heading."""
_FEWEST_NUMBERS: Final = 3
_MANY: Final = 12
"""Long lines without one that is wrapped say that none is."""
_LONG: Final = 200
"""Columns; text that wide is not wrapped at all."""


class TextLine(NamedTuple):
    """A line that is not empty."""

    number: int
    """From 1."""
    text: str
    """Without blanks around it."""
    lead: int
    """Columns of blanks before it."""
    marked: bool
    """Ends with a blank, which some exports leave at the end of a paragraph or cell."""
    gap: bool
    """An empty line stands before it."""
    page_start: bool
    """A form feed stands before it, or the single blank that some exports put for one."""
    width: int
    """Columns of the text."""
    alone: bool = False
    """A cell by itself, which no other line goes on with."""


class Style(NamedTuple):
    """How an export writes its lines."""

    marks: bool
    """A blank at the end of a line ends a paragraph or cell."""
    width: int
    """Columns of a full line; 0 where nothing is wrapped."""


def width(text: str) -> int:
    """Columns that a text takes: 2 for a full-width character."""
    return len(text) + len(_WIDE.findall(text))


def split_lines(text: str) -> list[TextLine]:
    """The lines that are not empty."""
    found: list[TextLine] = []
    gap = page_start = False
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if "\f" in raw:
            page_start = True
            raw = raw.replace("\f", "")
        body = raw.strip("\ufeff\u200b \t\u3000\xa0")
        if not body:
            gap = True
            continue
        bare = raw.lstrip("\ufeff")
        lead = len(bare) - len(bare.lstrip(" \u3000\xa0"))
        lead += bare[:lead].count("\u3000")
        found.append(TextLine(number, body, lead, raw[-1] in " \u3000\xa0", gap, page_start, width(body)))
        gap = page_start = False
    return found


def numbering_joined(lines: list[TextLine]) -> list[TextLine]:
    """A 栏次 row whose numbers stand on lines of their own, on one line."""
    found: list[TextLine] = []
    at = 0
    while at < len(lines):
        end = _numbering_end(lines, at)
        if end - at >= _FEWEST_NUMBERS:
            text = " ".join("".join(line.text.split()) for line in lines[at:end])
            found.append(lines[at]._replace(text=text, width=width(text)))
            at = end
        else:
            found.append(lines[at])
            at += 1
    return found


def _numbering_end(lines: list[TextLine], at: int) -> int:
    """After the lines 栏次, 1, 2, 栏次, 3 … that begin at `at`."""
    number, end = 0, at
    while end < len(lines):
        text = "".join(lines[end].text.split())
        if text == str(number + 1):
            number += 1
        elif text not in ("栏次", "栏目"):
            break
        end += 1
    return end if number >= 2 else at


def style_of(lines: Sequence[TextLine]) -> Style:
    """Seen from all lines."""
    ended = [line for line in lines if _CLOSED.search(line.text)]
    with_mark = sum(line.marked for line in ended)
    unmarked = sum(not line.marked for line in lines)
    marks = bool(ended) and with_mark >= _MARKED * len(ended) and unmarked * 5 >= len(lines)
    widths = Counter(line.width // 2 for line in lines if _NARROWEST <= line.width <= _LONG)
    if not widths:
        return Style(marks, 0)
    common = max(widths, key=lambda w: (sum(widths[w + d] for d in (-1, 0, 1)), w))
    wrapped = sum(n for w, n in widths.items() if abs(w - common) <= 2)
    longer = sum(1 for line in lines if line.width > common * 2 + 16)
    return Style(marks, common * 2 if wrapped >= 5 and longer * 3 <= wrapped else 0)


def is_unwrapped(lines: Sequence[TextLine], style: Style) -> bool:
    """Many lines as long as the width of a text, and no width that they share: each is a paragraph of its own."""
    long = sum(line.width >= _NARROWEST for line in lines)
    return not style.marks and not style.width and long >= _MANY


def _is_heading(text: str) -> bool:
    """A numbered line that ends as headings do, however long."""
    return (
        number_level(text) in (-1, 1, 2)
        and not re.search(r"[，。；：]", text)
        and bool(_HEADING_END.search(text))
    )


def goes_on(line: TextLine, style: Style) -> bool:
    """Whether the paragraph may continue on the next line."""
    if style.marks:
        cut = not _ENDED.search(line.text) and line.width >= style.width * _NEARLY > 0
        return not line.marked or cut
    if style.width:
        if _is_heading(line.text):
            return False
        near = line.width >= style.width * _NEARLY
        cut = (
            line.width >= style.width * _HALF
            and not _ENDED.search(line.text)
            and (not number_level(line.text) or bool(_SPOKEN.search(line.text)))
        )
        return near or (cut and not is_caption_line(line.text))
    return line.width >= _LONG // 2 and not _ENDED.search(line.text) and line.text[-1] not in "”）)"
