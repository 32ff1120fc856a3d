"""The lines of a zone → rows of each side: labels put together again, figures still in the order of print."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from yiheng.facts.document import Place
from yiheng.reading.structure.words import flowing
from yiheng.reading.text.heading import Column
from yiheng.reading.text.lines import TextLine
from yiheng.reading.text.oneside import OneSide, TextRow, indent
from yiheng.reading.text.segments import Segment, Word, segments, usual_places, words

_FIGURE: Final = re.compile(r"^[-−]?[\d,]+(?:\.\d+)?%?$|^[—–-]{1,2}$")
_CODE: Final = re.compile(r"^(?:\d{3}(?:\d{2}){0,2}|\d{6}|\d{9})$")
_BEGINS: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|合计$|总计$)"
)
_CLASS: Final = 3
"""Digits of the code of a class (类)."""
_FEWEST_LINES: Final = 6
_TWO_LABELS: Final = re.compile(r"^[\u4e00-\u9fff、（）]{3,}\s+[\u4e00-\u9fff、（）]{3,}$")
_SPENDING: Final = re.compile(r"支出|结转下年|年末|结余分配")
_INCOME: Final = re.compile(r"收入|拨款|资金|上年|年初|使用")


def rows_of(lines: list[TextLine], sides: list[list[Column]]) -> list[list[TextRow]] | None:
    """The rows of each side; None where the lines do not fit the sides."""
    coded = any(column.kind == "code" for side in sides for column in side)
    places = usual_places([line.text for line in lines])
    if is_one_cell_a_line(lines):
        lines = _regrouped(lines, places, coded)
    if len(sides) == 1:
        return [OneSide(sides[0], places, coded).read(lines)]
    if all(any(c.kind == "index" for c in side) for side in sides) and len(sides) == 2:
        return _numbered(lines, places) or _numbered_stream(lines, places)
    if coded:
        return _by_code(lines, places, len(sides))
    return _by_pairs(lines, places, [sum(c.kind == "value" for c in side) for side in sides])


def is_one_cell_a_line(lines: list[TextLine]) -> bool:
    """Most lines hold one cell, and many of them are figures."""
    single = sum(len(line.text.split()) == 1 for line in lines)
    figures = sum(bool(_FIGURE.match(line.text)) for line in lines)
    return len(lines) >= _FEWEST_LINES and single * 10 >= len(lines) * 7 and figures * 10 >= len(lines) * 3


def _regrouped(lines: list[TextLine], places: int | None, coded: bool) -> list[TextLine]:
    """The cells of a row on one line again: a row begins with a code, a numbered label, or words after figures."""
    found: list[TextLine] = []
    after_figures = True
    codes = _codes(lines) if coded else set[int]()
    for n, line in enumerate(lines):
        tokens = words(line.text, places, False)
        is_figure = bool(tokens) and all(token.kind == "f" for token in tokens)
        is_code = n in codes
        begins = (not is_figure and after_figures) or is_code or bool(_BEGINS.match(line.text))
        if begins or not found:
            found.append(line)
        else:
            blank = " " if is_figure or _CODE.match(found[-1].text) else ""
            found[-1] = found[-1]._replace(text=found[-1].text + blank + line.text)
        after_figures = is_figure and not is_code
    return found


def _codes(lines: list[TextLine]) -> set[int]:
    """The lines that are codes: words follow, and a class (208) has codes below it where the table has such codes."""
    found = {
        n
        for n, (line, following) in enumerate(pairwise(lines))
        if _CODE.match(line.text) and not _FIGURE.match(following.text)
    }
    deep = {lines[n].text for n in found if len(lines[n].text) > _CLASS}
    return {
        n
        for n in found
        if len(lines[n].text) > _CLASS or not deep or any(code.startswith(lines[n].text) for code in deep)
    }


def _numbered(lines: list[TextLine], places: int | None) -> list[list[TextRow]] | None:
    """项目 | 行次 | 数 twice: the line numbers say where each side begins."""
    tokenised = [(line, words(line.text, places, False)) for line in lines]
    second = _second_start(tokenised)
    if second is None:
        return None
    left: list[TextRow] = []
    right: list[TextRow] = []
    for offset, (line, tokens) in enumerate(tokenised):
        cut = _cut(tokens, str(offset + 1), str(second + offset))
        if cut is None:
            return None
        for side, part in ((left, cut[0]), (right, cut[1])):
            label = part[0].text if part and part[0].kind == "w" else ""
            figures = tuple(token.text for token in part if token.kind == "f")[1:]
            side.append(TextRow("", "", flowing(label), figures, 0, Place(line=line.number), offset))
    return [left, right]


def _numbered_stream(lines: list[TextLine], places: int | None) -> list[list[TextRow]] | None:
    """项目 | 行次 | 数 twice where rows are no lines: the two runs of numbers cut the stream of cells."""
    stream = [(line, token) for line in lines for token in words(line.text, places, False)]
    numbers = [int(token.text) for _, token in stream[:16] if token.kind == "f" and token.text.isdigit()]
    for second in sorted({n for n in numbers if n > 1}, reverse=True):
        found = _cut_stream(stream, second)
        if found is not None:
            return found
    return None


def _cut_stream(stream: list[tuple[TextLine, Word]], second: int) -> list[list[TextRow]] | None:
    sides: list[list[TextRow]] = [[], []]
    at = row = 0
    while at < len(stream):
        for side, number in enumerate((str(row + 1), str(second + row))):
            label = ""
            if at < len(stream) and stream[at][1].kind == "w":
                label = stream[at][1].text
                at += 1
            if at >= len(stream) or stream[at][1].text != number:
                return None
            place = Place(line=stream[at][0].number)
            at += 1
            following = str(second + row) if side == 0 else str(row + 2)
            figures: list[str] = []
            while at < len(stream) and stream[at][1].kind == "f" and stream[at][1].text != following:
                figures.append(stream[at][1].text)
                at += 1
            sides[side].append(TextRow("", "", flowing(label), tuple(figures), 0, place, row))
        row += 1
    return sides if row == second - 1 or row >= _FEWEST_LINES else None


def _second_start(tokenised: list[tuple[TextLine, list[Word]]]) -> int | None:
    """Number of the first row of the second side: what makes the numbers of all rows fit."""
    if not tokenised:
        return None
    candidates = [
        int(t.text) for t in tokenised[0][1] if t.kind == "f" and t.text.isdigit() and int(t.text) > 1
    ]
    for candidate in reversed(candidates):
        fits = sum(
            _cut(tokens, str(n + 1), str(candidate + n)) is not None
            for n, (_, tokens) in enumerate(tokenised)
        )
        if fits == len(tokenised):
            return candidate
    return None


def _cut(tokens: list[Word], first: str, second: str) -> tuple[list[Word], list[Word]] | None:
    """The tokens of the two sides, each 'label? number figures*'."""
    start = 1 if tokens and tokens[0].kind == "w" else 0
    if len(tokens) <= start or tokens[start].text != first:
        return None
    for n in range(len(tokens) - 1, start, -1):
        if tokens[n].kind == "f" and tokens[n].text == second:
            begin = n - 1 if n - 1 > start and tokens[n - 1].kind == "w" else n
            if all(token.kind == "f" for token in tokens[start:begin]) and all(
                token.kind == "f" for token in tokens[n:]
            ):
                return tokens[:begin], tokens[begin:]
    return None


def _by_code(lines: list[TextLine], places: int | None, count: int) -> list[list[TextRow]] | None:
    """编码 | 名称 | 数 side by side: codes go up within each side."""
    found: list[list[TextRow]] = [[] for _ in range(count)]
    last = [""] * count
    for number, line in enumerate(lines):
        parts = segments(words(line.text, places, True))
        if len(parts) > count:
            return None
        sides = _sides_of(parts, last, count)
        if sides is None:
            return None
        for part, side in zip(parts, sides, strict=True):
            last[side] = part.code or last[side]
            row = TextRow(
                "", part.code, flowing(part.label), part.figures, 0, Place(line=line.number), number
            )
            found[side].append(row)
    return found


def _sides_of(parts: list[Segment], last: list[str], count: int) -> list[int] | None:
    """Which side each part of a line belongs to: the one whose codes it continues most closely."""
    if len(parts) == count:
        return list(range(count))
    sides: list[int] = []
    for n, part in enumerate(parts):
        begin = sides[-1] + 1 if sides else 0
        choices = range(begin, count - (len(parts) - n - 1))
        if part.code:
            near = [
                s
                for s in choices
                if not last[s] or (last[s][0] == part.code[0] and last[s][:1] <= part.code[:1])
            ]
            same = [s for s in near if last[s] and _continues(last[s], part.code)]
            pick = same or near
            if not pick:
                return None
            sides.append(max(pick, key=lambda s: (last[s][:3] == part.code[:3], -s)))
        else:
            sides.append(begin if n == 0 else min(begin, count - 1))
    return sides


def _continues(last: str, code: str) -> bool:
    return last[:3] <= code[:3]


def _by_pairs(lines: list[TextLine], places: int | None, values: list[int]) -> list[list[TextRow]] | None:
    """项目 | 数 | 项目 | 数: two labels in a line are both sides, one is the side that its indent or words show."""
    left: list[TextRow] = []
    right: list[TextRow] = []
    if len(values) != 2:
        return None
    for number, line in enumerate(lines):
        parts = [p for p in segments(words(line.text, places, False)) if p.label or p.figures]
        if len(parts) == 1 and _TWO_LABELS.match(parts[0].label) and not parts[0].figures:
            parts = [Segment("", label, ()) for label in parts[0].label.split()]
        if len(parts) == 2:
            gap = _gap_before(line.text, parts[1].label)
            left.append(_pair(parts[0], line, indent(line), number))
            right.append(_pair(parts[1], line, max(gap - 1, 0), number))
        elif len(parts) == 1:
            on_right = (
                line.lead >= 2 or not _INCOME.search(parts[0].label) or bool(_SPENDING.search(parts[0].label))
            )
            lead = max(line.lead - 2, 0) if on_right else indent(line)
            (right if on_right else left).append(_pair(parts[0], line, lead, number))
        else:
            return None
    return [left, right]


def _gap_before(text: str, label: str) -> int:
    at = text.rfind(label)
    return len(text[:at]) - len(text[:at].rstrip()) if at > 0 else 0


def _pair(part: Segment, line: TextLine, lead: int, number: int) -> TextRow:
    return TextRow("", part.code, flowing(part.label), part.figures, lead, Place(line=line.number), number)
