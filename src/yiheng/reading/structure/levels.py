"""How deep a row stands under others: by indent, by the length of its code, by its number."""

from __future__ import annotations

import re
from typing import Final

from yiheng.facts.document import ReadRow
from yiheng.reading.structure.words import TOTAL, bare

_CODE_LEVELS: Final = {3: 0, 5: 1, 7: 2}
_NUMBERED: Final = (
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"^\d{1,2}[.．、](?!\d)"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)
_PART: Final = re.compile(r"^(?:其中|包括)\s*[:：]")
_STEP: Final = 0.9
"""Indents nearer than this are one: a spreadsheet counts steps, a page points, an export blanks."""
_SHARE: Final = 0.25
"""Of the mean distance between indents; below it they are one."""
_MOST: Final = 8
"""More indents than this are centred or ragged labels, not levels."""


def with_levels(rows: list[ReadRow], indents: list[float]) -> tuple[ReadRow, ...]:
    """The rows with their levels: indent where print shows several, else codes, else numbers."""
    coded = [len(row.code) in _CODE_LEVELS and row.code.isdigit() for row in rows]
    if sum(coded) >= 2 and len(_steps([i for i, c in zip(indents, coded, strict=True) if c])) < 2:
        # Rows without code (units, totals) have indents of their own, which say nothing about the others.
        return tuple(
            row._replace(level=_CODE_LEVELS[len(row.code)] if c else 0)
            for row, c in zip(rows, coded, strict=True)
        )
    steps = _steps([i for row, i in zip(rows, indents, strict=True) if not TOTAL.match(bare(row.label))])
    if 1 < len(steps) <= _MOST:
        return tuple(
            row._replace(level=0 if TOTAL.match(bare(row.label)) else _rank(steps, indent))
            for row, indent in zip(rows, indents, strict=True)
        )
    return tuple(_numbered(rows))


def _steps(indents: list[float]) -> list[float]:
    found = sorted(set(indents))
    if len(found) < 2:
        return found
    nearest = max(_STEP, _SHARE * (found[-1] - found[0]) / (len(found) - 1))
    steps: list[float] = []
    for indent in found:
        if not steps or indent - steps[-1] >= nearest:
            steps.append(indent)
    return steps


def _rank(steps: list[float], indent: float) -> int:
    return max((n for n, step in enumerate(steps) if step <= indent), default=0)


def _numbered(rows: list[ReadRow]) -> list[ReadRow]:
    used = [n for n, pattern in enumerate(_NUMBERED) if any(pattern.match(row.label) for row in rows)]
    found: list[ReadRow] = []
    for row in rows:
        kind = next((n for n, pattern in enumerate(_NUMBERED) if pattern.match(row.label)), None)
        if kind is not None:
            level = used.index(kind)
        elif _PART.match(row.label) and found:
            level = found[-1].level + (0 if _PART.match(found[-1].label) else 1)
        else:
            level = 0
        found.append(row._replace(level=level))
    return found
