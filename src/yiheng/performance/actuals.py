"""Actuals that the system gives (由系统得出的实际完成值): computed from the ledger, or measured by a query. Pure.

An actual of kind 台账计算 or 业务查询 gets its value here, and so does an indicator that names a measure or query
itself. What a person wrote over it stays, with the difference beside it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from yiheng.facts import DepartmentYear, Finding, Outcome, Record, Severity, Source
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.grammar import squeeze
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.measures import Measures
from yiheng.scoring.override import ActualSource, Override, override

from .measures import CouldNotMeasure, Measurement, measured
from .providers import Provider, ask

SOURCES: Final = {"computed": ActualSource.COMPUTED, "measured": ActualSource.MEASURED}
COLUMN: Final = {"computed": "measure", "measured": "query"}
"""Kind of actual → the column that says what gives its value."""
TITLES: Final = {
    "could-not-run": "实际完成值无法得出",
    "override": "改写没有理由或与系统不符",
    "unnamed": "没有取数口径",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One actual that the system gave, or could not give."""

    key: str
    """Key of the actual; of one that only its indicator asks for, of the indicator."""
    indicator: str
    name: str
    day: dt.date
    kind: str
    asked: str
    """Id of the measure, or name of the query; "" where nobody says which."""
    label: str
    found: Measurement | CouldNotMeasure
    value: str
    """What is used: that of the system, or what a person wrote instead."""
    override: Override | None = None
    problem: str = ""
    """What is wrong with what a person wrote."""
    place: str = ""

    @property
    def could_not_run(self) -> bool:
        """Whether the system has no value."""
        return isinstance(self.found, CouldNotMeasure)

    def data(self) -> dict[str, Any]:
        """As `--json` prints it. Its facts are told by table: how many rows it rests on."""
        found = self.found
        return {
            "indicator": self.indicator, "name": self.name, "date": self.day.isoformat(), "kind": self.kind,
            "measure": self.asked, "label": self.label, "value": self.value,
            "system": found.text if isinstance(found, Measurement) else None,
            "words": found.words if isinstance(found, Measurement) else "",
            "sources": _tables(found), "override": self.override.text() if self.override else "",
            "reason": self.override.reason if self.override else "", "problem": self.problem,
            "could_not_run": found.reason if isinstance(found, CouldNotMeasure) else "",
        }  # fmt: skip


def _tables(found: Measurement | CouldNotMeasure) -> list[dict[str, Any]]:
    if isinstance(found, CouldNotMeasure):
        return []
    rows = Counter(fact.source.table for fact in found.facts)
    return [{"table": table, "rows": number} for table, number in rows.items()]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A department-year whose actuals all have their values, and where those of the system come from."""

    department_year: DepartmentYear
    taken: tuple[Taken, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What could not run, and overrides that contradict the system."""
        return tuple(finding for taken in self.taken for finding in _findings(taken))


def resolve(
    department_year: DepartmentYear, policy: Policy, days: Sequence[dt.date], provider: Provider | None = None
) -> Resolved:
    """Give every actual of the system its value, and each indicator with a measure one actual on each of the days.

    Only the last of the days is told of where an indicator could not be measured.
    """
    asking = _Asking(department_year, policy, provider)
    taken, records = [], []
    for record in department_year.records:
        if record.kind == "actual" and record.get("kind") in SOURCES:
            found = asking.actual(record)
            taken.append(found)
            if found.value:
                records.append(_filled(record, found))
        else:
            records.append(record)
    told = {(r.get("indicator"), r.get("date")) for r in department_year.records_of("actual")}
    for indicator in department_year.records_of("indicator"):
        for found in asking.indicator(
            indicator, [d for d in days if (indicator.key, d.isoformat()) not in told]
        ):
            if found.value:
                records.append(_made(indicator, found))
            if found.day == max(days):
                taken.append(found)
    return Resolved(replace(department_year, records=tuple(records)), tuple(taken))


@dataclass(frozen=True, slots=True)
class _Asking:
    department_year: DepartmentYear
    policy: Policy
    provider: Provider | None

    def actual(self, record: Record) -> Taken:
        """What the system gives for an actual, and what stands there instead."""
        year, kind = self.department_year.year, record.get("kind")
        day = dt.date.fromisoformat(record.get("date")) if record.get("date") else dt.date(year, 12, 31)
        indicator = self.department_year.record("indicator", record.get("indicator"))
        asked = record.get(COLUMN[kind]) or (indicator.get(COLUMN[kind]) if indicator else "")
        taken = self._taken(record.key, indicator, record.get("indicator"), day, kind, asked, record.source)
        return self._written_over(taken, record) if record.get("value") else taken

    def indicator(self, record: Record, days: Iterable[dt.date]) -> Iterator[Taken]:
        """What the system gives for an indicator on each of the days, where it names a measure or query."""
        for kind, column in COLUMN.items():
            if asked := record.get(column):
                for day in days:
                    yield self._taken(record.key, record, record.key, day, kind, asked, record.source)

    def _taken(
        self, key: str, indicator: Record | None, of: str, day: dt.date, kind: str, asked: str, source: Source
    ) -> Taken:
        project = indicator.get("project") if indicator else ""
        label, found = self._ask(kind, asked, project, day)
        value = found.text if isinstance(found, Measurement) else ""
        name = (indicator.get("level3") or indicator.get("level2")) if indicator else ""
        return Taken(key, of, name or of, day, kind, asked, label, found, value, place=source.place or key)

    def _ask(
        self, kind: str, asked: str, project: str, day: dt.date
    ) -> tuple[str, Measurement | CouldNotMeasure]:
        if not asked:
            what = "取数口径" if kind == "computed" else "业务查询"
            return "", CouldNotMeasure(
                f"没有填{what}，不知道由什么得出", f"在实际完成值或它的绩效指标填写{what}"
            )
        if kind == "measured":
            return asked, ask(self.provider, asked, self.department_year, project, day)
        measures = Measures.of(self.policy, self.department_year.jurisdiction, day)
        measure = measures.by_id.get(asked)
        if measure is None:
            return asked, CouldNotMeasure(unknown_measure(asked, measures), "请改正取数口径的编号")
        return measure.name, measured(measure, self.department_year, project, day, measures)

    def _written_over(self, taken: Taken, record: Record) -> Taken:
        """The same with the value that a person wrote, its difference, and what is wrong with it."""
        value, stated, reason = (record.get(name) for name in ("value", "system_value", "override_reason"))
        if isinstance(taken.found, CouldNotMeasure):
            return replace(taken, value=value)
        system = taken.found.text
        problem = ""
        if stated and squeeze(stated) != squeeze(system):
            problem = f"改写时系统得出 {stated}，现在得出 {system}"
        lexicon = Lexicon.of(self.policy, self.department_year.jurisdiction, taken.day)
        try:
            found = override(system, value, SOURCES[taken.kind], reason, lexicon, taken.day.year)
        except ScoringError as error:
            return replace(taken, value=value, problem=str(error))
        return replace(taken, value=value, override=found, problem=problem)


def unknown_measure(asked: str, measures: Measures) -> str:
    """Why nothing can be computed by that id."""
    return f"没有取数口径“{asked}”，现有：{'、'.join(f'{m.id} {m.name}' for m in measures.by_id.values())}"


def _filled(record: Record, taken: Taken) -> Record:
    """The actual with its value; what the system gave is its evidence, unless a person wrote over it."""
    fields = {**record.fields, "value": taken.value, "date": taken.day.isoformat()}
    if isinstance(taken.found, Measurement) and not record.get("value"):
        fields |= {"evidence_kind": "query", "evidence": taken.found.words}
    return replace(record, fields=fields)


def _made(indicator: Record, taken: Taken) -> Record:
    assert isinstance(taken.found, Measurement)
    key = f"{indicator.key}@{taken.day.isoformat()}"
    fields = {
        "key": key, "unit": indicator.unit, "year": str(indicator.year), "indicator": indicator.key, "kind": taken.kind,
        "value": taken.value, "date": taken.day.isoformat(), "date_precision": "day", "evidence_kind": "query",
        "evidence": taken.found.words,
    }  # fmt: skip
    return Record("actual", key, indicator.unit, indicator.year, fields, Source("系统计算", key))


def _findings(taken: Taken) -> Iterator[Finding]:
    place = f"{taken.name}（{taken.place}）" if taken.place != taken.name else taken.name
    if isinstance(taken.found, CouldNotMeasure):
        rule = "could-not-run" if taken.asked else "unnamed"
        yield Finding(
            f"performance.{rule}", TITLES[rule], Severity.WARNING, Outcome.COULD_NOT_RUN, place, taken.value, "",
            message=taken.found.reason, next_step=taken.found.remedy,
        )  # fmt: skip
    elif taken.problem:
        yield Finding(
            "performance.override", TITLES["override"], Severity.ERROR, Outcome.FAIL, place, taken.value,
            taken.found.text, message=taken.problem, next_step="请核对改写的值和理由；无须改写的，清空实际完成值",
        )  # fmt: skip
