"""The table of the whole-department framework (部门整体支出绩效评价指标体系): weights, points, grounds and assumptions.

An input that is only implied by a printed score never passes for data: it stands in a column of its own, marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yiheng.facts import Cell, Table
from yiheng.scoring.department import Basis, CriterionScore, Input
from yiheng.scoring.reproduction import Verdict, compare
from yiheng.scoring.rowscore import show
from yiheng.scoring.whole import Whole
from yiheng.statements.evaluation.draw import Drawing, Line, points, rate, weight, words
from yiheng.statements.evaluation.form import TableForm
from yiheng.statements.evaluation.judged import Judged
from yiheng.statements.evaluation.notes import SHOWN, beside

ASSUMED: Final = "【假定】"
SUBTOTAL: Final = "小计"
TOTAL: Final = "总分"
SCORED: Final = "已评指标合计"


def framework_table(form: TableForm, drawing: Drawing, judged: Judged, whole: Whole) -> Table:
    """The framework, criterion by criterion, with subtotals of its groups."""
    (block,) = form.blocks
    lines = list(_lines(judged, whole))
    unit = judged.department_year.unit
    return Table(
        form.code,
        form.title,
        form.unit,
        (drawing.block(block, lines, form.unit),),
        "stacked",
        tuple(_notes(form, whole)),
        owner=unit.name,
        year=judged.department_year.year,
    )


def _lines(judged: Judged, whole: Whole) -> Iterator[Line]:
    rows = whole.score.criteria
    groups = list(dict.fromkeys(row.criterion.level1 for row in rows))
    for group in groups:
        own = [row for row in rows if row.criterion.level1 == group]
        yield from (_criterion(row, judged, whole) for row in own)
        if len(groups) > 1 and len(own) > 1:
            yield _sum(SUBTOTAL, f"{group}{SUBTOTAL}", own, group)
    complete = whole.score.total is not None
    yield _sum(TOTAL if complete else SCORED, TOTAL, whole.scored, "")


def _criterion(row: CriterionScore, judged: Judged, whole: Whole) -> Line:
    criterion = row.criterion
    rule = "；".join(judged.plain(step) for step in row.steps)
    cells = {
        "level1": words(criterion.level1),
        "level2": words(criterion.level2),
        "label": words(criterion.name),
        "standard": words(standard(row)),
        "weight": weight(criterion.weight),
        "points": points(row.points, (rule,)),
        "rate": rate(row.points, criterion.weight),
        "ground": words(judged.plain(ground(row))),
        "assumed": words(judged.plain(assumed(row))),
    }
    return Line(criterion.name, cells)


def _sum(label: str, name: str, rows: Sequence[CriterionScore], level1: str) -> Line:
    known = [row.points for row in rows if row.points is not None]
    total = sum(known, Decimal(0)) if len(known) == len(rows) and known else None
    weights = [row.criterion.weight for row in rows if row.criterion.weight is not None]
    full = sum(weights, Fraction(0)) if weights and len(weights) == len(rows) else None
    cells: dict[str, Cell] = {
        "level1": words(level1),
        "weight": weight(full),
        "points": points(total, ("各项得分之和",)),
        "rate": rate(total, full),
    }
    return Line(label, cells, "total", name)


def standard(row: CriterionScore) -> str:
    """The rule of a criterion (评分标准): its parts with their points."""
    parts = row.criterion.parts
    if len(parts) < 2:
        return parts[0].text if parts else row.criterion.formula
    said = (f"{number}.{part.text}（{show(part.points)}分）" for number, part in enumerate(parts, 1))
    veto = (row.criterion.veto_text,) if row.criterion.veto_text else ()
    return "\n".join((*said, *veto))


def inputs_of(row: CriterionScore) -> Iterator[tuple[str, Input]]:
    """The inputs of a criterion with the words of the part that they belong to."""
    if row.whole is not None:
        yield row.criterion.name, row.whole
        return
    for part in row.parts:
        yield from ((part.part.text, item) for _, item in part.inputs)


def ground(row: CriterionScore) -> str:
    """What the points rest on (依据): where the inputs come from; what is missing where they are open."""
    found: dict[str, list[str]] = {}
    for _, item in inputs_of(row):
        if item.basis is not Basis.ASSUMED:
            found.setdefault(item.basis.label, []).append(item.reason)
    said = [
        f"{basis}：{'；'.join(dict.fromkeys(reason for reason in reasons if reason))}".removesuffix("：")
        for basis, reasons in found.items()
    ]
    if row.needs:
        said.append("尚缺人工评分或取数，未评")
    return "\n".join(said)


def assumed(row: CriterionScore) -> str:
    """What of it is only implied by a printed score, marked."""
    reasons = [item.reason or text for text, item in inputs_of(row) if item.basis is Basis.ASSUMED]
    return ASSUMED + "；".join(dict.fromkeys(reasons)) if reasons else ""


def _notes(form: TableForm, whole: Whole) -> Iterator[str]:
    yield from form.notes
    if any(row.assumed for row in whole.score.criteria):
        yield (f"注：标有{ASSUMED}的取数原件没有印出，由印出的得分反推而来，不是台账数据，也不作为事实。")
    if whole.printed:
        yield from _printed(whole)


def _printed(whole: Whole) -> Iterator[str]:
    compared = [
        (row, printed, compare(printed, row.exact, row.points))
        for row in whole.score.criteria
        if (printed := whole.printed.get(row.criterion.id, ""))
    ]
    odd = [one for one in compared if one[2] is not Verdict.EQUAL]
    yield (
        f"注：{SHOWN}与原件印出的得分相比，{len(compared) - len(odd)} 项一致"
        f"{f'，{len(odd)} 项不同' if odd else ''}。"
    )
    for row, printed, verdict in odd:
        yield f"{row.criterion.name}：{beside(printed, row.points, verdict)}。"
    if whole.printed_total:
        yield _printed_total(whole)


def _printed_total(whole: Whole) -> str:
    total = whole.score.total
    if total is None:
        left = "、".join(row.criterion.name for row in whole.open)
        return f"总分：原件印出 {whole.printed_total}；{left}没有印出细项，不能复算，只列已评部分。"
    exact = sum((Fraction(row.exact or 0) for row in whole.score.criteria), Fraction(0))
    return f"总分：{beside(whole.printed_total, total, compare(whole.printed_total, exact, total))}。"
