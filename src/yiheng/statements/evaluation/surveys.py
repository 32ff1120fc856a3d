"""Satisfaction tables (满意度调查表): questions by options with counts, then composite, interval and warning."""

from __future__ import annotations

from collections.abc import Iterator

from yiheng.facts import Block, Cell, CellKind, Column, Row, Table
from yiheng.money import format_percent
from yiheng.scoring.reproduction import Verdict
from yiheng.statements.evaluation.draw import Drawing, Line, apart, number, words
from yiheng.statements.evaluation.form import BlockForm, TableForm
from yiheng.statements.evaluation.judged import Judged, SurveyPart
from yiheng.statements.evaluation.notes import WORDS

INTERVAL_PLACES = 2
COMPOSITE_PLACES = 2


def survey_table(form: TableForm, drawing: Drawing, judged: Judged, part: SurveyPart, number: int) -> Table:
    """The table of one group."""
    blocks = tuple(
        _questions(block, part) if block.of == "questions" else drawing.block(block, list(_results(part)))
        for block in form.blocks
    )
    named = {"number": number, "name": part.name, "group": part.result.survey.group}
    unit, year = judged.department_year.unit, judged.department_year.year
    return Table(
        form.code.format(**named), form.title.format(**named), form.unit, blocks, "stacked", form.notes,
        owner=unit.name, year=year,
    )  # fmt: skip


def _questions(block: BlockForm, part: SurveyPart) -> Block:
    """A row a question; the column of the options is drawn once for each of them."""
    survey = part.result.survey
    columns: list[Column] = []
    rows: list[list[Cell]] = [[] for _ in survey.questions]
    for column in block.columns:
        shown = part.scale.options if column.show == "options" else ("",)
        for option in shown:
            path = (*column.path, option) if option else column.path
            columns.append(Column(path, CellKind.TEXT if column.show == "label" else CellKind.COUNT))
            for row, question, rate in zip(rows, survey.questions, part.result.rates, strict=True):
                if column.show == "label":
                    row.append(words(question.text))
                elif option:
                    row.append(number(str(question.counts.get(option, 0))))
                else:
                    row.append(number(format_percent(rate), _credited(part)))
    names = apart([question.text for question in survey.questions])
    made = tuple(Row(((name,),), q.text) for name, q in zip(names, survey.questions, strict=True))
    return Block("", tuple(columns), made, tuple(map(tuple, rows)), block.title)


def _credited(part: SurveyPart) -> str:
    credited = "、".join(option for option in part.scale.options if option in part.scale.credited)
    return f"选{credited}的人数 ÷ 回答人数"


def _results(part: SurveyPart) -> Iterator[Line]:
    """Only what is known is listed; a response rate without the number sent out is not."""
    found = part.result
    survey = found.survey
    said = {
        "有效问卷": "" if survey.answers is None else f"{survey.answers}份",
        "回收率": "" if found.response_rate is None else format_percent(found.response_rate),
        "综合满意度": f"{composite_text(part)}（各题满意率的平均）",
        f"{found.confidence}置信区间": interval_text(part),
        "目标值": part.target,
        "原件印出": f"{part.printed}（{WORDS[part.verdict]}）"
        if part.verdict is not Verdict.NOT_PRINTED
        else "",
        "提示": part.warning,
    }
    return (Line(label, {"value": words(text)}) for label, text in said.items() if text)


def composite_text(part: SurveyPart) -> str:
    """The composite in percent."""
    return format_percent(part.result.composite, COMPOSITE_PLACES)


def interval_text(part: SurveyPart) -> str:
    """Both ends of the confidence interval in percent."""
    return f"{format_percent(part.result.low)}—{format_percent(part.result.high)}"
