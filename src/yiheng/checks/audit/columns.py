"""Sums across the columns of a table (横向勾稽), from the structure of its header: 合计 = 基本支出 + 项目支出."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Relation, Term
from yiheng.facts.document import OPEN
from yiheng.facts.known import KnownBlock, KnownTable

_TOTAL = re.compile(r"(小计|合计|总计|总额|总数|总金额)$")
_PART = re.compile(r"^(其中|#|\*)")
_ASIDE = re.compile(
    r"采购|占比|比重|比例|比上年|增减|增长|完成|率$|%|年度$|年份$|序号|行次|分值|得分|数量|面积|人数|资产"
)
_CHANGES = re.compile(r"(?:增减|增长|下降)(?:率|幅度?|比例)|[%％][）)]?$|占比$")
"""Labels of rows whose figures are rates: those of the parts do not add up."""
_SPENDING = (
    "基本支出",
    "项目支出",
    "经营支出",
    "事业单位经营支出",
    "上缴上级支出",
    "对附属单位补助支出",
    "结转下年",
)


@dataclass
class _Node:
    """A part of the header: a group with its children, or one column."""

    name: str
    column: int = -1
    children: list[_Node] = field(default_factory=list)


def column_relations(rule: AuditRule, table: KnownTable) -> Iterator[Relation]:
    """Every sum across columns that the header shows, for every row."""
    for b, block in enumerate(table.blocks):
        root = _tree(block)
        spending = list(_spending(table, block))
        known = {total for total, _, _ in spending}
        groups = [(t, p, c or _named(table, block, t, p)) for t, p, c in _groups(root) if t not in known]
        for total, parts, certain in [*spending, *groups]:
            family = f"{table.index}/{b}/列{total}={'+'.join(map(str, parts))}"
            for r, row in enumerate(block.rows):
                if _CHANGES.search(row.label):
                    continue
                terms = tuple(Term(1, table.key(b, r, c)) for c in parts)
                left = (Term(1, table.key(b, r, total)),)
                yield Relation(rule, left, terms, family=family, certain=certain)


def _named(table: KnownTable, block: KnownBlock, total: int, parts: Sequence[int]) -> bool:
    """The total of a known table over columns that are all known: its form fixes the sum."""
    return bool(table.name) and all(block.columns[c].name for c in (total, *parts))


def is_aside(path: Sequence[str]) -> bool:
    """A column that is no part of a sum of money: shares, counts, 政府采购 beside the spending."""
    return any(_ASIDE.search(_clean(part)) for part in path)


def _clean(text: str) -> str:
    return re.sub(r"[\s（）()“”\"]", "", text)


def _tree(block: KnownBlock) -> _Node:
    root = _Node("")
    for c, column in enumerate(block.columns):
        if c not in block.figures and not _blank(block, c) and not _is_open(block, c):
            continue
        if is_aside(column.path) and not _own_group(column.path):
            continue
        node = root
        path = [part for part in map(_clean, column.path) if part] or [f"第{c + 1}栏"]
        for i, part in enumerate(path):
            last = i == len(path) - 1
            same = node.children[-1] if node.children and node.children[-1].name == part else None
            if last or same is None or same.column >= 0:
                same = _Node(part, c if last else -1)
                node.children.append(same)
            node = same
    return root


def _own_group(path: Sequence[str]) -> bool:
    """Money within a group of its own (2021年政府采购项目: 小计, 其中…) still adds up inside it."""
    return (
        len(path) > 1
        and bool(re.search(r"采购", _clean(path[0])))
        and not _ASIDE.search(_clean(path[-1]).replace("采购", ""))
    )


def _blank(block: KnownBlock, column: int) -> bool:
    return not any(row[column].text.strip() for row in block.cells)


def _is_open(block: KnownBlock, column: int) -> bool:
    """Figures may stand in it that could not be placed: a sum without it would fall short."""
    return any(row[column].text.startswith(OPEN) for row in block.cells)


def _groups(node: _Node, depth: int = 0) -> Iterator[tuple[int, list[int], bool]]:
    """Totals inside a header group, then those of the whole table."""
    for child in node.children:
        if child.column < 0:
            yield from _groups(child, depth + 1)
    totals = [child for child in node.children if child.column >= 0 and _TOTAL.search(child.name)]
    if len(totals) != 1 or not (depth or node.children[0] is totals[0]):
        return
    others = [
        c
        for c in node.children
        if c is not totals[0] and not _PART.search(c.name) and not _aside_group(c, depth)
    ]
    parts = [column for child in others for column in _heads(child)]
    if len(parts) >= 2:
        yield totals[0].column, parts, depth > 0


def _aside_group(node: _Node, depth: int) -> bool:
    return not depth and bool(re.search(r"采购", node.name))


def _heads(node: _Node) -> list[int]:
    """The columns that stand for a group: its total, else all its parts."""
    if node.column >= 0:
        return [] if _PART.search(node.name) else [node.column]
    for child in node.children:
        if child.column >= 0 and _TOTAL.search(child.name):
            return [child.column]
    return [column for child in node.children for column in _heads(child)]


def _spending(table: KnownTable, block: KnownBlock) -> Iterator[tuple[int, list[int], bool]]:
    """合计 = 基本支出 + 项目支出 and what else a form of spending has, by canonical names."""
    columns = {name: found[0] for name, found in block.by_column.items() if len(found) == 1}
    total = next((columns[name] for name in ("合计", "本年支出") if name in columns), None)
    if total is None or not {"基本支出", "项目支出"} <= set(columns):
        return
    parts = [columns[name] for name in _SPENDING if name in columns]
    yield total, parts, table.name != ""
