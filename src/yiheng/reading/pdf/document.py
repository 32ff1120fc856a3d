"""A PDF file → `RawDocument`, page after page; what cannot be read is said, page by page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from ctypes import create_string_buffer
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from yiheng.facts.document import ReadingProblem
from yiheng.reading.pdf.apart import MOST_SECONDS, OutOfBounds, processor_seconds, stream
from yiheng.reading.pdf.bundle import papers
from yiheng.reading.pdf.draft import DraftPage, compact, weight
from yiheng.reading.pdf.edges import finished
from yiheng.reading.pdf.page import read_page
from yiheng.reading.pdf.scan import MOST_PAGES as MOST_RECOGNISED
from yiheng.reading.pdf.scan import recognised
from yiheng.reading.problems import cannot_open, unreadable
from yiheng.reading.raw import RawDocument

MOST_PAGES: Final = 10_000
ENOUGH_SECONDS: Final = 100
"""Processor time after which no further page is read: some five thousand ordinary pages."""
ENOUGH_PIECES: Final = 2_000_000
"""Lines and cells, or twenty characters each, after which no further page is read: twenty thousand ordinary pages."""
LARGEST: Final = 300 * 1024 * 1024
"""Bytes; a published document has a few megabytes."""
REOPENED: Final = 200
"""Pages after which the file is opened again, since PDFium keeps something of every page."""
HEAD: Final = 1024
"""The mark of a PDF stands somewhere in this many first bytes, the mark of its end in as many last ones."""
MARKS: Final = (
    (b"PK\x03\x04", "DOCX、XLSX 或 zip 文件", "请把扩展名改回 .docx 或 .xlsx 再读"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（.doc、.xls）", "请另存为 .docx、.xlsx 或 PDF"),
    (b"\x89PNG", "图片", "请取得文字版，或先做文字识别（OCR）"),
    (b"\xff\xd8\xff", "图片", "请取得文字版，或先做文字识别（OCR）"),
    (b"<", "网页或 XML 文件", "请把扩展名改回 .html 再读"),
)
CUT_OFF: Final = ReadingProblem(
    "文件结尾不完整（没有结束标记），后面的内容可能丢失", remedy="请重新取得完整的文件"
)
PROPERTIES: Final = (
    "Title",
    "Author",
    "Subject",
    "Keywords",
    "Creator",
    "Producer",
    "CreationDate",
    "ModDate",
)
LONGEST_PROPERTY: Final = 500


def read_pdf(path: Path) -> RawDocument:
    """Lines and grids of a PDF in reading order.

    Raises `Unreadable` for a file that gives nothing at all, and for one with a page that takes too much time or
    memory; a page that cannot be read, or is one too many, is a `ReadingProblem`.
    """
    (whole,) = _documents(path, lambda pages: iter((list(pages),)))
    return whole


def read_pdf_papers(path: Path) -> Iterator[RawDocument]:
    """Each paper of a PDF, which is one unless the file is a bundle (汇编), as soon as its last page is read.

    Raises as `read_pdf` does, after papers that were read before. What concerns the whole file is said with the first
    one, except its properties, which the last one has.
    """
    yield from _documents(path, papers)


def _documents(
    path: Path, parted: Callable[[Iterator[DraftPage]], Iterator[list[DraftPage]]]
) -> Iterator[RawDocument]:
    checked = _checked(path)
    source = _Source(path)
    left = MOST_RECOGNISED
    said = () if checked.ended else (CUT_OFF,)
    for pages in parted(source.pages()):
        read = recognised(path, pages, left)
        left -= sum(page.scanned for page in pages)
        problems = (*said, *(problem for page in read for problem in page.problems))
        said = ()
        made = [RawDocument(path.name, "pdf", finished(read), problems, checked.sha256, source.properties)]
        # While the next paper is waited for, this one is its user's alone.
        del pages, read
        yield made.pop()


class _Source:
    """The pages of a file, and its properties once all pages are read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.properties: dict[str, str] = {}

    def pages(self) -> Iterator[DraftPage]:
        read = 0
        try:
            for found in stream(lambda: _read(self._path)):
                if isinstance(found, DraftPage):
                    read += 1
                    yield compact(found)
                else:
                    self.properties = found
        except OutOfBounds as error:
            raise unreadable(
                self._path.name,
                "PDF 超出处理上限",
                f"读取第 {read + 1} 页用时超过 {MOST_SECONDS} 秒，或占用内存过多，或文件使读取程序出错，已经停止",
                "请用 PDF 软件打开后另存，或把文件拆成几份再读",
            ) from error


def _read(path: Path) -> Iterator[DraftPage | dict[str, str]]:
    """Every page until there are enough, of which the last one says so, and then the properties."""
    document = _opened(path)
    try:
        count = len(document)
        if not count:
            raise _refused(path.name, None)
        pieces, started = 0, processor_seconds()
        for read in range(1, count + 1):
            page = read_page(document.raw, read - 1)
            pieces += weight(page)
            enough = (
                read >= MOST_PAGES
                or pieces >= ENOUGH_PIECES
                or processor_seconds() - started >= ENOUGH_SECONDS
            )
            if enough and read < count:
                message = f"文件有 {count:,} 页，只读了前 {read:,} 页"
                rest = ReadingProblem(message, remedy="请把文件拆成几份再读")
                page = replace(page, problems=(*page.problems, rest))
            yield page
            if enough:
                break
            if read % REOPENED == 0:
                document.close()
                document = _opened(path)
        yield _properties(document.raw)
    finally:
        document.close()


def _opened(path: Path) -> PdfDocument:
    try:
        return PdfDocument(path)
    except PdfiumError as error:
        raise _refused(path.name, error.err_code) from error


class _Checked(NamedTuple):
    """What is known of a file before PDFium sees it."""

    sha256: str
    ended: bool
    """The mark that ends a PDF is there."""


def _checked(path: Path) -> _Checked:
    """Refuses what is no PDF before PDFium sees it."""
    digest = hashlib.sha256()
    try:
        size = path.stat().st_size
        if size == 0:
            raise unreadable(path.name, "文件是空的", "文件大小为 0 字节", "请重新取得文件")
        if size > LARGEST:
            raise unreadable(
                path.name,
                "文件太大",
                f"文件有 {size / 1024 / 1024:,.0f} MB，超过 300 MB",
                "请把文件拆成几份再读",
            )
        with path.open("rb") as stream:
            head = tail = stream.read(HEAD)
            digest.update(head)
            while block := stream.read(1 << 20):
                digest.update(block)
                tail = (tail + block)[-HEAD:]
    except OSError as error:
        raise cannot_open(path.name, error) from error
    if b"%PDF-" not in head:
        for mark, what, remedy in MARKS:
            if head.lstrip().startswith(mark):
                raise unreadable(path.name, "不是 PDF 文件", f"文件的内容是{what}，不是 PDF", remedy)
        raise unreadable(path.name, "不是 PDF 文件", "文件开头没有 PDF 标记", "请检查扩展名，或重新取得文件")
    return _Checked(digest.hexdigest(), b"%%EOF" in tail)


def _refused(name: str, code: int | None) -> Exception:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return unreadable(name, "PDF 有密码", "文件加了密，没有密码打不开", "请取得没有密码的文件")
    if code == pdfium.FPDF_ERR_SECURITY:
        return unreadable(name, "PDF 加密方式不支持", "文件的加密方式读不了", "请取得没有加密的文件")
    return unreadable(
        name, "PDF 损坏", "文件不完整或者已损坏，打不开", "请重新取得文件，或用 PDF 软件打开后另存"
    )


def _properties(document: Any) -> dict[str, str]:
    found = {}
    for name in PROPERTIES:
        length = pdfium.FPDF_GetMetaText(document, name.encode(), None, 0)
        if 2 < length <= 1 << 16:
            buffer = create_string_buffer(length)
            pdfium.FPDF_GetMetaText(document, name.encode(), buffer, length)
            value = buffer.raw[: length - 2].decode("utf-16-le", errors="replace")
            found[name] = value[:LONGEST_PROPERTY]
    return found
