"""A performance form (绩效自评表) whose cells stand one after the other, none of them missing → one grid.

Its heads say how many cells a row has, its levels (…指标) and the labels of its funds where one begins. A row that does
not bear that out makes the whole form no form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from yiheng.facts.document import Place
from yiheng.reading.raw import RawCell, RawGrid
from yiheng.reading.structure.captions import is_caption_line
from yiheng.reading.structure.words import FIELD, HEAD, SIDE, bare, is_empty, is_figure
from yiheng.reading.text.cells import Cell
from yiheng.reading.text.phrases import levels

LEVELS: Final = ("一级指标", "二级指标", "三级指标")
FIRST: Final = "项目名称"
_POINTS: Final = re.compile(r"[（(]\d{1,3}分[）)]$")
_FUND_HEAD: Final = re.compile(
    r"^(?:(?:年初|全年|调整后|年度|预算)?(?:预算|执行)数?|(?:预算)?执行率|(?:全年)?执行数|分值|权重|得分|自评得分|"
    r".*原因.*|备注)(?:[（(].*[）)])?$"
)
_FUND: Final = re.compile(
    r"^(?:其中)?[:：]?.{0,10}(?:总额|资金|拨款|结转|结余|财政|合计)(?:[（(].*[）)])?[:：]?$"
)
_LABEL_HEAD: Final = re.compile(r"^(?:年度)?预算(?:数|资金|执行)?(?:[（(].*[）)])?$")
_REASON: Final = re.compile(r"原因|备注|说明")
_GOALS: Final = re.compile(r"^(?:预期目标|年初设定目标|项目年度目标|年度目标)$")
_TOTAL: Final = re.compile(r"^(?:自评)?(?:总分|合计|总计)$")
_MOST_CELLS: Final = 600
_FEWEST_HEADS: Final = 3

Row = list[RawCell | None]


def form_of(cells: Sequence[Cell], at: int) -> tuple[RawGrid, int] | None:
    """The form whose first field stands at `at` and the cell after it; None where its cells make none."""
    if bare(cells[at].text) != FIRST:
        return None
    made = _Form(cells[at : at + _MOST_CELLS])
    end = made.read()
    if end is None:
        return None
    across = max(map(len, made.rows))
    rows = tuple((*row, *[None] * (across - len(row))) for row in made.rows)
    return RawGrid(rows, Place(line=cells[at].line), ruled=True), at + end


class _Form:
    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self.rows: list[Row] = []
        self._side: Cell | None = None

    def read(self) -> int | None:
        """The cell after the form; None where a row of it is not as its heads say."""
        at = 0
        while at < len(self._cells):
            text = unpointed(self._cells[at].text)
            if not text:
                at += 1
            elif text == LEVELS[0]:
                return self._indicators(at)
            elif self._fund_heads(at):
                after = self._funds(at)
                if after is None:
                    return None
                at = after
            elif _GOALS.match(self._text(at + 1)):
                self._side = self._cells[at]
                at = self._goals(at + 1)
            elif FIELD.match(bare(self._cells[at].text)) and at + 1 < len(self._cells):
                self.rows.append([_raw(self._cells[at]), _raw(self._cells[at + 1])])
                at += 2
            elif _GOALS.match(text):
                at = self._goals(at)
            elif SIDE.match(text):
                self._side = self._cells[at]
                at += 1
            elif text == FIRST or is_figure(text):
                return None
            else:
                at += 1
        return None

    def _text(self, at: int) -> str:
        return bare(self._cells[at].text) if at < len(self._cells) else ""

    def _goals(self, at: int) -> int:
        """Two heads and the words below them."""
        if at + 3 >= len(self._cells):
            return at + 1
        pair = self._cells[at : at + 4]
        self.rows.append([_raw(self._side or Cell("", pair[0].line)), _raw(pair[0]), _raw(pair[1])])
        self.rows.append([_raw(Cell("", pair[2].line)), _raw(pair[2]), _raw(pair[3])])
        return at + 4

    def _fund_heads(self, at: int) -> int:
        """How many heads of funds stand at `at`; 0 where none do. 年度预算数 above the labels may come before them."""
        count = 0
        while (text := self._text(at + count)) and _FUND_HEAD.match(text):
            count += 1
        return count if count >= _FEWEST_HEADS else 0

    def _funds(self, at: int) -> int | None:
        count = self._fund_heads(at)
        heads = list(self._cells[at : at + count])
        at += count
        labelled = self._label_head(heads, at)
        heads = heads[labelled:]
        side = self._side or Cell("项目资金", heads[0].line)
        begin = len(self.rows)
        while is_fund(self._text(at)):
            values, after = self._values(at + 1, heads)
            if values is None:
                return None
            self.rows.append([None, _raw(self._cells[at]), *map(_raw, values)])
            at = after
        down = len(self.rows) - begin + 1
        blank = RawCell("", Place(line=side.line))
        head: Row = [RawCell(side.text, Place(line=side.line), down), blank, *map(_raw, heads)]
        self.rows.insert(begin, head)
        self._side = None
        return at if down > 1 else None

    def _label_head(self, heads: Sequence[Cell], at: int) -> int:
        """1 where the first head stands above the labels: a row then has one value less than there are heads."""
        numbers = sum(not is_reason(head.text) for head in heads)
        shown = 0
        while at + 1 + shown < len(self._cells) and _is_value(self._cells[at + 1 + shown].text):
            shown += 1
        return 1 if shown == numbers - 1 and is_label_head(heads[0].text) else 0

    def _values(self, at: int, heads: Sequence[Cell]) -> tuple[list[Cell] | None, int]:
        """The values of a row; a reason that stands for several rows at once is only in the first of them."""
        values: list[Cell] = []
        for head in heads:
            if at >= len(self._cells):
                return None, at
            cell = self._cells[at]
            if is_reason(head.text):
                ends = is_fund(cell.text) or SIDE.match(unpointed(cell.text)) or self._fund_heads(at)
                if ends or bare(cell.text) in LEVELS:
                    break
            elif not _is_value(cell.text):
                return None, at
            values.append(cell)
            at += 1
        return values, at

    def _indicators(self, at: int) -> int | None:
        if tuple(self._text(at + n) for n in range(3)) != LEVELS:
            return None
        at += 3
        heads: list[Cell] = []
        while HEAD.match(self._text(at)):
            heads.append(self._cells[at])
            at += 1
        names = [bare(head.text) for head in heads]
        weight = next((n for n, name in enumerate(names) if name in ("分值", "权重")), -1)
        if weight < 0:
            return None
        begin, end = len(self.rows), None
        known = False
        while at < len(self._cells):
            if is_total(self._text(at)):
                end = self._total(at, names, weight)
                break
            row, after, known = self._indicator(at, names, known)
            if row is None:
                end = at if self._is_over(at) else None
                break
            self.rows.append(row)
            at = after
        else:
            end = at
        if end is None or len(self.rows) - begin < 2:
            return None
        side = self._side or Cell("绩效指标", self._cells[0].line)
        head: Row = [RawCell(side.text, Place(line=side.line), len(self.rows) - begin + 1)]
        place = Place(line=(heads or [side])[0].line)
        head += [*(RawCell(level, place) for level in LEVELS), *map(_raw, heads)]
        self.rows.insert(begin, head)
        return end

    def _indicator(self, at: int, names: Sequence[str], known: bool) -> tuple[Row | None, int, bool]:
        """Levels, where they are not those of the row above, the name, and a cell for each head."""
        blank = RawCell("", Place(line=self._cells[at].line))
        first = second = blank
        found = levels(unpointed(self._cells[at].text), known)
        below = levels(unpointed(self._text(at + 1)), True)
        if (found.first or (found.second and below.second and not below.rest)) and not found.rest:
            first, known = _raw(self._cells[at]), True
            at += 1
            found = levels(unpointed(self._text(at)), True)
        if found.second and not found.rest:
            second = _raw(self._cells[at])
            at += 1
        end = at + 1 + len(names)
        values = self._cells[at + 1 : end]
        if not known or len(values) < len(names) or is_figure(self._text(at)):
            return None, at, known
        if not all(_suits(cell.text, name) for cell, name in zip(values, names, strict=True)):
            return None, at, known
        return [None, first, second, _raw(self._cells[at]), *map(_raw, values)], end, known

    def _total(self, at: int, names: Sequence[str], weight: int) -> int | None:
        end = at + 1
        values: list[Cell] = []
        for name in names[weight:]:
            if end >= len(self._cells) or not (_is_value(self._cells[end].text) or is_reason(name)):
                break
            values.append(self._cells[end])
            end += 1
        if not values or not is_figure(bare(values[0].text)):
            return None
        blanks: Row = [RawCell("", Place(line=self._cells[at].line))] * (2 + weight)
        self.rows.append([None, _raw(self._cells[at]), *blanks, *map(_raw, values)])
        return end

    def _is_over(self, at: int) -> bool:
        text = next((cell.text for cell in self._cells[at:] if cell.text), "")
        return not text or is_caption_line(text) or FIELD.match(bare(text)) is not None


def _suits(text: str, head: str) -> bool:
    """Points are figures, and nothing below a head is the name of a level."""
    if head in ("分值", "权重") or head.endswith("得分"):
        return _is_value(text)
    found = levels(unpointed(text), True)
    return not (found.first or found.second) or bool(found.rest)


def fund_heads(cells: Sequence[Cell]) -> list[Cell]:
    """The heads of funds among the cells of a row; empty where fewer stand there than a form has."""
    found = [cell for cell in cells if _FUND_HEAD.match(bare(cell.text))]
    return found if len(found) >= _FEWEST_HEADS else []


def is_fund(text: str) -> bool:
    """年度资金总额, 其中：财政拨款, 其他资金 …"""
    return bool(_FUND.match(bare(text)))


def is_reason(text: str) -> bool:
    """Whether a head is that of words beside the figures."""
    return bool(_REASON.search(bare(text)))


def is_label_head(text: str) -> bool:
    """年度预算数 above the labels of the funds, beside 年初预算 …"""
    return bool(_LABEL_HEAD.match(bare(text)))


def is_total(text: str) -> bool:
    return bool(_TOTAL.match(bare(text)))


def unpointed(text: str) -> str:
    """Without blanks and without the points in brackets behind a name."""
    return _POINTS.sub("", bare(text))


def _is_value(text: str) -> bool:
    shown = bare(text)
    return is_figure(text) or is_empty(shown) or shown in ("/", "／", "")


def _raw(cell: Cell) -> RawCell:
    return RawCell(cell.text, Place(line=cell.line))
