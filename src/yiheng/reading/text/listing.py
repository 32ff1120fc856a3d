"""A list with a figure between its words (项目名称 | 预算数 | 绩效目标) in a text export → one grid."""

from __future__ import annotations

import re
from typing import Final

from yiheng.facts.document import Place
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.structure.captions import is_note
from yiheng.reading.structure.headings import number_level
from yiheng.reading.structure.words import flowing
from yiheng.reading.text.lines import Style, TextLine
from yiheng.reading.text.zones import caption_end, is_page_number, is_plain_header

_FIGURE: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ROW: Final = re.compile(rf"^([^\d\s，。；、：《》][^\d，。；、：《》]*?)\s+({_FIGURE})(?:\s+(\D.*))?$")
_FIGURE_FIRST: Final = re.compile(rf"^({_FIGURE})(?:\s+(\D.*))?$")
_FEWEST: Final = 2
_LONGEST: Final = 500


def listing_at(lines: list[TextLine], at: int, style: Style) -> tuple[int, RawGrid] | None:
    """(line after it, grid) of a list whose header stands at `at`; None where there is none."""
    heads = lines[at].text.split()
    if len(heads) != 3 or not is_plain_header(lines[at]):
        return None
    rows: list[list[RawCell]] = []
    words: list[str] = []
    label: list[TextLine] = []
    end = at + 1
    ended = True
    while end < len(lines) and not stops(lines, end):
        line = lines[end]
        end += 1
        if is_page_number(line.text):
            continue
        row = _ROW.match(line.text) if len(line.text) <= _LONGEST else None
        figure = _FIGURE_FIRST.match(line.text) if label else None
        if (row and (ended or label)) or figure:
            name = "".join([*(part.text for part in label), row[1] if row else ""])
            found = row[2] if row else figure[1] if figure else ""
            after = (row[3] if row else figure[2] if figure else "") or ""
            _finish(rows, words)
            place = Place(line=(label[0] if label else line).number)
            rows.append([RawCell(flowing(name), place), RawCell(found, Place(line=line.number))])
            words, label = [after], []
        elif (ended and rows) or (not rows and not words):
            label.append(line)
            ended = False
            continue
        elif label:
            label.append(line)
            continue
        else:
            words.append(line.text)
        ended = line.marked if style.marks else line.text.endswith("。")
    _finish(rows, words)
    if len(rows) < _FEWEST or label:
        return None
    header = [RawCell(text, Place(line=lines[at].number)) for text in heads]
    grid = RawGrid((tuple(header), *(tuple(row) for row in rows)), Place(line=lines[at].number), ruled=False)
    return end, grid


def _finish(rows: list[list[RawCell]], words: list[str]) -> None:
    """Give the last row its words."""
    if rows:
        rows[-1].append(RawCell(flowing("\n".join(w for w in words if w)), rows[-1][1].place))


def stops(lines: list[TextLine], at: int) -> bool:
    """What stands at `at` is no row of a list: a note, a heading, a caption."""
    text = lines[at].text
    return (
        is_note(text)
        or text.startswith("#")
        or number_level(text) in (-1, 1, 2)
        or caption_end(lines, at) > at
    )
