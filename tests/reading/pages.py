"""Raw documents made by hand for the tests of structure."""

from __future__ import annotations

from yiheng.facts.document import Place, ReadBlock, ReadDocument
from yiheng.reading.raw import RawCell, RawDocument, RawGrid, RawLine, RawPage
from yiheng.reading.structure import structure
from yiheng.reading.text import raw_text

Given = str | tuple[str, int, int]
"""A cell: its text, or (text, rows, columns)."""


def grid(*rows: list[Given], page: int = 1, indents: dict[str, float] | None = None) -> RawGrid:
    """A grid from rows of cells; the places that spans cover are left out, as in HTML."""
    width = sum(cell[2] if isinstance(cell, tuple) else 1 for cell in rows[0])
    cells: list[list[RawCell | None]] = [[None] * width for _ in rows]
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for given in row:
            while (r, c) in covered:
                c += 1
            text, down, across = given if isinstance(given, tuple) else (given, 1, 1)
            indent = (indents or {}).get(text, 0.0)
            cells[r][c] = RawCell(text, Place(page, where=f"{r},{c}"), down, across, indent)
            covered |= {(r + i, c + j) for i in range(down) for j in range(across)}
            c += across
    return RawGrid(tuple(map(tuple, cells)), Place(page))


def line(text: str, page: int = 1, **more: object) -> RawLine:
    return RawLine(text, Place(page), **more)  # type: ignore[arg-type]


def whole(*texts: str) -> list[RawLine]:
    """Paragraphs of a format that keeps paragraphs."""
    return [line(text, whole=True) for text in texts]


def document(*pages: list[RawLine | RawGrid]) -> RawDocument:
    return RawDocument(
        "x.pdf", "pdf", tuple(RawPage(n, None, tuple(blocks)) for n, blocks in enumerate(pages, start=1))
    )


def shown(block: ReadBlock) -> list[tuple[str, ...]]:
    """Label and cells of each row."""
    return [
        (row.label, *(cell.text for cell in cells))
        for row, cells in zip(block.rows, block.cells, strict=True)
    ]


def texts(found: ReadDocument) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def exported(text: str) -> ReadDocument:
    """A text export as a document."""
    return structure(raw_text("x.txt", text))
