"""Tables and outline of a monitoring report (监控报告的表式和提纲): the policy entry `monitoring_report`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from yiheng.policy import Entry, Policy, Problem
from yiheng.statements.template import TemplateError, known, needs, texts

REPORT: Final = "report.monitoring"
TYPE: Final = "monitoring_report"
_PROGRESS: Final = frozenset({"label", "reached", "expected", "forecast", "status"})
_MONEY: Final = frozenset({"budget", "spent"})
_WHY: Final = frozenset({"deviation", "action"})
_INDICATOR: Final = _PROGRESS | _WHY | {"level1", "level2", "target", "actual"}
SHOWS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "execution": {"lines": _PROGRESS | _MONEY},
    "department": {"indicators": _INDICATOR},
    "project": {
        "head": frozenset({"label", "value"}), "funds": _PROGRESS | _MONEY | _WHY, "indicators": _INDICATOR,
    },
    "deviations": {
        "deviations": frozenset(
            {"number", "project", "label", "date", "text", "cause", "action", "responsible", "due", "state", "latest"}
        )
    },
}  # fmt: skip
"""What the columns of each block of each table may show."""
HEAD: Final = frozenset({"name", "department", "unit", "as_of"})
CHARTS: Final = frozenset({"execution", "indicators"})
COMMON: Final = frozenset(
    {"owner", "year", "as_of", "projects", "indicators", "judged", "unjudged", "deadline", "deadline_cite", "bands",
     "profile", "budget", "spent", "rate", "expected", "forecast", "status", "why", "behind_projects", "missing_count",
     "missing_names", "deviations_count", "closed_count", "open_count", "overdue_count"}
)  # fmt: skip
"""What every sentence may name."""
_OF_DEVIATION: Final = frozenset(
    {"project", "name", "date", "text", "cause", "action", "due", "state", "latest"}
)
EACH: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset(),
    "statuses": frozenset({"name", "count"}),
    "behind": frozenset({"project", "name", "target", "actual", "reached", "expected", "status", "forecast"}),
    "deviations": _OF_DEVIATION,
    "open": _OF_DEVIATION,
}
"""What a sentence may be said for each of, and what it may name there."""
FLAGS: Final = frozenset(
    {"deadline", "no_deadline", "executed", "not_executed", "execution_behind", "execution_on_time", "deviations",
     "no_deviations", "missing"}
)  # fmt: skip
"""Conditions under which a sentence may be said."""


@dataclass(frozen=True, slots=True)
class TableForm:
    """One table: heading of each column by block, in order. `code` and `title` may name {number} and {name}."""

    code: str
    title: str
    unit: str
    columns: Mapping[str, Mapping[str, str]]
    head: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SentenceForm:
    """A sentence with what it is said for each of, and when."""

    id: str
    text: str
    each: str
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A heading with its sentences, tables and charts."""

    id: str
    level: int
    heading: str
    sentences: tuple[SentenceForm, ...]
    tables: tuple[str, ...]
    charts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The whole report."""

    title: str
    owner_label: str
    blank: str
    tables: Mapping[str, TableForm]
    sections: tuple[SectionForm, ...]


def parse_report(value: Mapping[str, Any]) -> ReportForm:
    """Read the entry's value. Raises `TemplateError` at the first part that cannot be read."""
    whole = {"basis", "title", "owner_label", "blank", "tables", "sections"}
    known(value, whole, "监控报告")
    needs(value, tuple(sorted(whole)), "监控报告")
    known(value["tables"], set(SHOWS), "监控报告")
    needs(value["tables"], tuple(SHOWS), "监控报告")
    return ReportForm(
        value["title"], value["owner_label"], value["blank"],
        {name: _table(name, table) for name, table in value["tables"].items()},
        tuple(_section(section) for section in value["sections"]),
    )  # fmt: skip


def _table(name: str, value: Mapping[str, Any]) -> TableForm:
    place = f"监控报告 {name}"
    known(value, {"code", "title", "unit", "columns", "head"}, place)
    needs(value, ("code", "title", "columns"), place)
    known(value["columns"], set(SHOWS[name]), place)
    for block, columns in value["columns"].items():
        known(columns, set(SHOWS[name][block]), f"{place}.{block}")
        needs(columns, ("label",), f"{place}.{block}")
    known(value.get("head", {}), set(HEAD), place)
    return TableForm(
        value["code"], value["title"], value.get("unit", ""), value["columns"], value.get("head", {})
    )


def _section(value: Mapping[str, Any]) -> SectionForm:
    place = f"监控报告 {value.get('id', '')}"
    known(value, {"id", "level", "heading", "sentences", "tables", "charts"}, place)
    needs(value, ("id", "level", "heading"), place)
    tables, charts = texts(value.get("tables", ())), texts(value.get("charts", ()))
    known(dict.fromkeys(tables), set(SHOWS), place)
    known(dict.fromkeys(charts), set(CHARTS), place)
    sentences = tuple(_sentence(sentence, place) for sentence in value.get("sentences", ()))
    return SectionForm(value["id"], value["level"], value["heading"], sentences, tables, charts)


def _sentence(value: Mapping[str, Any], of: str) -> SentenceForm:
    place = f"{of}.{value.get('id', '')}"
    known(value, {"id", "text", "each", "when"}, place)
    needs(value, ("id", "text"), place)
    each, when = value.get("each", ""), texts(value.get("when", ()))
    if each not in EACH:
        raise TemplateError(f"{place}：each 不认识 {each!r}，可用 {'、'.join(sorted(filter(None, EACH)))}")
    known(dict.fromkeys(when), set(FLAGS), place)
    named = {name for _, name, _, _ in Formatter().parse(value["text"]) if name is not None}
    known(dict.fromkeys(named), set(COMMON | EACH[each]), place)
    return SentenceForm(value["id"], value["text"], each, when)


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """What is wrong with the entry; its first part that cannot be read."""
    try:
        parse_report(entry.value)
    except TemplateError as error:
        reason = str(error)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        reason = f"不能解析：{error!r}"
    else:
        return []
    return [Problem(entry.file, entry.id, "value", reason, "请对照自带的条目改正")]
