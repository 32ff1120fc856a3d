"""HTML pages → raw lines and grids (网页)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree, html

from yiheng.facts.document import Place
from yiheng.reading.grids import WIDEST, Placed, dense
from yiheng.reading.problems import cannot_open, unreadable
from yiheng.reading.raw import RawCell, RawDocument, RawGrid, RawLine, RawPage

_HIDDEN: Final = {"script", "style", "noscript", "template", "head", "nav", "svg", "iframe", "object"}
_INLINE: Final = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
}  # fmt: skip
_DEEPEST: Final = 200
_LARGEST: Final = 2**26
_TALLEST_SPAN: Final = 10_000


def read_webpage(path: Path) -> RawDocument:
    """The paragraphs and tables of an HTML file. Nothing is fetched and no script runs. Raises `Unreadable`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise cannot_open(path.name, error) from error
    if not content.strip():
        raise unreadable(path.name, "文件是空的", "文件没有任何内容", "请重新保存该网页")
    if len(content) > _LARGEST:
        raise unreadable(path.name, "文件过大", "网页超过 64 MB", "请只保存正文部分")
    parser = html.HTMLParser(
        encoding=_encoding(content), no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = html.fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(path.name, "不是网页", f"内容不能解析（{error}）", "请重新保存该网页") from error
    blocks = tuple(_Blocks().of(root))
    return RawDocument(
        path.name, "html", (RawPage(0, None, blocks),), sha256=hashlib.sha256(content).hexdigest()
    )


def _encoding(content: bytes) -> str:
    """UTF-8 where the bytes are, else what Chinese pages used before it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


class _Blocks:
    """Walks the tree once, numbering paragraphs and tables."""

    def __init__(self) -> None:
        self._paragraphs = self._tables = 0

    def of(self, element: etree._Element, depth: int = 0) -> Iterator[RawLine | RawGrid]:
        words: list[str] = []
        yield from self._inside(element, words, depth)
        yield from self._line("".join(words), 0)

    def _inside(self, element: etree._Element, words: list[str], depth: int) -> Iterator[RawLine | RawGrid]:
        words.append(element.text or "")
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "br":
                yield from self._flush(words)
            elif tag == "table" and depth < _DEEPEST:
                yield from self._flush(words)
                yield from self._table(child, depth)
            elif tag in _INLINE:
                yield from self._inside(child, words, depth + 1) if depth < _DEEPEST else ()
            elif tag and tag not in _HIDDEN and depth < _DEEPEST:
                yield from self._flush(words)
                inner: list[str] = []
                yield from self._inside(child, inner, depth + 1)
                level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
                yield from self._line("".join(inner), level)
            words.append(child.tail or "")

    def _flush(self, words: list[str]) -> Iterator[RawLine]:
        text = "".join(words)
        words.clear()
        yield from self._line(text, 0)

    def _line(self, text: str, level: int) -> Iterator[RawLine]:
        if shown := _plain(text):
            self._paragraphs += 1
            yield RawLine(shown, Place(where=f"第 {self._paragraphs} 段"), whole=True, level=level)

    def _table(self, table: etree._Element, depth: int) -> Iterator[RawLine | RawGrid]:
        """A table of figures as a grid; one that only lays out others is walked through."""
        if next(table.iterdescendants("table"), None) is not None:
            yield from self.of(table, depth + 1)
            return
        for caption in table.iterfind("caption"):
            yield from self._line(caption.text_content(), 0)
        self._tables += 1
        yield _grid(table, self._tables)


def _grid(table: etree._Element, number: int) -> RawGrid:
    cells: list[Placed] = []
    taken: dict[int, int] = {}
    rows = list(table.iter("tr"))
    for r, row in enumerate(rows):
        c = 0
        for cell in (child for child in row if child.tag in ("td", "th")):
            while taken.get(c, 0) > r and c < WIDEST:
                c += 1
            down, across = _span(cell, "rowspan", _TALLEST_SPAN), _span(cell, "colspan", WIDEST)
            place = Place(where=f"第 {number} 个表格第 {r + 1} 行第 {c + 1} 列")
            cells.append(Placed(r, c, RawCell(_cell_text(cell), place, down, across)))
            for covered in range(c, min(c + across, WIDEST)):
                taken[covered] = r + down
            c += across
    return RawGrid(dense(cells, len(rows)), Place(where=f"第 {number} 个表格"))


def _span(cell: etree._Element, name: str, largest: int) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), largest) if value.isdigit() and len(value) < 6 else 1


def _cell_text(cell: etree._Element) -> str:
    for line_end in cell.iter("br", "p", "div"):
        line_end.tail = "\n" + (line_end.tail or "")
    lines = (_plain(line) for line in cell.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


def _plain(text: str) -> str:
    return re.sub(r"[ \t\r\n\f\xa0\u200b]+", " ", text).strip()
