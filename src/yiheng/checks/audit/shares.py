"""Methods of rules on percentages in tables (表内百分比): shares, score rates, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding
from yiheng.facts.document import ReadCell
from yiheng.facts.known import KnownBlock, KnownTable
from yiheng.money import PrintedKind, Rounding, round_to

_SHARE = re.compile(r"^(占比|比重|比例|所占比例|占总.*比[例重]?|占比[（(]%[)）])$")
_FIGURE = re.compile(r"[\d.,]+")


def shares(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Each share is its amount by the total of the table, each score rate its score by the weight."""
    for table in subject.tables:
        for block in table.blocks:
            if block.part == "评分情况":
                yield from _ratios(rule, table, block, "得分", "分值", "得分率")
            yield from _shares(rule, table, block)


def _shares(rule: AuditRule, table: KnownTable, block: KnownBlock) -> Iterator[AuditFinding]:
    percents = [
        c for c, col in enumerate(block.columns) if col.path and _SHARE.match(re.sub(r"\s", "", col.path[-1]))
    ]
    totals = [
        r
        for r, row in enumerate(block.rows)
        if row.name == "合计" or re.fullmatch("合计|总计", row.label.strip())
    ]
    if len(percents) != 1 or len(block.figures) != 1 or len(totals) != 1:
        return
    share, money, total = percents[0], block.figures[0], totals[0]
    whole = block.cells[total][money].printed.value
    of_all = block.cells[total][share].printed.value
    if not whole or of_all not in (None, Decimal(100)):
        return
    for r, row in enumerate(block.rows):
        value = block.cells[r][money].printed.value
        if value is not None:
            yield from _percent(
                rule, table, f"{row.shown}, 占比", block.cells[r][share], Fraction(value) / Fraction(whole)
            )


def _ratios(
    rule: AuditRule, table: KnownTable, block: KnownBlock, upper: str, lower: str, rate: str
) -> Iterator[AuditFinding]:
    columns = {name: at[0] for name, at in block.by_column.items()}
    for r, row in enumerate(block.rows):
        over, under = (block.cells[r][columns[name]].printed.value for name in (upper, lower))
        if over is not None and under:
            yield from _percent(
                rule,
                table,
                f"{row.shown}, {rate}",
                block.cells[r][columns[rate]],
                Fraction(over) / Fraction(under),
            )


def _percent(
    rule: AuditRule, table: KnownTable, where: str, cell: ReadCell, ratio: Fraction
) -> Iterator[AuditFinding]:
    value, places = cell.printed.value, cell.printed.places
    if value is None:
        return
    at = f"{table.shown}[{where}]"
    if value == round_to(ratio * 100, places, Rounding.HALF_UP):
        yield found(rule, Outcome.PASS, cell.place, at)
        return
    right = round_to(ratio * 100, places, Rounding.HALF_UP)
    cut = value == round_to(ratio * 100, places, Rounding.DOWN)
    made = found(rule, Outcome.FAIL, cell.place, at, f"按所列数字计算为 {right}%")._replace(
        printed=cell.text.strip(), computed=f"{right}%", difference=str(value - right)
    )
    yield (
        made._replace(severity=Severity.HINT, message=f"{made.message}，印数是直接舍去小数的结果")
        if cut
        else made
    )


def missing_signs(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Where a column prints percentages, every figure of it has its sign."""
    for table in subject.tables:
        for block in table.blocks:
            for c, column in enumerate(block.columns):
                cells = [(row, cells[c]) for row, cells in zip(block.rows, block.cells, strict=True)]
                kinds = [cell.printed.kind for _, cell in cells]
                percents = kinds.count(PrintedKind.PERCENT)
                bare = [
                    (row, cell)
                    for row, cell in cells
                    if cell.printed.kind is PrintedKind.NUMBER
                    and cell.printed.value
                    and _FIGURE.fullmatch(cell.text.strip())
                ]
                words = PrintedKind.TEXT in kinds or any("%" in part or "％" in part for part in column.path)
                if percents < 3 or words or len(bare) * 3 > percents:
                    continue
                for row, cell in bare:
                    at = f"{table.shown}[{row.shown}, {column.label}]"
                    yield found(rule, Outcome.FAIL, cell.place, at, "同栏其他数字都有百分号")._replace(
                        printed=cell.text.strip(), computed=f"{cell.text.strip()}%"
                    )
                yield found(rule, Outcome.PASS, table.read.place, f"{table.shown}[{column.label}]")


METHODS: Mapping[str, Method] = {
    "table-shares": shares,
    "missing-signs": missing_signs,
}
"""Methods by the name that a rule gives."""
