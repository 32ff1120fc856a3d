"""Tables whose caption states another unit than their figures have (表头单位误写): 元 above figures in 万元.

Judged by figures that other tables or sentences print with the same digits in the other unit, while none of the table's
figures agrees with another place in the unit of its caption. The other rules then read such a table in its right unit,
so that the slip is one finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding
from yiheng.facts.claims import FigureKind
from yiheng.facts.document import ReadCell
from yiheng.facts.known import KnownBlock, KnownTable, money_unit
from yiheng.money import MoneyUnit, PrintedKind

_FEWEST = 3
_DIGITS = 3
_Figure = tuple[Decimal, int]
"""Value and decimals."""


def corrected(subject: Subject) -> Subject:
    """The subject with each such table in the unit that its figures have; the slips are kept in its memo."""
    slips = _slips(subject)
    if not slips:
        return subject
    tables = tuple(
        _in_unit(table, slips[table.index]) if table.index in slips else table for table in subject.tables
    )
    return replace(subject, tables=tables, memo={**subject.memo, "caption-units": slips})


def caption_units(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The unit of the caption is that of the figures."""
    kept = subject.memo.get("caption-units")
    slips = kept if isinstance(kept, dict) else {}
    for table in subject.tables:
        right = slips.get(table.index)
        if right is not None:
            message = f"表头单位写“{table.read.unit}”，表内数字与其他各处以{right.label}为单位的数字相同"
            yield found(rule, Outcome.FAIL, table.read.place, table.shown, message)._replace(
                printed=table.read.unit, computed=right.label
            )
        elif table.unit is not None and table.read.unit:
            yield found(rule, Outcome.PASS, table.read.place, table.shown)


def _slips(subject: Subject) -> dict[int, MoneyUnit]:
    stated = {t.index: t.unit for t in subject.tables if t.unit is not None and t.unit.label == t.read.unit}
    units = Counter(stated.values())
    told = {table.index: _figures(table, table.unit) for table in subject.tables if table.unit is not None}
    seen = _seen(subject, told)
    found: dict[int, MoneyUnit] = {}
    for table in subject.tables:
        unit = stated.get(table.index)
        if unit is None:
            continue
        figures = told[table.index]
        if len(figures) < _FEWEST or any(seen[figure, unit] > 1 for figure in figures):
            continue
        fitting = {u: sum((figure, u) in seen for figure in figures) for u in MoneyUnit if u is not unit}
        best = max(fitting, key=lambda u: (fitting[u], u.fen))
        enough = fitting[best] >= _FEWEST and fitting[best] * 2 >= len(figures)
        if enough and units[best] > len(stated) // 2:
            found[table.index] = best
    return found


def _figures(table: KnownTable, unit: MoneyUnit) -> set[_Figure]:
    """Telling figures of a table in its unit, by value and decimals."""
    found: set[_Figure] = set()
    for block in table.blocks:
        of_unit = [not c.of_names and (money_unit(c.unit) or table.unit) is unit for c in block.columns]
        for row in block.cells:
            for cell, belongs in zip(row, of_unit, strict=True):
                printed = cell.printed
                if printed.kind is not PrintedKind.NUMBER or printed.value is None:
                    continue
                if (belongs if printed.unit is None else printed.unit is unit) and _telling(printed.value):
                    found.add((printed.value, printed.places))
    return found


@lru_cache(maxsize=4096)
def _telling(value: Decimal) -> bool:
    return len(str(abs(value)).replace(".", "").lstrip("0")) >= _DIGITS


def _seen(subject: Subject, told: Mapping[int, set[_Figure]]) -> Counter[tuple[_Figure, MoneyUnit]]:
    """In how many tables, of which `told` has the figures, and in how many sentences a figure is printed in a unit."""
    seen: Counter[tuple[_Figure, MoneyUnit]] = Counter()
    for table in subject.tables:
        if table.unit is not None:
            seen.update((figure, table.unit) for figure in told[table.index])
    for said in subject.claims.figures:
        if said.kind is FigureKind.AMOUNT and _telling(said.value):
            seen[(said.value, said.places), MoneyUnit.of(said.unit)] += 1
    return seen


def _in_unit(table: KnownTable, unit: MoneyUnit) -> KnownTable:
    blocks = tuple(
        KnownBlock(
            block.name,
            block.columns,
            block.rows,
            tuple(tuple(_cell(cell, table.unit, unit) for cell in row) for row in block.cells),
            block.part,
        )
        for block in table.blocks
    )
    return replace(table, unit=unit, blocks=blocks)


def _cell(cell: ReadCell, wrong: MoneyUnit | None, right: MoneyUnit) -> ReadCell:
    if cell.printed.unit is not wrong:
        return cell
    return cell._replace(printed=replace(cell.printed, unit=right))


METHODS: Mapping[str, Method] = {"caption-units": caption_units}
"""Methods by the name that a rule gives."""
