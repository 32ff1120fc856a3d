"""Methods of rules on percentages in tables (表内百分比): shares, score rates, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from yiheng.checks.audit.network import Network, network
from yiheng.checks.audit.ratios import Ratio, ratio_of, ratios_of
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding
from yiheng.facts.document import ReadCell
from yiheng.facts.known import KnownColumn, KnownRow, KnownTable
from yiheng.money import PrintedKind, Rounding, round_to

_FIGURE = re.compile(r"[\d.,]+")


def shares(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Each share is its amount by the total of the table, each score rate its score by the weight.

    A share that only a figure which other relations show to be wrong keeps from holding is told with that figure.
    """
    known = network(subject)
    for table in subject.tables:
        for ratio in ratios_of(table):
            yield _percent(rule, ratio, ratio_of(ratio, table, {}), _put_right(ratio, table, known))


def _put_right(ratio: Ratio, table: KnownTable, known: Network) -> bool:
    """Whether the share holds once the wrong figures of the table are put right, or nobody knows how they would be."""
    pair = (ratio.part, ratio.whole)
    if not any(key in known.wrong for key in pair):
        return False
    if any(key in known.wrong and key not in known.corrected for key in pair):
        return True
    return ratio.shows(ratio_of(ratio, table, known.corrected))


def _percent(rule: AuditRule, ratio: Ratio, value: Fraction, told: bool) -> AuditFinding:
    cell, places = ratio.percent, ratio.percent.printed.places
    right = round_to(value * 100, places, Rounding.HALF_UP)
    printed = cell.printed.value
    if told or printed is None or printed == right:
        return found(rule, Outcome.PASS, cell.place, ratio.where)
    made = found(rule, Outcome.FAIL, cell.place, ratio.where, f"按所列数字计算为 {right}%")._replace(
        printed=cell.text.strip(), computed=f"{right}%", difference=str(printed - right)
    )
    if ratio.shows(value):
        return made._replace(severity=Severity.HINT, message=f"{made.message}，印数是直接舍去小数的结果")
    return made


def missing_signs(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Where a column prints percentages, every figure of it has its sign; the rates of all forms are one column."""
    columns: dict[tuple[object, ...], list[_InColumn]] = {}
    for table in subject.tables:
        for b, block in enumerate(table.blocks):
            for c, column in enumerate(block.columns):
                of_forms = block.part and column.name in _RATES
                kinds = [cells[c].printed.kind for cells in block.cells]
                if not of_forms and kinds.count(PrintedKind.PERCENT) < _FEWEST:
                    continue
                key = (block.part, column.name) if of_forms else (table.index, b, c)
                columns.setdefault(key, []).extend(
                    _InColumn(table, row, column, cells[c])
                    for row, cells in zip(block.rows, block.cells, strict=True)
                )
    for found_ in columns.values():
        yield from _without_sign(rule, found_)


_RATES = ("执行率", "得分率")


class _InColumn(NamedTuple):
    """A cell with its names."""

    table: KnownTable
    row: KnownRow
    column: KnownColumn
    cell: ReadCell

    @property
    def at(self) -> str:
        return f"{self.table.shown}[{self.row.shown}, {self.column.label}]"


def _without_sign(rule: AuditRule, column: Sequence[_InColumn]) -> Iterator[AuditFinding]:
    kinds = [one.cell.printed.kind for one in column]
    percents = kinds.count(PrintedKind.PERCENT)
    bare = [
        one
        for one in column
        if one.cell.printed.kind is PrintedKind.NUMBER
        and one.cell.printed.value
        and _FIGURE.fullmatch(one.cell.text.strip())
    ]
    headed = any("%" in part or "％" in part for one in column for part in one.column.path)
    if percents < _FEWEST or PrintedKind.TEXT in kinds or headed or len(bare) * 3 > percents:
        return
    for one in bare:
        printed = one.cell.text.strip()
        yield found(rule, Outcome.FAIL, one.cell.place, one.at, "同栏其他数字都有百分号")._replace(
            printed=printed, computed=f"{printed}%"
        )
    yield found(rule, Outcome.PASS, column[0].cell.place, column[0].at)


_FEWEST = 3


METHODS: Mapping[str, Method] = {
    "table-shares": shares,
    "missing-signs": missing_signs,
}
"""Methods by the name that a rule gives."""
