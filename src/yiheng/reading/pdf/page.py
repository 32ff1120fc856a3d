"""One page: its text and rules → lines and grids from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as pdfium

from yiheng.facts.document import Box, PageSize, Place, ReadingProblem
from yiheng.reading.pdf.aligned import aligned_tables
from yiheng.reading.pdf.bands import is_table, with_columns, with_rows
from yiheng.reading.pdf.draft import DraftLine, DraftPage
from yiheng.reading.pdf.glyphs import PageText, page_text
from yiheng.reading.pdf.grids import box_of, grid_of, take
from yiheng.reading.pdf.lattice import lattices
from yiheng.reading.pdf.lines import Line, lines_of
from yiheng.reading.pdf.objects import Objects, objects_of
from yiheng.reading.pdf.rules import rules_of
from yiheng.reading.pdf.turn import Edges, Turn
from yiheng.reading.raw import RawGrid

MOST_CHARACTERS: Final = 100_000
MOSTLY: Final = 0.3
"""A page with more than this share of characters without Unicode cannot be read."""


def read_page(document: Any, index: int) -> DraftPage:
    """Reads page `index` (from 0) and closes it again."""
    number = index + 1
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return _unread(number, None, "页面数据损坏", "请取得完整的文件，或用 PDF 软件打开后另存")
    try:
        shown = _shown(page)
        size = PageSize(round(shown.width, 1), round(shown.height, 1))
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            return _unread(number, size, "页面文字读不出来", "请用 PDF 软件打开后另存，或取得原始文件")
        try:
            if pdfium.FPDFText_CountChars(text) > MOST_CHARACTERS:
                return _unread(
                    number, size, f"一页超过 {MOST_CHARACTERS:,} 个字符", "请检查文件是否为正常的公开文本"
                )
            objects = objects_of(page)
            return _Page(objects, number, size, shown, page_text(text, objects, shown)).read()
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


class _Page:
    """The parts of one page on the way to a `RawPage`."""

    def __init__(self, objects: Objects, number: int, size: PageSize, shown: Turn, found: PageText) -> None:
        self.objects = objects
        self.number = number
        self.size = size
        self.shown = shown
        self.found = found

    def read(self) -> DraftPage:
        found = self.found
        if found.unknown > MOSTLY * max(1, found.characters):
            return _unread(
                self.number,
                self.size,
                f"{found.characters:,} 个字符中有 {found.unknown:,} 个没有文字编码，读出来是乱码",
                "请取得带文字编码的 PDF 或 DOCX 原文件",
            )
        problems: list[ReadingProblem] = []
        if not found.characters:
            if self._pictured():
                return _unread(
                    self.number,
                    self.size,
                    "这一页是图片（扫描件），没有文字层",
                    "请取得文字版，或先做文字识别（OCR）",
                )
            return DraftPage(self.number, self.size)
        if found.unknown:
            problems.append(
                self._problem(
                    f"有 {found.unknown:,} 个字符没有文字编码，用“\ufffd”代替", "请对照原文核对这一页"
                )
            )
        rules = rules_of(self.objects, found.turn)
        if not rules.complete:
            problems.append(
                self._problem("图形太多，表格线没有全部读取，这一页的表格可能不完整", "请对照原文核对这一页")
            )
        blocks: list[tuple[float, DraftLine | RawGrid]] = []
        words = found.words
        closed, opened = lattices(rules)
        for lattice in (*closed, *opened):
            inside, outside = take(lattice, words, found.together)
            if len(lattice.xs) == 2:
                parted = with_columns(lattice, inside)
                if parted is None and lattice in opened:
                    continue
                lattice = parted or lattice
                inside, outside = take(lattice, words, found.together)
            if is_table(lattice, inside):
                words = outside
                blocks.append((lattice.ys[0], grid_of(*with_rows(lattice, inside), self._place)))
        blocks += self._outside(lines_of(words))
        blocks.sort(key=lambda block: block[0])
        turn = found.turn
        return DraftPage(
            self.number,
            self.size,
            tuple(block for _, block in blocks),
            tuple(problems),
            turn.width,
            turn.height,
        )

    def _outside(self, lines: list[Line]) -> Iterator[tuple[float, DraftLine | RawGrid]]:
        """What no ruling lines enclose: lines of text, and tables that alignment alone shows."""
        start = 0
        for table in aligned_tables(lines, self._place):
            yield from ((line.middle, self._line(line)) for line in lines[start : table.start])
            yield lines[table.start].top, table.grid
            start = table.end
        yield from ((line.middle, self._line(line)) for line in lines[start:])

    def _line(self, line: Line) -> DraftLine:
        return DraftLine(line.text, self._place(line.edges), round(line.size, 1), line.edges)

    def _place(self, edges: Edges) -> Place:
        """The place of a rectangle in reading coordinates, on the page as it is shown."""
        turn = self.found.turn
        if turn.quarters != self.shown.quarters:
            edges = self.shown.box(*turn.back(*edges))
        return Place(self.number, box_of(edges))

    def _problem(self, reason: str, remedy: str) -> ReadingProblem:
        return _problem(self.number, self.size, reason, remedy)

    def _pictured(self) -> bool:
        """Whether anything at all is drawn on a page without text."""
        return bool(self.objects.texts or self.objects.drawn)


def _shown(page: Any) -> Turn:
    """How the page is shown: its visible box and its own rotation."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Turn(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def _problem(number: int, size: PageSize | None, reason: str, remedy: str) -> ReadingProblem:
    box = None if size is None else Box(0.0, 0.0, size.width, size.height)
    return ReadingProblem(f"第 {number} 页：{reason}", Place(number, box), remedy)


def _unread(number: int, size: PageSize | None, reason: str, remedy: str) -> DraftPage:
    return DraftPage(number, size, problems=(_problem(number, size, reason, remedy),))
