"""Lists of an evaluation paper: projects with their scores, every deduction, what was found, spending by unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from yiheng.facts import Finding, Table
from yiheng.facts.select import Conditions
from yiheng.money import format_percent
from yiheng.scoring.reproduction import SheetReproduction
from yiheng.statements.evaluation.draw import Drawing, Line, number, points, weight, words
from yiheng.statements.evaluation.form import TableForm
from yiheng.statements.evaluation.judged import Deduction, Judged, deductions
from yiheng.statements.evaluation.notes import SHOWN, WORDS

TOTAL = "合计"
NO_REASON = "没有写明原因"


def summary_table(form: TableForm, drawing: Drawing, judged: Judged) -> Table:
    """One line a project: money, execution, score, grade, and what the paper printed."""
    found = judged.projects
    keys = tuple(dict.fromkeys(item.score.sheet.project for item in found))
    lines = [_project(n, item) for n, item in enumerate(found, 1)]
    lines.append(Line(TOTAL, role="total", money=(("project", keys),)))
    transcribed = any(item.total.printed for item in found)
    notes = (*form.notes, f"注：{SHOWN}" if transcribed else "")
    return _table(form, drawing, judged, lines, tuple(note for note in notes if note))


def _project(n: int, found: SheetReproduction) -> Line:
    score, total = found.score, found.total
    done = score.execution
    rate = "" if done.exact_rate is None else format_percent(done.exact_rate)
    cells = {
        "number": number(str(n)),
        "rate": number(rate, "全年执行数 ÷ 全年预算数"),
        "weight": weight(score.weights),
        "points": points(score.total, ("各行得分之和",)),
        "grade": words(score.grade),
        "printed": number(total.printed),
        "verdict": words(WORDS[total.verdict] if total.printed else ""),
    }
    return Line(score.sheet.name, cells, money=(("project", (score.sheet.project,)),))


def deductions_table(form: TableForm, drawing: Drawing, judged: Judged) -> Table:
    """Every row that lost points, with the reason given in its sheet."""
    lines = [
        _deduction(found.score.sheet.name, lost)
        for found in judged.projects
        for lost in deductions(found.score)
    ]
    return _table(form, drawing, judged, lines, form.notes)


def _deduction(project: str, lost: Deduction) -> Line:
    cells = {
        "project": words(project),
        "weight": weight(lost.weight),
        "points": points(lost.points, lost.steps),
        "lost": number(str(lost.lost), "分值 － 得分"),
        "reason": words(why(lost)),
    }
    return Line(lost.name, cells, name=f"{project}：{lost.name}")


def why(lost: Deduction) -> str:
    """The reason of a deduction: what the sheet says, else the reckoning of the execution rate."""
    if lost.reason:
        return lost.reason.rstrip("。；")
    return lost.steps[0] if lost.key.endswith(":execution") else NO_REASON


def findings_table(form: TableForm, drawing: Drawing, judged: Judged) -> Table:
    """What the sheets have wrong, and what looks too good (真实性核查)."""
    lines = [_finding(n, finding) for n, finding in enumerate(judged.findings, 1)]
    return _table(form, drawing, judged, lines, form.notes)


def _finding(n: int, finding: Finding) -> Line:
    cells = {
        "number": number(str(n)),
        "severity": words(finding.severity.label),
        "place": words(finding.place),
        "message": words(finding.message),
        "next": words(finding.next_step),
    }
    return Line(finding.title, cells, name=f"第{n}项")


def units_table(form: TableForm, drawing: Drawing, judged: Judged) -> Table:
    """Spending of each base unit and its share of the whole."""
    (block,) = form.blocks
    column = next(column for column in block.columns if column.terms)
    units = judged.department_year.base_units()
    where: list[tuple[str, Conditions]] = [(unit.name, (("unit", (unit.key,)),)) for unit in units]
    where.append((TOTAL, (("unit", tuple(unit.key for unit in units)),)))
    sums = [drawing.sum(column, conditions) for _, conditions in where]
    whole = sums[-1].amount.fen
    lines = [
        Line(
            name,
            {"share": number(format_percent(Fraction(found.amount.fen, whole)) if whole else "")},
            "total" if name == TOTAL else "",
            money=conditions,
        )
        for (name, conditions), found in zip(where, sums, strict=True)
    ]
    return _table(form, drawing, judged, lines, form.notes)


def _table(
    form: TableForm, drawing: Drawing, judged: Judged, lines: Sequence[Line], notes: Sequence[str]
) -> Table:
    (block,) = form.blocks
    made = drawing.block(block, lines, form.unit)
    unit, year = judged.department_year.unit, judged.department_year.year
    return Table(
        form.code, form.title, form.unit, (made,), "stacked", tuple(notes), owner=unit.name, year=year
    )


def total_lost(found: SheetReproduction) -> Decimal:
    """Everything that a sheet lost, in points."""
    return sum((lost.lost for lost in deductions(found.score)), Decimal(0))
