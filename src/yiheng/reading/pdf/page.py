"""One page: its text and rules → lines and grids from top to bottom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pypdfium2.raw as pdfium

from yiheng.facts.document import Box, PageSize, Place, ReadingProblem
from yiheng.reading.pdf.draft import DraftPage
from yiheng.reading.pdf.glyphs import PageText, page_text
from yiheng.reading.pdf.grids import box_of
from yiheng.reading.pdf.layout import blocks_of
from yiheng.reading.pdf.objects import Objects, objects_of
from yiheng.reading.pdf.rules import rules_of
from yiheng.reading.pdf.turn import Edges, Turn

MOST_CHARACTERS: Final = 40_000
MOSTLY: Final = 0.3
"""A page with more than this share of characters without Unicode cannot be read."""
PICTURED: Final = 0.4
"""A picture on this part of a page, with few characters beside it, holds what there is to read."""
FEW_CHARACTERS: Final = 300
STAMPED: Final = 50
"""A picture with fewer characters beside it is a scan with a page number or a stamp."""
SCANNED: Final = "这一页是图片（扫描件），没有文字层"
REMEDY: Final = "请取得文字版；或安装文字识别（OCR）扩展 yiheng[ocr] 后再读"


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
            if self.objects.texts or self.objects.drawn:
                page = _unread(self.number, self.size, SCANNED, REMEDY)
                return replace(page, scanned=True)
            return DraftPage(self.number, self.size)
        if found.unknown:
            problems.append(
                self._problem(
                    f"有 {found.unknown:,} 个字符没有文字编码，用“\ufffd”代替", "请对照原文核对这一页"
                )
            )
        share = self._share_of_pictures()
        pictured = share >= PICTURED and found.characters < FEW_CHARACTERS
        if pictured:
            problems.append(self._problem(f"图片占页面的 {share:.0%}，图片里的文字没有读取", REMEDY))
        rules = rules_of(self.objects, found.turn)
        if not rules.complete:
            problems.append(
                self._problem("图形太多，表格线没有全部读取，这一页的表格可能不完整", "请对照原文核对这一页")
            )
        blocks = blocks_of(found.words, rules, found.together, self._place)
        turn = found.turn
        return DraftPage(
            self.number,
            self.size,
            blocks,
            tuple(problems),
            turn.width,
            turn.height,
            scanned=pictured and found.characters < STAMPED,
        )

    def _place(self, edges: Edges) -> Place:
        """The place of a rectangle in reading coordinates, on the page as it is shown."""
        turn = self.found.turn
        if turn.quarters != self.shown.quarters:
            edges = self.shown.box(*turn.back(*edges))
        return Place(self.number, box_of(edges))

    def _share_of_pictures(self) -> float:
        """The part of the page that pictures cover; scanners cut a page into strips."""
        covered = 0.0
        for drawn in self.objects.drawn:
            if drawn.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d = drawn.matrix[:4]
                left, bottom, right, top = drawn.box
                covered += abs((a * d - b * c) * (right - left) * (top - bottom))
        return min(1.0, covered / max(1.0, self.shown.width * self.shown.height))

    def _problem(self, reason: str, remedy: str) -> ReadingProblem:
        return _problem(self.number, self.size, reason, remedy)


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
