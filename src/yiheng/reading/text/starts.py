"""Where a performance form begins in a text export, and lines that name a part of one before its heads."""

from __future__ import annotations

from typing import Final

from yiheng.reading.structure.captions import is_caption_line, is_note, is_title
from yiheng.reading.structure.headings import has_leader, number_level
from yiheng.reading.structure.words import HEAD, SIDE, bare
from yiheng.reading.text.lines import TextLine, width
from yiheng.reading.text.phrases import fields
from yiheng.reading.text.zones import caption_end

_MOST_TITLE_LINES: Final = 4


def form_begin(lines: list[TextLine], at: int) -> int:
    """The first line of fields of a form whose caption or title stands at `at`; `at` itself where none does."""
    begin = caption_end(lines, at)
    if begin == at:
        begin = _after_title(lines, at)
    return begin if at < begin < len(lines) and fields(lines[begin].text) else at


def _after_title(lines: list[TextLine], at: int) -> int:
    """After 项目支出绩效自评表 and perhaps （2023年度）, also without number or unit."""
    text = lines[at].text.lstrip("#").strip()
    if "绩效" not in text or not is_title(text) or number_level(text) or has_leader(text):
        return at
    end = at + 1
    while end < min(at + _MOST_TITLE_LINES, len(lines)) and is_caption_line(lines[end].text):
        end += 1
    return end


def stops(lines: list[TextLine], at: int) -> bool:
    """A note, a heading of the converter, or the caption of the next table."""
    text = lines[at].text
    return is_note(text) or text.startswith("#") or caption_end(lines, at) > at or form_begin(lines, at) > at


def parted(lines: list[TextLine]) -> list[TextLine]:
    """项目资金（万元） 年初预算数 …: the name of a part on a line of its own, where its heads follow beside it."""
    found: list[TextLine] = []
    for line in lines:
        first, _, rest = line.text.partition(" ")
        rest = rest.strip()
        if rest and SIDE.match(bare(first)) and HEAD.match(bare(rest.split()[0])):
            found.append(line._replace(text=first, width=width(first), marked=True))
            found.append(line._replace(text=rest, width=width(rest), gap=False))
        else:
            found.append(line)
    return found
