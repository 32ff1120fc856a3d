"""Which sections of a paper are shown (章节取舍): no heading stands over nothing.

In a public paper a section without text, tables, charts and filled sections below it is left out, and the headings
after it are counted again. In an internal paper it stays and shows what is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from yiheng.facts import Gap, Paper, Section, Sentence

_NUMBERED: Final = (
    re.compile(r"(第)([一二三四五六七八九十]{1,3})(部分|章|节)"),
    re.compile(r"()([一二三四五六七八九十]{1,3})(、)"),
    re.compile(r"(（)([一二三四五六七八九十]{1,3})(）)"),
    re.compile(r"()(\d{1,2})([.．、])"),
    re.compile(r"([（(])(\d{1,2})([）)])"),
)
_DIGITS: Final = "一二三四五六七八九"
_REMEDY: Final = "请录入本节文字后重新生成；公开稿中没有内容的章节不予印出。"


def shown(paper: Paper) -> Paper:
    """The paper with the sections that its readers see."""
    empty = _empty(paper.sections, paper.audience == "internal")
    if not empty:
        return paper
    if paper.audience == "internal":
        sections = [_with_gap(s) if n in empty else s for n, s in enumerate(paper.sections)]
    else:
        sections = _renumbered(paper.sections, empty)
    return replace(paper, sections=tuple(sections))


def _empty(sections: Sequence[Section], internal: bool) -> frozenset[int]:
    """Places of the headings that stand over nothing."""
    empty = set()
    for n, section in enumerate(sections):
        if not section.heading:
            continue
        below = [section]
        for following in sections[n + 1 :]:
            if following.heading and following.level <= section.level:
                break
            below.append(following)
        if internal and any(s.heading for s in below[1:]):
            # The sections below say themselves what is missing.
            continue
        if not any(_filled(s, internal) for s in below):
            empty.add(n)
    return frozenset(empty)


def _filled(section: Section, internal: bool) -> bool:
    if section.tables or section.charts:
        return True
    return any(s.text.strip() or (internal and s.gaps) for s in section.sentences)


def _with_gap(section: Section) -> Section:
    gap = Gap("text", "", f"“{section.heading}”的文字", _REMEDY)
    return replace(section, sentences=(*section.sentences, Sentence(f"{section.id}.missing", (gap,))))


def _renumbered(sections: Sequence[Section], empty: frozenset[int]) -> list[Section]:
    """The sections that stay; each heading counts down by what was left out before it beside it."""
    kept: list[Section] = []
    gone: dict[int, Counter[int]] = {}
    for n, section in enumerate(sections):
        if not section.heading:
            kept.append(section)
            continue
        # A heading of a higher rank begins a new count below it.
        gone = {level: count for level, count in gone.items() if level <= section.level}
        style, number = _number(section.heading)
        if n in empty:
            gone.setdefault(section.level, Counter())[style] += 1
        else:
            left_out = gone.get(section.level, Counter[int]())[style]
            kept.append(_counted(section, style, number - left_out) if left_out else section)
    return kept


def _number(heading: str) -> tuple[int, int]:
    """The way in which a heading is numbered and its number; −1 for one without a number."""
    for style, pattern in enumerate(_NUMBERED):
        if found := pattern.match(heading):
            return style, int(found[2]) if found[2].isdecimal() else _value(found[2])
    return -1, 0


def _counted(section: Section, style: int, number: int) -> Section:
    if style < 0:
        return section

    def printed(found: re.Match[str]) -> str:
        return found[1] + (str(number) if found[2].isdecimal() else _words(number)) + found[3]

    return replace(section, heading=_NUMBERED[style].sub(printed, section.heading, count=1))


def _value(words: str) -> int:
    """十二 is 12, 二十 is 20."""
    tens, ten, ones = words.partition("十")
    if not ten:
        return _DIGITS.index(words[0]) + 1
    return 10 * (_DIGITS.index(tens) + 1 if tens else 1) + (_DIGITS.index(ones) + 1 if ones else 0)


def _words(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens - 1]) + "十"
    return head + (_DIGITS[ones - 1] if ones else "")
