"""Sums of weights and scores by level where all levels print theirs in one column, each name in a row of its own.

Levels are believed where they are written down: every name stands under the name of its level above (merged or blank
cells), or numbers say it (1, 1.1, 1.1.1; 一、, （一）, 1., （1）) and count on without a gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from yiheng.checks.audit.exact import SCORE, WEIGHT
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Relation, Term
from yiheng.checks.audit.sheets import is_total
from yiheng.facts.known import CellKey, KnownBlock, KnownRow, KnownTable
from yiheng.money import PrintedKind, half_width

Path = tuple[str, ...]
"""What a row is called from the outermost level inwards: names or numbers."""

_DOTTED: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)(?!\d|\.\d)[.、]?\s*\D")
_STYLES: Final = (
    re.compile(r"([一二三四五六七八九十]{1,3})、"),
    re.compile(r"\(([一二三四五六七八九十]{1,3})\)"),
    re.compile(r"(\d{1,2})[.、．](?!\d)"),
    re.compile(r"\((\d{1,2})\)"),
)
_CHINESE: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


def one_column_relations(rule: AuditRule, table: KnownTable, document: int = 0) -> Iterator[Relation]:
    """Every sum by level in tables with one column of weights, for the weights and for the scores."""
    for b, block in enumerate(table.blocks):
        weights, scores = _columns(block, WEIGHT), _columns(block, SCORE)
        if len(weights) != 1 or len(scores) > 1:
            continue
        rows = [r for r, row in enumerate(block.rows) if not is_total(row)]
        totals = [r for r, row in enumerate(block.rows) if is_total(row)]
        below = _below([block.rows[r] for r in rows])
        if below is None:
            continue
        for column in (*weights, *scores):
            if any(block.cells[r][column].printed.kind is not PrintedKind.NUMBER for r in rows):
                continue
            sums = [(rows[head], [rows[part] for part in parts]) for head, parts in below if head >= 0]
            top = [rows[part] for head, parts in below if head < 0 for part in parts]
            if len(totals) == 1 and block.cells[totals[0]][column].printed.kind is PrintedKind.NUMBER:
                sums.append((totals[0], top))
            for head, parts in sums:
                key = CellKey(table.index, b, head, column, document)
                terms = tuple(Term(1, key._replace(row=r)) for r in parts)
                yield Relation(
                    rule, (Term(1, key),), terms, family=f"{document}/{table.index}/{b}/同列{column}"
                )


def _columns(block: KnownBlock, kind: re.Pattern[str]) -> list[int]:
    heads = (re.sub(r"\s", "", column.path[-1]) if column.path else "" for column in block.columns)
    return [c for c, head in enumerate(heads) if kind.match(head)]


def _below(rows: Sequence[KnownRow]) -> list[tuple[int, list[int]]] | None:
    """Positions of the parts of each row that has some, -1 for all together; None where the levels are not certain."""
    for paths_of in (_by_groups, _by_dots, _by_styles):
        paths = paths_of(rows)
        if paths is None:
            continue
        heads: dict[Path, int] = {(): -1}
        parts: dict[int, list[int]] = {}
        for n, path in enumerate(paths):
            parts.setdefault(heads[path[:-1]], []).append(n)
            heads[path] = n
        return list(parts.items())
    return None


def _by_groups(rows: Sequence[KnownRow]) -> list[Path] | None:
    """Cells to the left name the row of the level above."""
    return _tree([(*(_bare(group) for group in row.groups), _bare(row.label)) for row in rows])


def _by_dots(rows: Sequence[KnownRow]) -> list[Path] | None:
    """1, 1.1 and 1.1.1 before the names."""
    found = [_DOTTED.match(half_width(row.label)) for row in rows]
    numbers = [tuple(match[1].split(".")) for match in found if match]
    return _tree(numbers, _counts) if len(numbers) == len(rows) else None


def _by_styles(rows: Sequence[KnownRow]) -> list[Path] | None:
    """一、 over （一） over 1. over （1）, of which the outer ones may be missing."""
    path: Path = ()
    found: list[Path] = []
    used: list[int] = []
    for row in rows:
        label = half_width(row.label).lstrip()
        style, match = next(
            ((s, m) for s, pattern in enumerate(_STYLES) if (m := pattern.match(label))), (-1, None)
        )
        if match is None:
            return None
        while used and used[-1] > style:
            used, path = used[:-1], path[:-1]
        if used and used[-1] == style:
            path = path[:-1]
        else:
            used = [*used, style]
        path = (*path, match[1])
        found.append(path)
    return _tree(found, _counts)


def _tree(paths: list[Path], follows: Callable[[str, str], bool] | None = None) -> list[Path] | None:
    """The paths where each stands once, right below its head or a part of its head, and levels there are."""
    seen: set[Path] = {()}
    last: Path = ()
    before: dict[Path, str] = {}
    for path in paths:
        head = path[:-1]
        if path in seen or head not in seen or last[: len(head)] != head:
            return None
        if follows is not None and not follows(before.get(head, ""), path[-1]):
            return None
        seen.add(path)
        before[head] = path[-1]
        last = path
    return paths if any(len(path) > 1 for path in paths) else None


def _counts(before: str, now: str) -> bool:
    """The number after another one, the first after none."""
    return _number(now) == (_number(before) if before else 0) + 1


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _CHINESE.index(tens) if tens in _CHINESE else -1
    return (_CHINESE.index(tens) if tens else 1) * 10 + _CHINESE.index(ones)


def _bare(name: str) -> str:
    return re.sub(r"\s", "", name)
