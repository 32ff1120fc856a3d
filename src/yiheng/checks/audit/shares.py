"""Methods of rules on percentages in tables (表内百分比): shares, score rates, survey options, composites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import ReadCell, ReadParagraph
from yiheng.facts.known import KnownBlock, KnownTable
from yiheng.money import PrintedKind, Rounding, round_to

_SHARE = re.compile(r"^(占比|比重|比例|所占比例|占总.*比[例重]?|占比[（(]%[)）])$")
_OPTIONS = ("非常满意", "满意", "比较满意", "基本满意", "不满意", "非常不满意")
_COMPOSITE = re.compile(r"综合满意度[为是达到：:\s]{0,3}(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％]")
_FIGURE = re.compile(r"[\d.,]+")
_TOP = ("非常满意", "满意")


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


# -- surveys (满意度调查) --------------------------------------------------------------------------------------------


def survey_options(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The shares of the answers to a question add up to 100 % but for what rounding leaves."""
    for table, block in _surveys(subject):
        for row, cells in zip(block.rows, block.cells, strict=True):
            values = _answers(block, cells)
            if len(values) < 2:
                continue
            total = sum((value for value, _ in values.values()), Decimal(0))
            steps: list[Decimal] = [Decimal(1).scaleb(-places) for value, places in values.values() if value]
            slack = sum(steps, Decimal(0)) / 2
            at = f"{table.shown}[{row.shown}]"
            if abs(total - 100) <= slack:
                yield found(rule, Outcome.PASS, row.place, at)
            else:
                listed = " + ".join(f"{value}" for value, _ in values.values())
                yield found(rule, Outcome.FAIL, row.place, at, f"各选项相加 {listed} = {total}%")._replace(
                    printed=f"{total}%", computed="100%", difference=f"{total - 100}"
                )


def survey_composites(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The composite satisfaction beside a survey is the mean of 非常满意 + 满意 over its questions."""
    surveys = {table.index: (table, block) for table, block in _surveys(subject)}
    if not surveys:
        return
    last: tuple[ReadParagraph, re.Match[str]] | None = None
    for part in subject.document.body:
        if isinstance(part, ReadParagraph):
            hits = list(_COMPOSITE.finditer(part.text))
            last = (part, hits[0]) if len(hits) == 1 else last if not hits else None
            continue
        if part.index in surveys and last is not None:
            yield from _composite(rule, *surveys[part.index], *last)
        last = None


def _composite(
    rule: AuditRule, table: KnownTable, block: KnownBlock, paragraph: ReadParagraph, hit: re.Match[str]
) -> Iterator[AuditFinding]:
    tops = [answers for cells in block.cells if len(answers := _answers(block, cells)) >= 2]
    if not tops or not all(name in answers for answers in tops for name in _TOP):
        return
    low = high = Fraction(0)
    for answers in tops:
        for name in _TOP:
            value, places = answers[name]
            half = Fraction(1, 2 * 10**places) if value else Fraction(0)
            low, high = low + Fraction(value) - half, high + Fraction(value) + half
    low, high = low / len(tops), high / len(tops)
    printed = Decimal(hit["value"])
    places = len(hit["value"].partition(".")[2])
    half = Fraction(1, 2 * 10**places)
    place = paragraph.place_at(hit.start())
    mean = round_to((low + high) / 2, places, Rounding.HALF_UP)
    if low - half <= Fraction(printed) <= high + half:
        yield found(rule, Outcome.PASS, place, hit[0])
        return
    message = f"{table.shown} {len(tops)} 个问题“非常满意”与“满意”之和的平均数为 {mean}%"
    yield found(rule, Outcome.FAIL, place, hit[0], message)._replace(
        printed=f"{printed}%",
        computed=f"{mean}%",
        difference=str(printed - mean),
        sources=(Ground(table.shown, table.read.place),),
    )


def _surveys(subject: Subject) -> Iterator[tuple[KnownTable, KnownBlock]]:
    for table in subject.tables:
        for block in table.blocks:
            if block.part == "满意度调查":
                yield table, block


def _answers(block: KnownBlock, cells: tuple[ReadCell, ...]) -> dict[str, tuple[Decimal, int]]:
    """Percentages by option; none for a row whose one cell stands across the options (回收率)."""
    found_: dict[str, tuple[Decimal, int]] = {}
    places = set()
    columns = 0
    for name in _OPTIONS:
        for c in block.by_column.get(name, ()):
            printed = cells[c].printed
            if printed.kind is PrintedKind.PERCENT and printed.value is not None:
                found_[name] = (printed.value, printed.places)
                places.add(cells[c].place)
                columns += 1
    across = columns > 1 and len(places) == 1 and any(place.box or place.where for place in places)
    return {} if across else found_


METHODS: Mapping[str, Method] = {
    "table-shares": shares,
    "missing-signs": missing_signs,
    "survey-options": survey_options,
    "survey-composites": survey_composites,
}
"""Methods by the name that a rule gives."""
