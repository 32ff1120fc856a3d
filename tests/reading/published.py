"""Small published files, made for the tests of the readers (虚构)."""

from __future__ import annotations

import zipfile
from pathlib import Path

from yiheng.reading.raw import RawDocument, RawGrid, RawLine

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(path: Path, body: str) -> Path:
    """A DOCX with that body."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return path


def lines(document: RawDocument) -> list[str]:
    return [b.text for page in document.pages for b in page.blocks if isinstance(b, RawLine)]


def grids(document: RawDocument) -> list[RawGrid]:
    return [b for page in document.pages for b in page.blocks if isinstance(b, RawGrid)]


def texts(grid: RawGrid) -> list[list[str | None]]:
    return [[None if cell is None else cell.text for cell in row] for row in grid.cells]
