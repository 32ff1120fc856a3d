"""Text exports of published documents (文本) → raw lines and grids."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from yiheng.facts.document import Place, ReadingProblem
from yiheng.reading.csvfile import decode
from yiheng.reading.problems import cannot_open, unreadable
from yiheng.reading.raw import RawDocument, RawGrid, RawLine, RawPage
from yiheng.reading.text.lines import Style, TextLine, goes_on, split_lines, style_of
from yiheng.reading.text.separated import is_separated, separated_grid

_LARGEST: Final = 2**25
"""Bytes."""
_HEADING: Final = re.compile(r"^(#{1,6})\s+(\S.*)$")
_ITEM: Final = re.compile(r"^[-*+]\s+(?=\S)")


def read_text(path: Path) -> RawDocument:
    """The lines and tables of a text file in UTF-8, UTF-8-BOM or GB18030. Raises `Unreadable`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise cannot_open(path.name, error) from error
    if not content.strip():
        raise unreadable(path.name, "文件是空的", "文件没有任何内容", "请重新导出该文件")
    if len(content) > _LARGEST:
        raise unreadable(path.name, "文件过大", "文本超过 32 MB", "请只保存需要审校的文件")
    text, encoding = decode(path.name, content)
    return raw_text(path.name, text, hashlib.sha256(content).hexdigest(), {"encoding": encoding})


def raw_text(name: str, text: str, sha256: str = "", properties: dict[str, str] | None = None) -> RawDocument:
    """The lines and tables of a text."""
    raws = re.split(r"\r\n|\r|\n", text)
    lines = split_lines(text)
    problems: list[ReadingProblem] = []
    blocks: list[RawLine | RawGrid] = []
    plain: list[TextLine] = []
    tabbed: list[tuple[TextLine, str]] = []
    style = style_of([line for line in lines if not is_separated(raws[line.number - 1])])

    def close_plain() -> None:
        blocks.extend(_blocks(plain, style, problems))
        plain.clear()

    def close_tabbed() -> None:
        if tabbed and (grid := separated_grid(tabbed)) is not None:
            blocks.append(grid)
        tabbed.clear()

    for line in lines:
        raw = raws[line.number - 1]
        if is_separated(raw):
            close_plain()
            if tabbed and line.gap:
                close_tabbed()
            tabbed.append((line, raw))
        else:
            close_tabbed()
            plain.append(line)
    close_tabbed()
    close_plain()
    page = RawPage(0, None, tuple(blocks))
    return RawDocument(name, "text", (page,), tuple(problems), sha256, properties or {})


def _blocks(lines: list[TextLine], style: Style, problems: list[ReadingProblem]) -> list[RawLine | RawGrid]:
    """Lines without separators: text, and the tables that only their figures show."""
    return [_line(line, style) for line in lines]


def _line(line: TextLine, style: Style) -> RawLine:
    heading = _HEADING.match(line.text)
    text = heading[2] if heading else _ITEM.sub("", line.text)
    full = not heading and goes_on(line, style)
    return RawLine(text, Place(line=line.number), level=len(heading[1]) if heading else 0, full=full)
