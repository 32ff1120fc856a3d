"""Sentences made of templates for tests: a ledger of a few facts, and what a template says of it."""

import yaml
from tests.examples.reader import policy
from tests.statements.ledger import ABSENCE, fact, of_centre

from yiheng.facts import DepartmentYear, Gap, Section
from yiheng.money import MoneyUnit
from yiheng.policy import freeze
from yiheng.statements.figures import Figures, Look
from yiheng.statements.narrative import sections
from yiheng.statements.narrative_spec import NarrativeSpec
from yiheng.statements.narrative_template import parse_narrative
from yiheng.statements.selection import Selection
from yiheng.statements.words import Words


def parsed(sections: str, charts: str = "[]") -> NarrativeSpec:
    shared = {"kind": "accounts", "unit": "万元", "places": 2, "strip": True}
    return parse_narrative(
        freeze({**shared, "sections": yaml.safe_load(sections), "charts": yaml.safe_load(charts)})
    )


def figures(held: DepartmentYear) -> Figures:
    look = Look(MoneyUnit.WAN, 2, True)
    return Figures(Selection(held, ABSENCE), Words(held, policy()), look, {"spending": "支出决算"})


def written(held: DepartmentYear, template: str) -> tuple[Section, ...]:
    return sections(
        parsed(template).sections, figures(held), ("表1", "表2"), {"terms": [{"term": "甲", "text": "乙"}]}
    )


def said(held: DepartmentYear, sentence: str) -> str:
    """The one sentence of a section, as published; a gap shows in brackets."""
    (section,) = written(held, f"[{{id: s, level: 1, heading: 一, sentences: [{sentence}]}}]")
    return "".join(
        s if isinstance(s, str) else f"【{s.what}】" if isinstance(s, Gap) else s.text
        for sentence in section.sentences
        for s in sentence.spans
    )


def two_years(now: int, before: int | None, quantum: int = 0) -> DepartmentYear:
    facts = [fact("spending", now, quantum=quantum)]
    if before is not None:
        facts.append(fact("spending", before, year=2019, quantum=quantum))
    return of_centre(*facts)
