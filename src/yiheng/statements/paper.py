"""The narrative and charts of a department-year, from the policy's template for its kind and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yiheng.facts import Chart, DepartmentYear, Section, Table
from yiheng.money import MoneyUnit
from yiheng.policy import Entry, Policy, Problem, thaw
from yiheng.statements.charts import charts
from yiheng.statements.family import absence
from yiheng.statements.figures import Figures, Look
from yiheng.statements.narrative import sections
from yiheng.statements.selection import Selection
from yiheng.statements.words import Words

GLOSSARY_ID = "glossary.disclosure"


@dataclass(frozen=True, slots=True)
class Narrative:
    """Sections in print order and the charts that go with them."""

    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    entry: Entry


def narrative(department_year: DepartmentYear, tables: tuple[Table, ...], policy: Policy) -> Narrative:
    """The disclosure text (公开说明). Raises `PolicyNotInForce` where no template covers the year."""
    on = dt.date(department_year.year, 12, 31)
    kind = "accounts" if department_year.kind == "accounts" else "budget"
    entry = policy.get(f"narrative.{kind}", department_year.jurisdiction, on)
    template: Mapping[str, Any] = thaw(entry.value)
    glossary = policy.get(GLOSSARY_ID, department_year.jurisdiction, on).value
    for section in template["sections"]:
        if "glossary" in section:
            section["glossary"] = [t for t in glossary if section["glossary"] in t["kinds"]]
    figures = Figures(
        Selection(department_year, absence(policy, department_year)),
        Words(department_year, policy),
        Look(MoneyUnit.of(template["unit"]), template["places"], template["strip"]),
    )
    codes = tuple(t.code for t in tables)
    return Narrative(sections(template, figures, codes), charts(template, figures), entry)


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """What is wrong with a narrative template: figures that no sentence and no other figure uses."""
    problems = []
    for section in entry.value["sections"]:
        for sentence in section.get("sentences", ()):
            text, figures = sentence["text"], sentence.get("figures", {})
            for name in figures:
                if f"{{{name}}}" not in text and not _used(name, sentence):
                    place = f"{section['id']}.{sentence['id']}"
                    problems.append(
                        Problem(entry.file, entry.id, place, f"数字 {name} 没有被用到", "请删去或写入句子")
                    )
    return problems


def _used(name: str, sentence: Mapping[str, Any]) -> bool:
    others = sentence.get("figures", {}).values()
    named = {
        n for f in others for key in ("change", "growth", "share", "completion", "of") for n in f.get(key, ())
    }
    return name in named or str(sentence.get("when", "")).removeprefix("not ") == name
