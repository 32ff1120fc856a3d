"""Which paragraphs are headings, of what level, and which lines are a list of contents (目录)."""

from __future__ import annotations

import re
from typing import Final

from yiheng.reading.structure.words import bare

_CHINESE: Final = "一二三四五六七八九十百"
_LEVELS: Final = (
    (-1, re.compile(rf"^第[{_CHINESE}\d]{{1,3}}(?:部分|章|篇)")),
    (1, re.compile(rf"^[{_CHINESE}]{{1,4}}\s*[、.．]")),
    (2, re.compile(rf"^[（(]\s*[{_CHINESE}]{{1,4}}\s*[）)]")),
    (3, re.compile(r"^(?:\d{1,2}\s*[.．、](?!\d)|[⒈-⒛])")),
    (4, re.compile(r"^(?:[（(]\s*\d{1,2}\s*[）)]|[①-⑳])")),
)
_LONGEST: Final = 60
_LEADER: Final = re.compile(r"[.…·．。]{4,}\s*[-—]?\s*\d{0,4}\s*[-—]?$")
_PAGE_AT_END: Final = re.compile(r"\s+\d{1,4}$")
_TAIL: Final = 200
"""Characters at the end of a line that are looked at; a line of a contents list is no longer."""
_ENDED: Final = re.compile(r"[。；;：:！？!?]\s*$")


def number_level(text: str) -> int:
    """Level of the number at the front: 1 一、, 2 （一）, 3 1., 4 （1）, -1 第一部分, 0 none."""
    stripped = text.lstrip()
    return next((level for level, pattern in _LEVELS if pattern.match(stripped)), 0)


def heading_level(text: str) -> int:
    """Level of a numbered paragraph that is a heading; 0 for body text, also numbered body text."""
    level = number_level(text)
    body = text.strip()
    if not level or len(body) > _LONGEST or "；" in body or body.endswith(("，", "、", "；")):
        return 0
    closed = body.rstrip("。.：: ")
    if re.search(r"[。]", closed):
        return 0
    if body.endswith("。"):
        return level if not re.search(r"[，,、：:\d]", _without_number(closed)) and len(closed) <= 24 else 0
    return level if closed.count("，") <= 1 else 0


def _without_number(text: str) -> str:
    for _, pattern in _LEVELS:
        found = pattern.match(text.lstrip())
        if found:
            return text.lstrip()[found.end() :]
    return text


def ended(text: str) -> bool:
    """Ends as a sentence or list item does."""
    return bool(_ENDED.search(text))


def is_contents_title(text: str) -> bool:
    return bare(text) in ("目录", "目次", "目　录")


def has_leader(text: str) -> bool:
    """A line of a contents list: dots and a page number at its end."""
    return bool(_LEADER.search(text[-_TAIL:]))


def contents_name(text: str) -> str:
    """The heading that a line of a contents list names, for comparison."""
    body = text.strip()[:_TAIL]
    return bare(_PAGE_AT_END.sub("", _LEADER.sub("", body)))


def contents_lines(texts: list[str], levels: list[int]) -> set[int]:
    """Positions of the lines of contents lists; `levels` are outline levels where the format has them."""
    found = {n for n, text in enumerate(texts) if has_leader(text)}
    for n, text in enumerate(texts):
        if is_contents_title(text):
            found.update(range(n + 1, _contents_end(texts, levels, n + 1)))
    return found


def _contents_end(texts: list[str], levels: list[int], start: int) -> int:
    """Where the list that begins at `start` ends: its first entry comes again, a heading of the format, or text."""
    if start >= len(texts):
        return start
    first = contents_name(texts[start])
    last = min(start + 200, len(texts))
    for n in range(start + 1, last):
        if levels[n] or contents_name(texts[n]) == first:
            return n
        if len(texts[n]) > _LONGEST and not has_leader(texts[n]):
            break
    end = start
    while (
        end < last
        and (has_leader(texts[end]) or _PAGE_AT_END.search(texts[end][-_TAIL:]))
        and len(texts[end]) <= 120
    ):
        end += 1
    return end
