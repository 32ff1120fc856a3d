"""DOCX documents → raw lines and grids, from their real paragraphs and tables (Word 文档)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from yiheng.facts.document import Place
from yiheng.reading.grids import Placed, dense
from yiheng.reading.office import open_package, part
from yiheng.reading.raw import RawCell, RawDocument, RawGrid, RawLine, RawPage

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED: Final = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"}
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS: Final = {f"{_W}br", f"{_W}cr"}
_BLANKS: Final = {f"{_W}tab", f"{_W}ptab"}
_TWENTIETHS: Final = 20
"""Twentieths of a point are the unit of indents in the format."""


def read_word(path: Path) -> RawDocument:
    """The paragraphs and tables of a DOCX in order. Tracked deletions are left out. Raises `Unreadable`."""
    with open_package(path, "word/document.xml", "DOCX") as archive:
        body = part(archive, "word/document.xml").find(f"{_W}body")
        styles = part(archive, "word/styles.xml") if "word/styles.xml" in archive.namelist() else None
    levels = _outline_levels(styles) if styles is not None else {}
    blocks = tuple(_blocks(body, levels)) if body is not None else ()
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return RawDocument(path.name, "docx", (RawPage(0, None, blocks),), sha256=sha256)


def _outline_levels(styles: etree._Element) -> dict[str, int]:
    """Outline level from 1 of each paragraph style that has one."""
    found = {}
    for style in styles.iter(f"{_W}style"):
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None and level.get(f"{_W}val", "9").isdigit() and int(level.get(f"{_W}val")) < 9:
            found[style.get(f"{_W}styleId")] = int(level.get(f"{_W}val")) + 1
    return found


def _blocks(body: etree._Element, levels: dict[str, int]) -> Iterator[RawLine | RawGrid]:
    paragraphs = tables = 0
    for element in _content(body):
        if element.tag == f"{_W}tbl":
            tables += 1
            yield _grid(element, tables)
            continue
        paragraphs += 1
        place = Place(where=f"第 {paragraphs} 段")
        level = _level(element, levels)
        yield from (
            RawLine(text, place, whole=True, level=level)
            for line in _text(element).split("\n")
            if (text := line.strip())
        )


def _content(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, also those inside content controls."""
    for child in element:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _content(child)


def _level(paragraph: etree._Element, levels: dict[str, int]) -> int:
    own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    if own is not None and own.get(f"{_W}val", "9").isdigit():
        return int(own.get(f"{_W}val")) + 1 if int(own.get(f"{_W}val")) < 9 else 0
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return levels.get(style.get(f"{_W}val"), 0) if style is not None else 0


def _text(element: etree._Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or child.tag == _FALLBACK:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag in _BLANKS:
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag != f"{_W}tbl":
            yield from _pieces(child)


def _grid(table: etree._Element, number: int) -> RawGrid:
    """The table with its spans: `gridSpan` to the right, `vMerge` downwards."""
    cells: list[Placed] = []
    open_merges: dict[int, int] = {}
    rows = list(_rows(table))
    for r, row in enumerate(rows):
        c = _number(row.find(f"{_W}trPr/{_W}gridBefore"))
        for cell in _cells(row):
            span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            if goes_on and c in open_merges:
                index = open_merges[c]
                placed = cells[index]
                cells[index] = placed._replace(cell=placed.cell._replace(rows=r - placed.row + 1))
            else:
                open_merges.pop(c, None)
                if merge is not None:
                    open_merges[c] = len(cells)
                place = Place(where=f"第 {number} 个表格第 {r + 1} 行第 {c + 1} 列")
                cells.append(Placed(r, c, RawCell(_cell_text(cell), place, 1, span, _indent(cell))))
            c += span
    return RawGrid(dense(cells, len(rows)), Place(where=f"第 {number} 个表格"))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _cells(child)


def _cell_text(cell: etree._Element) -> str:
    paragraphs = (_text(p) for p in cell.iter(f"{_W}p"))
    return "\n".join(text for paragraph in paragraphs if (text := paragraph.strip()))


def _indent(cell: etree._Element) -> float:
    found = cell.find(f"{_W}p/{_W}pPr/{_W}ind")
    if found is None:
        return 0.0
    value = found.get(f"{_W}left") or found.get(f"{_W}start") or found.get(f"{_W}firstLine") or "0"
    return int(value) / _TWENTIETHS if value.lstrip("-").isdigit() else 0.0


def _number(element: etree._Element | None, default: int = 0) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return max(int(value), default) if value.isdigit() else default
