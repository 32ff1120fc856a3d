"""Weights that a form prints in the names of its indicators (指标名称中的分值): 决策（20分）, 项目立项（7分）.

Frameworks without a column for the weights of a level print them there. They become columns of the known table, one for
each level of which every name has its weight; a bracket that holds no points (（2020年）, （一）, （3项）) is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from yiheng.facts.document import Place, ReadCell
from yiheng.facts.known import KnownBlock, KnownColumn, KnownRow, KnownTable
from yiheng.money import Printed, PrintedKind
from yiheng.reading.recognition.rows import is_total

_WEIGHT: Final = re.compile(
    r"[(（]\s*(?:满分|分值|权重|标准分|共|计)?[:：]?\s*(?P<value>\d{1,4}(?:\.\d{1,2})?)\s*分\s*[)）]\s*$"
)
_POINTS: Final = re.compile(r"分值|得分|权重|评分|标准分|满分")
_LEVELS: Final = "一二三四五"
_SCORES: Final = frozenset({"总分", "总得分", "合计得分", "得分合计"})
_FEWEST: Final = 2
"""Names of a level; a single one shows no sum."""


def with_named_weights(table: KnownTable) -> KnownTable:
    """The table with a column more for each level of names that have their weights in them."""
    blocks = tuple(map(_with_weights, table.blocks))
    return (
        table
        if all(a is b for a, b in zip(blocks, table.blocks, strict=True))
        else replace(table, blocks=blocks)
    )


def _with_weights(block: KnownBlock) -> KnownBlock:
    rows = [r for r, row in enumerate(block.rows) if not _is_total(row)]
    depths = {len(block.rows[r].groups) for r in rows}
    if len(rows) < _FEWEST or len(depths) != 1 or not _scores(block):
        return block
    levels = [(level, found) for level in range(depths.pop() + 1) if (found := _of_level(block, rows, level))]
    if not levels:
        return block
    added = tuple(KnownColumn("", (f"{_LEVELS[n]}级指标", "分值"), of_names=n + 1) for n, _ in levels)
    cells = tuple(
        (*own, *(found.get(r, _NOTHING) for _, found in levels)) for r, own in enumerate(block.cells)
    )
    return replace(block, columns=(*block.columns, *added), cells=cells)


_NOTHING: Final = ReadCell(Printed("", PrintedKind.BLANK), Place())


def _of_level(block: KnownBlock, rows: Sequence[int], level: int) -> dict[int, ReadCell]:
    """By row the weights of the names of a level, each where its name begins; empty unless every name has one."""
    if level >= len(_LEVELS):
        return {}
    found: dict[int, ReadCell] = {}
    before: tuple[str, ...] = ()
    for r in rows:
        row = block.rows[r]
        path = (*row.groups, row.label)[: level + 1]
        if path == before and level < len(row.groups):
            continue
        before = path
        weight = _weight(path[-1], row)
        if weight is None:
            return {}
        found[r] = weight
    if len(found) < _FEWEST:
        return {}
    for r, row in enumerate(block.rows):
        total = _weight(row.label, row) if _is_total(row) else None
        if total is not None:
            found[r] = total
    return found


def _weight(name: str, row: KnownRow) -> ReadCell | None:
    match = _WEIGHT.search(name)
    if match is None:
        return None
    value = match["value"]
    printed = Printed(name, PrintedKind.NUMBER, Decimal(value), len(value.partition(".")[2]))
    return ReadCell(printed, row.place)


def _scores(block: KnownBlock) -> bool:
    """A column of weights or scores shows that the table is one of points."""
    return any(_POINTS.search("".join(column.path)) for column in block.columns)


def _is_total(row: KnownRow) -> bool:
    """合计, 总分, also with what they come to: 合计（100分）."""
    bare = re.sub(r"\s", "", _WEIGHT.sub("", row.label))
    return is_total(bare) or bare in _SCORES
