"""Sums of weights and scores by level (一级、二级、三级指标) in frameworks that print a weight beside each level.

A weight belongs to the level whose names stand to its left. Levels count only where every name has its weight and every
part begins below its whole; then a weight adds up those of the next level, down to where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from yiheng.checks.audit.exact import SCORE, WEIGHT
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Relation, Term
from yiheng.checks.audit.sheets import is_total
from yiheng.facts.known import CellKey, KnownBlock, KnownTable
from yiheng.money import PrintedKind

_LEVEL = re.compile(r"^([一二三四])级(?:指标|评价指标)?(?:名称)?$")
_ORDER = "一二三四"


class Column(NamedTuple):
    """A column of weights or scores, and the level that it is of."""

    level: int
    at: int
    names: int
    """Column of the level's names; -1 the labels of the rows."""


def framework_relations(rule: AuditRule, table: KnownTable, document: int = 0) -> Iterator[Relation]:
    """Every sum by level that the table shows, for weights and for scores."""
    for b, block in enumerate(table.blocks):
        if len(_columns(block, WEIGHT)) < 2:
            continue
        for kind in (WEIGHT, SCORE):
            columns = _columns(block, kind)
            if len({c.level for c in columns}) < len(columns):
                continue
            for first, second in pairwise(columns):
                for total, parts in _sums(block, first, second):
                    key = CellKey(table.index, b, total, first.at, document)
                    terms = tuple(Term(1, CellKey(table.index, b, r, second.at, document)) for r in parts)
                    family = f"{document}/{table.index}/{b}/级{first.at}+{second.at}"
                    yield Relation(rule, (Term(1, key),), terms, family=family)
            for column in columns:
                yield from _whole(rule, table, b, column, document)


def _columns(block: KnownBlock, kind: re.Pattern[str]) -> list[Column]:
    """The columns of that kind from the outermost level inwards."""
    heads = [re.sub(r"\s", "", column.path[-1]) if column.path else "" for column in block.columns]
    levels = [_ORDER.index(found[1]) + 1 if (found := _LEVEL.match(head)) else 0 for head in heads]
    named = [level for level in levels if level]
    if not named or named != list(range(named[0], named[0] + len(named))) or named[0] > 2:
        return []
    level, names = (1, -1) if named[0] == 2 else (0, -1)
    found_: list[Column] = []
    for c, head in enumerate(heads):
        if levels[c]:
            level, names = levels[c], c
        elif level and kind.match(head):
            found_.append(Column(level, c, names))
    return found_


def _sums(block: KnownBlock, first: Column, second: Column) -> list[tuple[int, list[int]]]:
    """Each weight of a level with those of the next one below it; none where the levels are not certain."""
    heads, parts = _printed(block, first), _printed(block, second)
    if heads is None or parts is None or not set(heads) <= set(parts):
        return []
    ends = [*heads[1:], len(block.rows)]
    return [(head, [r for r in parts if head <= r < end]) for head, end in zip(heads, ends, strict=True)]


def _printed(block: KnownBlock, column: Column) -> list[int] | None:
    """The rows in which the level prints its figure; None where a name stands without one, or one without a name."""
    found: list[int] = []
    before = ""
    for r, row in enumerate(block.rows):
        if is_total(row):
            continue
        cell = block.cells[r][column.at].printed
        name = row.label if column.names < 0 else block.cells[r][column.names].text
        is_new = bool(name.strip()) and (column.names >= 0 or name != before)
        before = name or before
        if (cell.kind is PrintedKind.NUMBER) != is_new:
            return None
        if is_new:
            found.append(r)
    return found or None


def _whole(rule: AuditRule, table: KnownTable, b: int, column: Column, document: int) -> Iterator[Relation]:
    """The total of the table over all of one level."""
    block = table.blocks[b]
    totals = [r for r, row in enumerate(block.rows) if is_total(row)]
    parts = _printed(block, column)
    if len(totals) != 1 or parts is None or len(parts) < 2:
        return
    if block.cells[totals[0]][column.at].printed.kind is PrintedKind.NUMBER:
        key = CellKey(table.index, b, totals[0], column.at, document)
        terms = tuple(Term(1, key._replace(row=r)) for r in parts)
        yield Relation(rule, (Term(1, key),), terms, family=f"{document}/{table.index}/{b}/级合计")
