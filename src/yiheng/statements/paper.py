"""The narrative and charts of a department-year, from the policy's template for its kind and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from yiheng.facts import Chart, DepartmentYear, Section, Table, vocabulary
from yiheng.money import MoneyUnit
from yiheng.policy import Entry, Policy, Problem
from yiheng.statements.bound import bind
from yiheng.statements.chart_sources import Printed
from yiheng.statements.charts import charts
from yiheng.statements.family import absence
from yiheng.statements.figures import Figures, Look
from yiheng.statements.narrative import Glossary, sections
from yiheng.statements.narrative_spec import AmountSpec, NarrativeSpec
from yiheng.statements.narrative_template import amounts_of, parse_narrative
from yiheng.statements.selection import Selection
from yiheng.statements.template import TemplateError
from yiheng.statements.words import Words

TYPE = "narrative"
GLOSSARY_ID = "glossary.disclosure"


@dataclass(frozen=True, slots=True)
class Narrative:
    """Sections in print order and the charts that go with them."""

    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    entry: Entry


def narrative(department_year: DepartmentYear, tables: Sequence[Table], policy: Policy) -> Narrative:
    """The disclosure text (公开说明). Raises `PolicyNotInForce` where no template covers the year."""
    on, place = dt.date(department_year.year, 12, 31), department_year.jurisdiction
    entry = _entry(department_year, policy)
    spec, look = _parsed(entry), look_of(department_year, policy)
    measures = vocabulary.measures(policy, place, on)
    figures = Figures(
        Selection(department_year, absence(policy, department_year)),
        Words(department_year, policy),
        look,
        {name: value["label"] for name, value in measures.items()},
    )
    glossaries = {
        kind: _glossary(policy, place, on, kind) for kind in {s.glossary for s in spec.sections} - {""}
    }
    codes = tuple(table.code for table in tables)
    written = bind(sections(spec.sections, figures, codes, glossaries), tables, look)
    return Narrative(written, charts(spec.charts, figures, Printed(tables, written)), entry)


def look_of(department_year: DepartmentYear, policy: Policy) -> Look:
    """How the narrative of the department-year prints amounts. Raises `PolicyNotInForce` as `narrative` does."""
    spec = _parsed(_entry(department_year, policy))
    return Look(MoneyUnit.of(spec.unit), spec.places, spec.strip)


def _entry(department_year: DepartmentYear, policy: Policy) -> Entry:
    """The template in force for the kind, the place and the year."""
    on = dt.date(department_year.year, 12, 31)
    return policy.get(f"narrative.{department_year.kind}", department_year.jurisdiction, on)


@lru_cache(maxsize=64)
def _parsed(entry: Entry) -> NarrativeSpec:
    return parse_narrative(entry.value)


def _glossary(policy: Policy, place: str, on: dt.date, kind: str) -> Glossary:
    """The terms that papers of the kind explain."""
    terms: Sequence[Mapping[str, str]] = policy.get(GLOSSARY_ID, place, on).value
    return [term for term in terms if kind in term["kinds"]]


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """What is wrong with a narrative template: unreadable parts, unknown measures, views, dimensions and codes."""
    try:
        spec = parse_narrative(entry.value)
    except TemplateError as error:
        return [_problem(entry, str(error))]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return [_problem(entry, f"说明模板不能解析：{error!r}")]
    return [
        problem
        for place, amount in _amounts(spec)
        for problem in _amount_problems(entry, policy, place, amount)
    ]


def _problem(entry: Entry, reason: str) -> Problem:
    return Problem(entry.file, entry.id, "value", reason, "请对照现有模板和 docs/table-families.md 改正")


def _amount_problems(entry: Entry, policy: Policy, place: str, amount: AmountSpec) -> Iterator[Problem]:
    measures = [measure for term in amount.terms for measure in term.measures]
    yield from vocabulary.unknown_words(entry, policy, place, measures, amount.views)
    where = (amount.where, *(term.where for term in amount.terms))
    yield from vocabulary.unknown_predicates(entry, policy, place, where)


def _amounts(spec: NarrativeSpec) -> Iterator[tuple[str, AmountSpec]]:
    """Every amount that the template asks for, with its place."""
    for section in spec.sections:
        if section.each:
            yield section.id, section.each.amount
        for sentence in section.sentences:
            place = f"{section.id}.{sentence.id}"
            yield from ((place, amount) for amount in amounts_of(sentence))
    for chart in spec.charts:
        each = [chart.each.amount] if chart.each else []
        amounts = (*(item.amount for item in chart.items), chart.amount, chart.budget, *each)
        yield from ((chart.id, amount) for amount in amounts if amount is not None)
