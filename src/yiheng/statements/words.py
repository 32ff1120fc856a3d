"""Words in tables: names of codes, units and projects, and the fields of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property

from yiheng.facts import DepartmentYear, Record
from yiheng.policy import Classification, Policy

ORDINALS = "一二三四五六七八九十"
_PROJECT_CODES = frozenset({"project_type", "period_type", "arrangement", "purpose", "office"})
"""Fields of a project that hold a code of the classification of the same name."""
_NAMED_DIMS = {"function": "function", "economic": "economic", "item": "procurement"}


def ordinal(number: int) -> str:
    """A number as Chinese headings count: 1 一, 11 十一, 21 二十一 (up to 99)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else ORDINALS[tens - 1] + "十"
    return head + (ORDINALS[ones - 1] if ones else "")


class Words:
    """Looks up what the tables and sentences of one department-year print in words."""

    def __init__(self, department_year: DepartmentYear, policy: Policy) -> None:
        self.department_year = department_year
        self._policy = policy
        self._on = dt.date(department_year.year, 12, 31)
        self._classifications: dict[str, Classification] = {}
        self._projects = {r.key: r for r in department_year.records_of("project")}

    def placeholders(self) -> Mapping[str, str]:
        """The words that labels and headings may name: {year}, {prior}, {owner}, {department}."""
        return self._placeholders

    @cached_property
    def _placeholders(self) -> Mapping[str, str]:
        year, unit = self.department_year.year, self.department_year.unit
        above = self.department_year.department
        return {
            "year": str(year),
            "prior": str(year - 1),
            "owner": unit.name,
            "department": above.name if above else unit.name,
        }

    def name_of(self, dim: str, code: str, overrides: Mapping[str, str] | None = None) -> str:
        """The official name of a code in the paper's year; an unlisted code keeps itself as its name.

        A form may have a name of its own for a code; a form that is carried on into later years lets go of a name
        that the classification no longer has.
        """
        classification = self._classification(_NAMED_DIMS[dim])
        own = (overrides or {}).get(code, "")
        if own and not classification.is_former_name(code, own):
            return own
        return classification.name(code) if classification.knows(code) else code

    def project(self, key: str) -> Record | None:
        """The record of a project."""
        return self._projects.get(key)

    def project_name(self, key: str) -> str:
        """The name of a project; an unknown one keeps its key."""
        record = self._projects.get(key)
        return record.get("name") if record else key

    def in_project_order(self, keys: Iterable[str]) -> list[str]:
        """The projects in the order of the ledger, unknown ones last by key."""
        order = {key: number for number, key in enumerate(self._projects)}
        return sorted(keys, key=lambda key: (order.get(key, len(order)), key))

    def project_field(self, key: str, field: str) -> str:
        """A field of the project as printed: codes with their names, `span` as 2021.1.1-2021.12.31."""
        record = self._projects.get(key)
        if record is None:
            return ""
        if field == "span":
            return _span(record.get("start"), record.get("end"))
        text = record.get(field)
        if field in _PROJECT_CODES and text:
            classification = self._classification(field)
            return f"{text} {classification.name(text)}" if classification.knows(text) else text
        return text

    def _classification(self, name: str) -> Classification:
        if name not in self._classifications:
            place = self.department_year.jurisdiction
            self._classifications[name] = self._policy.classification(name, self._on, place)
        return self._classifications[name]


def _span(start: str, end: str) -> str:
    if not (start and end):
        return ""
    return "-".join(f"{d.year}.{d.month}.{d.day}" for d in map(dt.date.fromisoformat, (start, end)))
