"""The self-evaluation sheet of a project (项目支出绩效自评表): head, funds, goals, indicators and total.

The scores shown are the computed ones. Money comes from the ledger, never from the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yiheng.facts import Block, Cell, DepartmentYear, Record, Table
from yiheng.facts.select import Conditions
from yiheng.money import format_percent
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.reproduction import SheetReproduction
from yiheng.scoring.rowscore import RowScore
from yiheng.statements.evaluation.draw import Drawing, Line, number, points, weight, words
from yiheng.statements.evaluation.form import BlockForm, ColumnForm, RowForm, TableForm
from yiheng.statements.evaluation.notes import sheet_notes
from yiheng.statements.words import Words

TOTAL = "总分"
GOALS = "年度总体目标"
RATE_PLACES = 2


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet while it is being drawn."""

    form: TableForm
    drawing: Drawing
    words: Words
    found: SheetReproduction

    @property
    def score(self) -> SheetScore:
        return self.found.score

    @property
    def where(self) -> Conditions:
        return (("project", (self.score.sheet.project,)),)

    @property
    def department_year(self) -> DepartmentYear:
        return self.words.department_year

    @property
    def record(self) -> Record | None:
        return self.department_year.record("evaluation", self.score.sheet.key)


def sheet_table(
    form: TableForm, drawing: Drawing, words: Words, found: SheetReproduction, number: int
) -> Table:
    """The sheet of one project; `number` counts the sheets of the paper."""
    sheet = _Sheet(form, drawing, words, found)
    name = found.score.sheet.name
    made: list[Block] = []
    for block in form.blocks:
        made.append(drawing.block(block, _LINES[block.of](sheet, block), form.unit))
    return Table(
        form.code.format(number=number, name=name),
        form.title.format(number=number, name=name),
        form.unit,
        tuple(made),
        "stacked",
        (*form.notes, *sheet_notes(found)),
        owner=words.department_year.unit.name,
        year=words.department_year.year,
    )


def _general(sheet: _Sheet, block: BlockForm) -> Sequence[Line]:
    return [Line(row.label, {"value": _said(sheet, row)}, row.role) for row in block.rows]


def _said(sheet: _Sheet, row: RowForm) -> Cell:
    if row.value == "amount":
        return _budget(sheet)
    if row.value == "implementer":
        return _implementer(sheet)
    text = {
        "name": sheet.score.sheet.name,
        "department": sheet.words.placeholders()["department"],
    }[row.value]
    return words(text)


def _budget(sheet: _Sheet) -> Cell:
    """项目金额 is the year's budget (全年预算数) of the funds block."""
    funds = sheet.form.block("funds")
    if funds is None:
        return words("")
    budget, _ = _budget_and_executed(funds)
    return sheet.drawing.money(budget, sheet.where, sheet.form.unit)


def _budget_and_executed(funds: BlockForm) -> tuple[ColumnForm, ColumnForm]:
    """全年预算数 and 全年执行数: the last two money columns of the funds block."""
    budget, executed = [column for column in funds.columns if column.terms][-2:]
    return budget, executed


def _implementer(sheet: _Sheet) -> Cell:
    """As entered; in a sheet of one's own the unit that holds it. A transcribed sheet keeps its blank."""
    own = sheet.record.get("implementer") if sheet.record else ""
    if own or sheet.score.sheet.transcribed:
        return words(own, sheet.record.source if sheet.record else None)
    unit = sheet.department_year.unit_of(sheet.score.sheet.unit)
    return words(unit.name if unit else "")


def _funds(sheet: _Sheet, block: BlockForm) -> Iterator[Line]:
    blank = sheet.drawing.blank
    for row in block.rows:
        where = (*sheet.where, *row.where)
        whole = not row.where
        done = sheet.score.execution
        yield Line(
            row.label,
            {
                "weight": weight(done.weight) if whole else blank,
                "rate": _rate(sheet, block, where) or blank,
                "points": points(done.points, done.steps) if whole else blank,
            },
            row.role,
            money=where,
        )


def _rate(sheet: _Sheet, block: BlockForm, where: Conditions) -> Cell | None:
    """全年执行数 ÷ 全年预算数, the last two money columns; None where there is no budget."""
    budget, executed = (sheet.drawing.sum(column, where) for column in _budget_and_executed(block))
    if budget.status.no_figure or executed.status.no_figure or not budget.amount.fen:
        return None
    rule = sheet.score.rule
    places = RATE_PLACES if rule.execution_places is None else rule.execution_places
    exact = Fraction(executed.amount.fen, budget.amount.fen)
    return number(format_percent(exact, places, rule.mode), "全年执行数 ÷ 全年预算数")


def _goals(sheet: _Sheet, block: BlockForm) -> Sequence[Line]:
    record = sheet.record
    goal = record.get("goal") if record else ""
    source = record.source if record else None
    if not goal:
        declared = [
            r
            for r in sheet.department_year.records_of("objective")
            if r.get("project") == sheet.score.sheet.project
        ]
        goal = "".join(r.get("text") for r in declared)
        source = declared[0].source if declared else source
    outcome = words(record.get("outcome"), record.source) if record else words("")
    return [Line("", {"goal": words(goal, source), "outcome": outcome}, name=GOALS)]


def _indicators(sheet: _Sheet, block: BlockForm) -> Sequence[Line]:
    return [Line(row.row.name, _indicator(sheet, row)) for row in sheet.score.rows]


def _indicator(sheet: _Sheet, row: RowScore) -> Mapping[str, Cell]:
    item = row.row
    record = sheet.department_year.record("evaluation_row", item.key)
    source = record.source if record else None
    return {
        "level1": words(item.level1),
        "level2": words(item.level2),
        "label": words(item.name),
        "target": words(item.target, source),
        "actual": words(item.actual, source),
        "weight": weight(Fraction(item.weight)),
        "points": points(row.points, row.steps) if row.weight else number("不计分", "；".join(row.steps)),
        "reason": words(item.reason or item.explanation, source),
    }


def _total(sheet: _Sheet, block: BlockForm) -> Sequence[Line]:
    score = sheet.score
    rule = f"{score.rule.title}（{score.rule.id}）：各行得分之和"
    cells = {
        "weight": weight(score.weights),
        "points": points(score.total, (rule,)),
        "grade": words(score.grade or sheet.drawing.form.blank),
    }
    return [Line(TOTAL, cells, "total")]


_LINES = {
    "general": _general,
    "funds": lambda sheet, block: list(_funds(sheet, block)),
    "goals": _goals,
    "indicators": _indicators,
    "total": _total,
}
