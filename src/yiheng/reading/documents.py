"""Any published document → `ReadDocument` (读取公开文档): the format is told by content, then read and structured."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from yiheng.facts.document import ReadDocument
from yiheng.reading.pdf import read_pdf, read_pdf_papers
from yiheng.reading.problems import cannot_open, unreadable
from yiheng.reading.raw import RawDocument
from yiheng.reading.spreadsheet import read_spreadsheet
from yiheng.reading.structure import structure
from yiheng.reading.text import read_text
from yiheng.reading.webpage import read_webpage
from yiheng.reading.word import read_word

SUFFIXES: Final[Mapping[str, str]] = {
    ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".html": "html", ".htm": "html",
    ".mht": "html", ".txt": "text", ".md": "text",
}  # fmt: skip
"""Extensions by which the documents in a folder are found."""
_READERS: Final[Mapping[str, Callable[[Path], RawDocument]]] = {
    "pdf": read_pdf, "docx": read_word, "xlsx": read_spreadsheet, "html": read_webpage, "text": read_text,
}  # fmt: skip
_HEAD: Final = 4096
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_document(path: Path) -> ReadDocument:
    """Read a document. Raises `Unreadable` with one problem in Chinese for what cannot be read at all.

    A part that could not be read (a scanned page) is in `problems` of what is returned.
    """
    return structure(_READERS[format_of(path)](path))


def read_papers(path: Path) -> Iterator[ReadDocument]:
    """Each paper of a document, one after the other: several where a PDF is a bundle (汇编), else one.

    Raises `Unreadable` as `read_document` does, perhaps after papers that came before. Memory holds one paper at a
    time if its user keeps none.
    """
    if format_of(path) != "pdf":
        yield read_document(path)
        return
    papers = read_pdf_papers(path)
    while True:
        try:
            # Nothing here keeps what was read, and `structure` lets go of it on the way.
            yield structure(next(papers))
        except StopIteration:
            return


def format_of(path: Path) -> str:
    """pdf, docx, xlsx, html or text, by what the file holds; its extension only decides where that says nothing."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise cannot_open(path.name, error) from error
    if not head:
        raise unreadable(path.name, "文件是空的", "文件没有任何内容", "请重新导出或下载该文件")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE2):
        return "xlsx" if path.suffix.lower().startswith(".xls") else "docx"
    if head.startswith(b"PK"):
        return _office(path)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div", b"<?xml")):
        return "html"
    known = SUFFIXES.get(path.suffix.lower(), "text")
    if known in ("docx", "xlsx", "pdf"):
        raise unreadable(
            path.name, "扩展名不符", f"文件内容不是 {known.upper()}", "请核对文件的真实格式后重新保存"
        )
    return known


def _office(path: Path) -> str:
    """Which Office format a zip archive is."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise unreadable(path.name, "文件已损坏", "压缩结构不完整", "请重新下载，或打开后另存") from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise unreadable(
        path.name,
        "不认识的文件",
        "压缩包里没有 Word 文档或工作簿",
        "请解压后选择其中的 PDF、DOCX、XLSX 或网页",
    )
