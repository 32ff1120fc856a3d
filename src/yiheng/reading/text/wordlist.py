"""A table of two columns of words (项目名称 | 说明) in a text export → one grid, where each row surely begins."""

from __future__ import annotations

import re
from typing import Final

from yiheng.facts.document import Place
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.structure.words import LABEL, bare, flowing
from yiheng.reading.text.lines import Style, TextLine
from yiheng.reading.text.listing import stops
from yiheng.reading.text.zones import is_page_number

_WORDS: Final = re.compile(
    r"^(?:(?:项目|有关|情况|具体|指标|政策)?(?:说明|内容|概况|简介|解释|情况)|主要(?:内容|任务|职责|用途)|(?:资金)?用途|"
    r"(?:年度|总体|预期)?(?:绩效)?目标|(?:政策|立项)依据|(?:评分|评价)标准|(?:整改|改进)措施)$"
)
"""Heads of columns of words."""
_ROW: Final = re.compile(r"^([^\s\d，。；、：:《》][^\s，。；：:]{1,30})\s+(\S.*)$")
_FEWEST: Final = 2
_LONGEST: Final = 500
Row = tuple[TextLine, str, list[str]]
"""The line on which a row begins, its label and the lines of its words."""


def wordlist_at(lines: list[TextLine], at: int, style: Style) -> tuple[int, RawGrid] | None:
    """(line after it, grid) of a table whose header stands at `at`; None where it is none, or its rows are not sure.

    A row begins with a name and a blank, after words that end a sentence; or every line is a name and one word.
    """
    heads = lines[at].text.split()
    if len(heads) != 2 or not LABEL.match(bare(heads[0])) or not _WORDS.match(bare(heads[1])):
        return None
    end = _end(lines, at + 1)
    body = [line for line in lines[at + 1 : end] if not is_page_number(line.text)]
    rows = _single(body) or _sentences(body, style)
    if rows is None or len(rows) < _FEWEST:
        return None
    cells = [
        (
            RawCell(flowing(label), Place(line=line.number)),
            RawCell(flowing("\n".join(words)), Place(line=line.number)),
        )
        for line, label, words in rows
    ]
    head = tuple(RawCell(text, Place(line=lines[at].number)) for text in heads)
    return end, RawGrid((head, *cells), Place(line=lines[at].number), ruled=False)


def _end(lines: list[TextLine], at: int) -> int:
    """Where the text below the header is parted from what follows: a heading, a caption, a note or an empty line."""
    end = at
    while end < len(lines) and not stops(lines, end) and not (end > at and lines[end].gap):
        end += 1
    return end


def _single(body: list[TextLine]) -> list[Row] | None:
    """Rows of one line each; None unless all lines are a name and one word."""
    found = [(line, _ROW.match(line.text), len(line.text.split())) for line in body]
    if not all(row and count == 2 for _, row, count in found):
        return None
    return [(line, row[1], [row[2]]) for line, row, _ in found if row]


def _sentences(body: list[TextLine], style: Style) -> list[Row] | None:
    """Rows whose words end a sentence; None where a line after that begins no row, or the last sentence is open."""
    rows: list[Row] = []
    ended = True
    for line in body:
        row = _ROW.match(line.text) if len(line.text) <= _LONGEST else None
        if ended and row is None:
            return None
        if ended and row is not None:
            rows.append((line, row[1], [row[2]]))
        else:
            rows[-1][2].append(line.text)
        ended = line.text.endswith("。") and (line.marked or not style.marks)
    return rows if ended else None
