"""Weights in the names of indicators (指标名称中的分值): 决策（20分） over 项目立项（7分） and the others of its level.

Reading makes a column of them for each level (`KnownColumn.of_names`). A weight adds up those of the next level, which
may stand in names or in the table's own column of weights, and no score is above the weight in its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from yiheng.checks.audit.exact import SCORE, WEIGHT
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Relation, Term
from yiheng.checks.audit.sheets import is_total
from yiheng.facts.known import CellKey, KnownBlock, KnownTable
from yiheng.money import PrintedKind


def named_weight_relations(rule: AuditRule, table: KnownTable) -> Iterator[Relation]:
    """Every sum by level of which at least the whole has its weight in its name.

    The figures must bear the levels out: a name that is not merged over its parts as far as it reaches shows no sum.
    """
    for b, block in enumerate(table.blocks):
        levels = _levels(block)
        if not levels:
            continue
        family = f"{table.index}/{b}/名中分值"
        for first, second in pairwise(levels):
            heads, parts = _printed(block, first), _printed(block, second)
            for head, end in pairwise((*heads, len(block.rows))):
                terms = tuple(Term(1, table.key(b, r, second)) for r in parts if head <= r < end)
                if terms:
                    yield Relation(rule, (Term(1, table.key(b, head, first)),), terms, "=", family, False)
        yield from _whole(rule, table, b, levels, family)


def _whole(
    rule: AuditRule, table: KnownTable, b: int, levels: Sequence[int], family: str
) -> Iterator[Relation]:
    """The total over the outermost level. Names in one column may be of several levels: then they come to more."""
    block = table.blocks[b]
    totals = [
        table.key(b, r, c)
        for r, row in enumerate(block.rows)
        if is_total(row)
        for c in reversed(levels)
        if block.cells[r][c].printed.kind is PrintedKind.NUMBER
    ]
    parts = _printed(block, levels[0])
    if not totals or len(parts) < 2:
        return
    certain = False
    if len(levels) == 1:
        added = sum(block.cells[r][levels[0]].printed.value or 0 for r in parts)
        certain = 2 * added < 3 * (table.cell(totals[0]).printed.value or 0)
        family = f"{family}合计"
    terms = tuple(Term(1, table.key(b, r, levels[0])) for r in parts)
    yield Relation(rule, (Term(1, totals[0]),), terms, "=", family, certain)


def _levels(block: KnownBlock) -> list[int]:
    """The columns of weights from the outermost level inwards; empty where none are in names."""
    named = [c for c, column in enumerate(block.columns) if column.of_names]
    depth = max((block.columns[c].of_names for c in named), default=0)
    own = [c for c, column in enumerate(block.columns) if not column.of_names and _is(column.path, WEIGHT)]
    deepest = max((len(row.groups) for row in block.rows), default=0) + 1
    if named and depth < deepest and len(own) == 1 and _every_row(block, own[0]):
        return [*named, own[0]]
    return named


def _every_row(block: KnownBlock, column: int) -> bool:
    return all(
        block.cells[r][column].printed.kind is PrintedKind.NUMBER
        for r, row in enumerate(block.rows)
        if not is_total(row)
    )


def _printed(block: KnownBlock, column: int) -> list[int]:
    """The rows that print a weight of the level, totals left out."""
    return [
        r
        for r, row in enumerate(block.rows)
        if not is_total(row) and block.cells[r][column].printed.kind is PrintedKind.NUMBER
    ]


def scored_names(table: KnownTable) -> Iterator[tuple[CellKey, CellKey]]:
    """Each score beside the weight in the name of its row."""
    for b, block in enumerate(table.blocks):
        deepest = max((len(row.groups) for row in block.rows), default=0) + 1
        weights = [c for c, column in enumerate(block.columns) if column.of_names == deepest]
        scores = [c for c, column in enumerate(block.columns) if _is(column.path, SCORE)]
        if len(weights) != 1 or len(scores) != 1:
            continue
        for r in range(len(block.rows)):
            pair = block.cells[r][weights[0]].printed, block.cells[r][scores[0]].printed
            if all(printed.kind is PrintedKind.NUMBER for printed in pair):
                yield table.key(b, r, weights[0]), table.key(b, r, scores[0])


def _is(path: Sequence[str], kind: re.Pattern[str]) -> bool:
    return bool(path) and kind.match(re.sub(r"\s", "", path[-1])) is not None
