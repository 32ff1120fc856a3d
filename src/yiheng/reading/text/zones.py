"""Where the tables of a text export stand: caption, header and rows, also where they go on over pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from yiheng.reading.structure.captions import (
    Caption,
    bare_title,
    caption_of,
    is_caption_line,
    is_note,
    label_of,
    unit_of,
)
from yiheng.reading.structure.headings import has_leader, number_level
from yiheng.reading.structure.words import HEAD, LABEL, bare
from yiheng.reading.text.lines import Style, TextLine
from yiheng.reading.text.segments import figure_count

_MOST_CAPTION: Final = 8
_MOST_HEAD: Final = 70
_PAGE: Final = re.compile(r"^[-—–]\s*\d{1,4}\s*[-—–]$|^第\s*\d{1,4}\s*页")
_CODED_ROW: Final = re.compile(r"^\d{3}(?:\d{2}){0,2}\s*[\u4e00-\u9fff]")
_CENTRED: Final = re.compile(r"^\d{3}(?:\d{2}){0,2}(?:\s+[\d,.]+)+$")
_AMOUNT: Final = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+\.\d{2,}$")
_PROSE: Final = re.compile(r"[。；]|[，,：:]$")


@dataclass
class Zone:
    """Lines of one table; positions in the list of lines."""

    start: int
    """First line of the caption, or of the header where there is none."""
    end: int
    """After the last line."""
    caption: list[TextLine]
    head: list[TextLine]
    rows: list[TextLine] = field(default_factory=list)
    numbering: TextLine | None = None
    """栏次 1 2 3 …"""
    pages: list[TextLine] = field(default_factory=list)
    """First rows of the pages after the first."""


def find_zones(lines: list[TextLine], style: Style) -> list[Zone]:
    """Tables with a caption, and tables whose first line is plainly a header."""
    found: list[Zone] = []
    at = 0
    while at < len(lines):
        zone = _zone_at(lines, at, style)
        if zone is None:
            at += 1
            continue
        found.append(zone)
        at = max(zone.end, at + 1)
    return found


def _zone_at(lines: list[TextLine], at: int, style: Style) -> Zone | None:
    begin = caption_end(lines, at)
    if begin == at and not is_plain_header(lines[at]):
        return None
    head_end, body = _head(lines, begin, style)
    if head_end == begin:
        return _empty_zone(lines, at, begin)
    if body >= len(lines):
        return None
    numbering = lines[head_end] if body == head_end + 1 else None
    zone = Zone(at, body, lines[at:begin], lines[begin:head_end], numbering=numbering)
    _read_rows(lines, zone, body, style)
    return zone if zone.rows else _empty_zone(lines, at, begin)


def _empty_zone(lines: list[TextLine], at: int, begin: int) -> Zone | None:
    """A header with a note or the next caption right below it: a table that shows nothing."""
    if begin == at:
        return None
    for n in range(begin, min(begin + _MOST_HEAD, len(lines))):
        stops = is_note(lines[n].text) or caption_end(lines, n) > n or number_level(lines[n].text) != 0
        if n > begin and stops:
            return Zone(at, n, lines[at:begin], lines[begin:n])
        if _PROSE.search(lines[n].text):
            return None
    return None


def caption_end(lines: list[TextLine], at: int) -> int:
    """After the lines of caption that begin at `at`; `at` itself where no line of them marks a table."""
    end = at
    while end < len(lines) and end - at < _MOST_CAPTION and _is_caption(lines[end]):
        end += 1
    texts = [line.text for line in lines[at:end]]
    return end if any(label_of(text) or unit_of(text) for text in texts) else at


def is_page_number(text: str) -> bool:
    """- 6 -"""
    return bool(_PAGE.match(text))


def _is_caption(line: TextLine) -> bool:
    text = line.text.lstrip("#").strip()
    return is_caption_line(text) and number_level(text) == 0 and not has_leader(text) and not is_note(text)


def is_plain_header(line: TextLine) -> bool:
    """项目名称 预算数（万元） 绩效目标: several words of heads, and nothing else."""
    words = line.text.split()
    if len(words) < 3 or len(line.text) > 60 or not LABEL.match(bare(words[0])):
        return False
    return all(HEAD.match(bare(word)) or LABEL.match(bare(word)) or "绩效目标" in word for word in words)


def _head(lines: list[TextLine], begin: int, style: Style) -> tuple[int, int]:
    """(end of the header, begin of the rows); both `begin` where no row follows a header."""
    stop = min(begin + _MOST_HEAD, len(lines))
    for n in range(begin, stop):
        text = lines[n].text
        if is_numbering(text):
            return n, n + 1
        if _PROSE.search(text) or (n > begin and (is_note(text) or _is_strong_caption(lines, n))):
            return begin, begin
        if figure_count(text) and not _names_years(text):
            return n, n
        if n > begin and (_CODED_ROW.match(text) or _begins_rows(text)):
            return n, n
    return begin, begin


def _begins_rows(text: str) -> bool:
    """一、 at the front, or an amount anywhere: no header has either."""
    return bool(re.match(r"^一、", text)) or any(_AMOUNT.match(word) for word in text.split())


def _names_years(text: str) -> bool:
    return bool(re.search(r"(?:19|20)\d\d$", text)) and figure_count(text) == 1


def is_numbering(text: str) -> bool:
    """栏次 1 2 3, or 1 2 3 … alone."""
    joined = bare(text)
    if re.match(r"^栏次\d", joined):
        return True
    words = text.split()
    return (
        len(words) >= 3
        and all(word.isdigit() for word in words)
        and list(map(int, words)) == list(range(1, len(words) + 1))
    )


def _is_strong_caption(lines: list[TextLine], at: int) -> bool:
    return caption_end(lines, at) > at


def _read_rows(lines: list[TextLine], zone: Zone, body: int, style: Style) -> None:
    at = body
    while at < len(lines):
        line = lines[at]
        if is_page_number(line.text):
            at += 1
            continue
        again = _goes_on_after(lines, at, zone)
        if again > at:
            if again < len(lines):
                zone.pages.append(lines[again])
            at = again
            continue
        if _ends(lines, at, style):
            break
        zone.rows.append(line)
        at += 1
    while zone.rows and _is_stray(zone.rows[-1]) and not _ends_label(zone.rows):
        zone.rows.pop()
        at = _position(lines, zone.rows[-1]) + 1 if zone.rows else body
    zone.end = at


def _position(lines: list[TextLine], line: TextLine) -> int:
    return next(n for n, other in enumerate(lines) if other is line)


def _is_stray(line: TextLine) -> bool:
    """Words after the last row."""
    return (
        not figure_count(line.text)
        and not _CODED_ROW.match(line.text)
        and bare(line.text) not in ("合计", "总计")
    )


def _ends_label(rows: list[TextLine]) -> bool:
    """The rest of a label whose code and figures stand in its middle."""
    return len(rows) > 2 and bool(_CENTRED.match(rows[-2].text)) and not figure_count(rows[-3].text)


def _goes_on_after(lines: list[TextLine], at: int, zone: Zone) -> int:
    """After caption and header that come again at the head of the next page; `at` where they do not."""
    end = at
    if zone.caption:
        end = caption_end(lines, at)
        if end == at:
            return at
        first = caption_of(tuple(line.text for line in zone.caption))
        second = caption_of(tuple(line.text for line in lines[at:end]))
        if not _same(first, second):
            return at
    head = [bare(line.text) for line in zone.head]
    if not head or [bare(line.text) for line in lines[end : end + len(head)]] != head:
        return at
    end += len(head)
    return end + 1 if end < len(lines) and zone.numbering and is_numbering(lines[end].text) else end


def _same(first: Caption, second: Caption) -> bool:
    return bare(first.label) == bare(second.label) and bare_title(first.title) == bare_title(second.title)


def _ends(lines: list[TextLine], at: int, style: Style) -> bool:
    """Whether the table is over before this line."""
    text = lines[at].text
    if is_note(text) or _is_strong_caption(lines, at) or text.startswith("#"):
        return True
    if figure_count(text) or _CODED_ROW.match(text):
        return bool(re.search(r"[。；]", text))
    level = number_level(text)
    if level in (-1, 2):
        return True
    if _PROSE.search(text):
        return True
    if level == 1 or (style.width and len(text) > 4 and lines[at].width >= style.width * 0.9):
        return not any(figure_count(line.text) for line in lines[at + 1 : at + 4])
    return False
