"""The evaluation paper of a department-year (绩效自评材料): tables, report and charts from one set of scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from yiheng.facts import Chart, DepartmentYear, Section, Table, vocabulary
from yiheng.facts.select import Conditions
from yiheng.money import MoneyUnit
from yiheng.policy import Entry, Policy, Problem
from yiheng.statements.charts import charts as ledger_charts
from yiheng.statements.evaluation import form as forms
from yiheng.statements.evaluation import outline as outlines
from yiheng.statements.evaluation.chart_sources import with_sources
from yiheng.statements.evaluation.charts import department_charts, project_charts
from yiheng.statements.evaluation.draw import Drawing
from yiheng.statements.evaluation.form import FormSpec, TableForm, parse_form
from yiheng.statements.evaluation.framework import framework_table
from yiheng.statements.evaluation.judged import Judged
from yiheng.statements.evaluation.lists import deductions_table, findings_table, summary_table, units_table
from yiheng.statements.evaluation.outline import OutlineSpec, parse_outline, write_sections
from yiheng.statements.evaluation.sheets import sheet_table
from yiheng.statements.evaluation.surveys import survey_table
from yiheng.statements.evaluation.told import Telling
from yiheng.statements.family import absence
from yiheng.statements.figures import Figures, Look
from yiheng.statements.narrative_spec import AmountSpec, SentenceSpec
from yiheng.statements.narrative_template import amounts_of
from yiheng.statements.selection import Selection
from yiheng.statements.template import TemplateError
from yiheng.statements.words import Words

HOUSE = "house"


@dataclass(frozen=True, slots=True)
class EvaluationPaper:
    """The content of the paper."""

    title: str
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    owner_label: str
    defaults: tuple[str, ...]
    """The parts of it that no document stands behind (系统默认), in words."""


def evaluation_paper(judged: Judged, whole: DepartmentYear, policy: Policy) -> EvaluationPaper:
    """Tables, sections and charts. Raises `PolicyNotInForce` where no form or outline covers place and year.

    `whole` holds the single payments, of which the curve of execution shows totals by month.
    """
    department_year = judged.department_year
    place, on = department_year.jurisdiction, dt.date(department_year.year, 12, 31)
    form_entry = policy.get(forms.FORM, place, on)
    outline_entry = policy.get(outlines.OUTLINE, place, on)
    form, outline = _form(form_entry), _outline(outline_entry)
    words = Words(department_year, policy)
    nothing = absence(policy, department_year)
    selection = Selection(department_year, nothing)
    labels = {name: value["label"] for name, value in vocabulary.measures(policy, place, on).items()}
    look = Look(MoneyUnit.of(outline.unit), outline.places, outline.strip)
    figures = Figures(selection, words, look, labels)
    tables = _tables(form, outline.names, Drawing(form, selection), words, judged)
    dated = Figures(Selection(whole, nothing), words, look, labels)
    charts = with_sources(_charts(outline, dated, judged), tables, judged)
    sections = write_sections(
        outline,
        figures,
        Telling(judged, figures),
        {name: tuple(table.code for table in made) for name, made in tables.items()},
        {name: tuple(chart.id for chart in made) for name, made in charts.items()},
    )
    title = outline.title if judged.department else outline.sheets_title
    drawn = {table.code: table for made in tables.values() for table in made}
    return EvaluationPaper(
        title.format(**words.placeholders()),
        tuple(drawn[code] for section in sections for code in section.tables),
        sections,
        tuple(chart for made in charts.values() for chart in made),
        form.owner_label,
        tuple(_default(entry) for entry in (form_entry, outline_entry) if entry.value["basis"] == HOUSE),
    )


def _default(entry: Entry) -> str:
    return f"{entry.title}：{entry.source.note}" if entry.source.note else entry.title


@lru_cache(maxsize=16)
def _form(entry: Entry) -> FormSpec:
    return parse_form(entry.value)


@lru_cache(maxsize=16)
def _outline(entry: Entry) -> OutlineSpec:
    return parse_outline(entry.value)


def _tables(
    form: FormSpec, names: Mapping[str, Mapping[str, Any]], drawing: Drawing, words: Words, judged: Judged
) -> Mapping[str, tuple[Table, ...]]:
    """The tables that have anything to show, by the part that they play."""

    def made(name: str, some: bool) -> Iterator[TableForm]:
        if some and name in form.tables:
            yield form.tables[name].named(names.get(name, {}))

    whole, projects, surveys = judged.department, judged.projects, judged.surveys
    several = len(judged.department_year.base_units()) > 1
    return {
        "units": tuple(units_table(f, drawing, judged) for f in made("units", several)),
        "surveys": tuple(
            survey_table(f, drawing, judged, part, n)
            for f in made("survey", bool(surveys))
            for n, part in enumerate(surveys, f.first)
        ),
        "summary": tuple(summary_table(f, drawing, judged) for f in made("summary", bool(projects))),
        "deductions": tuple(
            deductions_table(f, drawing, judged) for f in made("deductions", bool(judged.lost))
        ),
        "findings": tuple(
            findings_table(f, drawing, judged) for f in made("findings", bool(judged.findings))
        ),
        "framework": tuple(
            framework_table(f, drawing, judged, whole) for f in made("framework", whole is not None) if whole
        ),
        "sheets": tuple(
            sheet_table(f, drawing, words, found, n)
            for f in made("sheet", bool(projects))
            for n, found in enumerate(projects, f.first)
        ),
    }


def _charts(outline: OutlineSpec, figures: Figures, judged: Judged) -> Mapping[str, tuple[Chart, ...]]:
    progress = (outline.progress,) if outline.progress else ()
    return {
        "progress": ledger_charts(progress, figures),
        "department": department_charts(judged),
        "projects": project_charts(judged),
    }


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """What is wrong with a form or an outline: unreadable parts, unknown measures, views, dimensions and codes."""
    try:
        asked = list(
            _form_words(parse_form(entry.value)) if entry.type == forms.TYPE else _outline_words(entry)
        )
    except TemplateError as error:
        return [_problem(entry, str(error))]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return [_problem(entry, f"不能解析：{error!r}")]
    return [
        problem
        for place, measures, views, where in asked
        for problem in (
            *vocabulary.unknown_words(entry, policy, place, measures, views),
            *vocabulary.unknown_predicates(entry, policy, place, where),
        )
    ]


_Asked = tuple[str, list[str], tuple[str, ...], tuple[Conditions, ...]]


def _form_words(form: FormSpec) -> Iterator[_Asked]:
    for name, table in form.tables.items():
        for block in table.blocks:
            where = tuple(row.where for row in block.rows)
            yield name, [], (), where
            for column in block.columns:
                yield name, [m for term in column.terms for m in term.measures], column.views, ()


def _outline_words(entry: Entry) -> Iterator[_Asked]:
    outline = parse_outline(entry.value)
    amounts: list[tuple[str, AmountSpec]] = []
    for part in outline.sections:
        for sentence in part.sentences:
            if isinstance(sentence, SentenceSpec):
                amounts.extend((f"{part.id}.{sentence.id}", amount) for amount in amounts_of(sentence))
    if outline.progress:
        chart = outline.progress
        amounts.extend((chart.id, amount) for amount in (chart.amount, chart.budget) if amount is not None)
    for place, amount in amounts:
        measures = [measure for term in amount.terms for measure in term.measures]
        yield place, measures, amount.views, (amount.where, *(term.where for term in amount.terms))


def _problem(entry: Entry, reason: str) -> Problem:
    return Problem(
        entry.file, entry.id, "value", reason, "请对照现有表式、提纲和 docs/evaluation-reports.md 改正"
    )
