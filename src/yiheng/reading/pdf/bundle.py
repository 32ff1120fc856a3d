"""Bundles of papers (汇编): one PDF with paper after paper, each with a title page and a contents list of its own.

A paper begins at a title page that names a year and a kind of paper and is followed by a contents list (目录); what
shows less stays with the paper before it, as does a part that the paper's own contents list announces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from yiheng.facts.document import Place, ReadingProblem
from yiheng.reading.pdf.draft import DraftLine, DraftPage
from yiheng.reading.raw import RawGrid
from yiheng.reading.structure.headings import contents_name, has_leader, is_contents_title
from yiheng.reading.structure.words import bare

_TITLE: Final = re.compile(r"(?:20\d\d|二[〇○零]..)年度?.{0,12}?(?:预算|决算|绩效(?:自评|评价)|自评)")
_PART: Final = re.compile(r"第[一二三四五六七八九十]+部分|附件|附表|公开\d+表")
_NUMBER_AT_END: Final = re.compile(r"[^\d,.，年]\s*\d{1,4}$")
_MOST_LINES: Final = 12
"""Lines of a title page, running heads included."""
_NEAR: Final = 2
"""Pages after a title page, of which one may be blank, on which the contents list begins."""
_MOST_BLANK: Final = 2
"""Lines of a page left blank: its running head and its number."""
_NAME: Final = 5
"""Characters of a line on a title page that tell one paper from another."""


def papers(pages: Iterable[DraftPage]) -> Iterator[list[DraftPage]]:
    """The pages of each paper, all of them once and in order; one list where the file is no bundle.

    A title page and a contents list of the papers that follow are no paper: their pages come without their text, and a
    problem says so.
    """
    paper = _Paper()
    waiting: list[DraftPage] = []
    for page in pages:
        waiting.append(page)
        opening = _opening(waiting)
        paper.add(waiting[: len(waiting) - len(opening)] if opening else waiting[:-_NEAR])
        waiting = [] if opening else waiting[-_NEAR:]
        if opening:
            if paper.ends_before(opening[0]):
                yield paper.handed_over(opening[0])
                paper = _Paper()
            paper.add(opening)
    paper.add(waiting)
    if paper.pages:
        yield paper.handed_over(None)


class _Paper:
    """The pages of a paper so far."""

    def __init__(self) -> None:
        self.pages: list[DraftPage] = []
        self._title: set[str] = set()
        self._announced: list[str] = []
        """Lines of its contents list."""
        self._in_contents = False
        self._opened = False
        """It began with a title page and a contents list."""
        self._has_text = False
        """It has more than those."""

    def add(self, pages: list[DraftPage]) -> None:
        """Further pages; the first ones end with its contents list where it has one."""
        first = not self.pages
        if first and pages:
            self._title = set(_lines(pages[0]))
            self._opened = self._in_contents = _opens(pages)
        for page in pages:
            if not first:
                self._in_contents = self._in_contents and _goes_on(page)
                self._has_text = self._has_text or not self._in_contents
            if self._in_contents:
                self._announced += map(contents_name, _lines(page))
        self.pages += pages

    def ends_before(self, title: DraftPage) -> bool:
        """Whether what this title page opens is another paper: this one was opened as formally and does not name it."""
        return self._opened and not (self._has_text and self._announces(title))

    def _announces(self, title: DraftPage) -> bool:
        """The contents list names what the title page says and this paper's own does not."""
        new = [name for line in _lines(title) if len(name := bare(line)) >= _NAME and line not in self._title]
        return any(name in entry for name in new for entry in self._announced)

    def handed_over(self, following: DraftPage | None) -> list[DraftPage]:
        """Its pages, which it keeps no longer; `following` is the title page of the next paper."""
        pages, self.pages = self.pages, []
        if following is None or self._has_text or not self._announces(following):
            return pages
        first, last = pages[0].number, pages[-1].number
        said = ReadingProblem(
            f"第 {first}—{last} 页是汇编的封面和总目录，没有作为一份文件审校",
            Place(first),
            "请人工核对总目录",
        )
        opening, *rest = (replace(page, blocks=()) for page in pages)
        return [replace(opening, problems=(*opening.problems, said)), *rest]


def _opening(pages: list[DraftPage]) -> list[DraftPage]:
    """The last pages from a title page on, if the very last one begins a contents list; else none."""
    for count in (2, 3, 1):
        if len(pages) >= count and _opens(pages[-count:]):
            return pages[-count:]
    return []


def _opens(pages: list[DraftPage]) -> bool:
    """The pages begin with a title page and end with the page on which the contents list begins."""
    *before, last = pages
    lines = _lines(last)
    at = next((n for n, line in enumerate(lines) if is_contents_title(line)), -1)
    if at < 0 or _has_table(last):
        return False
    if not before:
        return _is_title(lines[:at])
    title, *between = before
    return _is_title_page(title) and not any(
        _has_table(page) or len(page.blocks) > _MOST_BLANK for page in between
    )


def _is_title_page(page: DraftPage) -> bool:
    return not _has_table(page) and _is_title(_lines(page))


def _is_title(lines: list[str]) -> bool:
    text = "".join(bare(line) for line in lines if not re.search("[:：]", line))
    return (
        0 < len(lines) <= _MOST_LINES
        and _TITLE.search(text) is not None
        and _PART.match(text) is None
        and not any(line.endswith(("。", "；")) or has_leader(line) for line in lines)
    )


def _goes_on(page: DraftPage) -> bool:
    """Most of its lines belong to a contents list that began before it: they end with the number of a page."""
    lines = _lines(page)
    entries = sum(has_leader(line) or _NUMBER_AT_END.search(line) is not None for line in lines)
    return not _has_table(page) and 2 * entries > len(lines)


def _lines(page: DraftPage) -> list[str]:
    return [text for block in page.blocks if isinstance(block, DraftLine) and (text := block.text.strip())]


def _has_table(page: DraftPage) -> bool:
    return any(isinstance(block, RawGrid) for block in page.blocks)
