"""Sentences of a monitoring report, from the same lines as its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import Formatter
from typing import Final

from yiheng.facts import Chart, Figure, Section, Sentence, Table
from yiheng.facts.sentence import Span
from yiheng.money import Amount, MoneyUnit, format_amount
from yiheng.scoring.profiles import is_house
from yiheng.scoring.rowscore import show
from yiheng.statements.monitoring.form import ReportForm, SentenceForm
from yiheng.statements.monitoring.ground import terms
from yiheng.statements.monitoring.tables import MONEY, RULES, latest, whole
from yiheng.statements.monitoring.watched import Deviating, Line, Watched, percent

COUNTS: Final = frozenset(
    {"projects", "indicators", "judged", "unjudged", "missing_count", "deviations_count", "closed_count", "open_count",
     "overdue_count", "count"}
)  # fmt: skip
RATES: Final = frozenset({"rate", "expected", "forecast", "reached"})
PLACES: Final = 2


@dataclass(frozen=True, slots=True)
class _Setting:
    """What may be named where a sentence is said once."""

    key: str
    words: Mapping[str, str]


def sections(
    form: ReportForm,
    watched: Watched,
    tables: Mapping[str, Sequence[Table]],
    charts: Mapping[str, Sequence[Chart]],
) -> tuple[Section, ...]:
    """The report in order. What does not hold is not said."""
    telling = _Telling(watched)
    return tuple(
        Section(
            section.id, section.level, section.heading,
            tuple(sentence for spec in section.sentences for sentence in telling.say(section.id, spec)),
            tuple(table.code for name in section.tables for table in tables[name]),
            tuple(chart.id for name in section.charts for chart in charts[name]),
        )
        for section in form.sections
    )  # fmt: skip


class _Telling:
    """What one watched department-year lets its report say."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched
        self._whole = whole(watched)
        self._late = [line for line in watched.execution[1:] if watched.behind(line)]
        self._missing = [f for f in watched.findings if f.rule == "monitor.deviation"]
        self._common = self._words()
        self._flags = self._holding()

    def say(self, section: str, spec: SentenceForm) -> Iterator[Sentence]:
        """The sentence, as often as it is said."""
        if not self._flags.issuperset(spec.when):
            return
        for setting in self._each(spec.each):
            id = f"{section}.{spec.id}" + (f".{setting.key}" if setting.key else "")
            yield Sentence(id, tuple(self._spans(id, spec.text, {**self._common, **setting.words})))

    def _spans(self, id: str, template: str, named: Mapping[str, str]) -> Iterator[Span]:
        for text, name, _, _ in Formatter().parse(template):
            if text:
                yield text
            if name is not None:
                yield self._figure(id, name, named[name])

    def _figure(self, id: str, name: str, text: str) -> Span:
        address = f"说明[{id}.{name}]"
        if name in MONEY and self._whole.amounts is not None:
            which, grounds = MONEY.index(name), self._whole.grounds
            behind = terms((grounds.budget, grounds.spent)[which])
            amount = Amount(self._whole.amounts[which])
            return Figure(name, address, text, "amount", amount, terms=behind, rule=RULES[which])
        if name in COUNTS:
            return Figure(name, address, text, "count", rule="监控各行计数")
        if name in RATES:
            return Figure(name, address, text, "rate", rule="监控情况表")
        return text

    def _words(self) -> Mapping[str, str]:
        watched, line = self._watched, self._whole
        year, due = watched.department_year, watched.deadline
        judged = sum(1 for each in watched.indicators if each.progress is not None)
        open = [each for each in watched.deviations if not each.closed]
        money = [format_amount(fen, MoneyUnit.WAN, PLACES) for fen in line.amounts or (0, 0)]
        progress = line.progress
        return {
            "owner": year.unit.name, "year": str(year.year), "as_of": _day(watched.as_of.isoformat()),
            "projects": str(len(watched.execution) - 1), "indicators": str(len(watched.indicators)),
            "judged": str(judged), "unjudged": str(len(watched.indicators) - judged),
            "deadline": _day(due.day.isoformat()) if due else "", "deadline_cite": due.entry.cite() if due else "",
            "bands": _bands(watched), "profile": _profile(watched), "budget": money[0], "spent": money[1],
            "rate": (percent(progress.reached) or "") if progress else "",
            "expected": (percent(progress.expected) or "") if progress else "",
            "forecast": line.forecast, "status": line.status, "why": line.note,
            "behind_projects": "、".join(f"{each.name}（{percent(_reached(each))}）" for each in self._late),
            "missing_count": str(len(self._missing)), "missing_names": "、".join(f.place for f in self._missing),
            "deviations_count": str(len(watched.deviations)), "open_count": str(len(open)),
            "closed_count": str(len(watched.deviations) - len(open)),
            "overdue_count": str(sum(1 for each in open if each.overdue)),
        }  # fmt: skip

    def _holding(self) -> frozenset[str]:
        watched = self._watched
        known = self._whole.progress is not None
        holds = {
            "deadline": watched.deadline is not None, "no_deadline": watched.deadline is None, "executed": known,
            "not_executed": not known, "execution_behind": known and bool(self._late),
            "execution_on_time": known and not self._late, "deviations": bool(watched.deviations),
            "no_deviations": not watched.deviations, "missing": bool(self._missing),
        }  # fmt: skip
        return frozenset(name for name, is_so in holds.items() if is_so)

    def _each(self, name: str) -> Iterator[_Setting]:
        watched = self._watched
        if name == "statuses":
            yield from self._statuses()
        elif name == "behind":
            yield from (self._line(line) for line in watched.indicators if watched.behind(line))
        elif name in ("deviations", "open"):
            yield from (
                _deviating(each) for each in watched.deviations if name == "deviations" or not each.closed
            )
        else:
            yield _Setting("", {})

    def _statuses(self) -> Iterator[_Setting]:
        for band in self._watched.profile.bands:
            count = sum(
                1
                for line in self._watched.indicators
                if line.progress and line.progress.status and line.progress.status.name == band.name
            )
            if count:
                yield _Setting(band.colour, {"name": band.name, "count": str(count)})

    def _line(self, line: Line) -> _Setting:
        project = self._watched.department_year.record("project", line.project)
        progress = line.progress
        return _Setting(
            line.key,
            {
                "project": project.get("name") if project else "部门指标", "name": line.name, "target": line.target,
                "actual": line.actual, "status": line.status, "forecast": line.forecast or "无法推算",
                "reached": (percent(progress.reached) or "") if progress else "",
                "expected": (percent(progress.expected) or "") if progress else "",
            },
        )  # fmt: skip


def _deviating(each: Deviating) -> _Setting:
    return _Setting(
        each.key,
        {
            "project": each.project or "部门", "name": each.subject, "date": each.date, "text": _bare(each.text),
            "cause": _bare(each.cause), "action": _bare(each.action), "due": each.due, "state": each.state,
            "latest": _bare(latest(each)),
        },
    )  # fmt: skip


def _bare(text: str) -> str:
    """Without the stop that the sentence brings."""
    return text.rstrip("。；")


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _reached(line: Line) -> Fraction | None:
    return line.progress.reached if line.progress else None


def _bands(watched: Watched) -> str:
    return "、".join(f"{band.name}（{show(band.low * 100)}%及以上）" for band in watched.profile.bands)


def _profile(watched: Watched) -> str:
    entry = watched.profile.entry
    return "系统默认，没有文件规定" if is_house(entry) else f"依据{entry.cite()}"
