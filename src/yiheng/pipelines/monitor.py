"""Monitoring (绩效运行监控): budget execution against time and indicators against their curves, at any day.

1. read budget and spending by project at every month's end up to the day; 2. give every actual of the ledger or of a
query its value, and read what each indicator had reached by the day; 3. set both against what was due; 4. give status
and forecast by the profile in force; 5. join the deviations with their follow-up, and name what has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import Final

from yiheng.facts import DepartmentYear, Fact, Finding, Outcome, Record, Severity
from yiheng.facts.days import month_end
from yiheng.facts.disclosure import DayTotals, Scope, mask, masker, scope
from yiheng.ledger import queries
from yiheng.ledger.queries import CouldNotRun
from yiheng.money import round_to
from yiheng.performance.actuals import Taken, resolve
from yiheng.performance.curves import curve_of
from yiheng.performance.deviations import Followed, followed
from yiheng.performance.measures import Measurement
from yiheng.performance.models import State
from yiheng.performance.providers import Provider
from yiheng.pipelines.progress import Progress, silent
from yiheng.policy import Policy, PolicyUnknown
from yiheng.scoring.actual import parse_actual
from yiheng.scoring.attainment import Status, attain
from yiheng.scoring.curve import Curve, Observation, monitor
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.grammar import parse
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.profiles import MonitoringProfile
from yiheng.scoring.sheet import COST
from yiheng.statements.monitoring.watched import WHOLE, Deadline, Deviating, Entered, Grounds, Line, Watched

NO_PROJECT: Final = ""
"""Code of the whole department-year among the lines of budget execution."""
DEADLINE: Final = "deadline.monitoring-report"


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the lines of one day are judged by."""

    as_of: dt.date
    profile: MonitoringProfile
    lexicon: Lexicon


def watch(
    department_year: DepartmentYear,
    policy: Policy,
    as_of: dt.date,
    provider: Provider | None = None,
    progress: Progress = silent,
) -> Watched:
    """Where the department-year stands at the end of the day. The ledger must be open.

    `provider` answers the queries of measured actuals. Raises `ScoringError` for a day outside the year, a target or
    a curve that cannot be read.
    """
    if as_of.year != department_year.year:
        raise ScoringError(f"监控日期 {as_of.isoformat()} 不在 {department_year.year} 年度内。")
    place = department_year.jurisdiction
    hidden = scope(policy, department_year)
    rules = _Rules(as_of, MonitoringProfile.of(policy, place, as_of), Lexicon.of(policy, place, as_of))
    total = watched_parts(department_year)
    progress("给实际完成值取数", 0, total)
    resolved = resolve(mask(department_year, hidden), policy, _days(as_of), provider)
    shown = resolved.department_year
    found = [_deviating(shown, each) for each in followed(shown, as_of)]
    execution, indicators = [], []
    progress("分析预算执行", 1, total)
    for line in _execution(department_year, rules, hidden):
        execution.append(replace(line, deviations=tuple(_own(line, found))))
    for number, line in enumerate(_indicators(shown, rules, resolved.taken), 2):
        progress(f"分析指标：{line.name}", min(number, total), total)
        indicators.append(replace(line, deviations=tuple(_own(line, found))))
    watched = Watched(
        shown,
        as_of,
        tuple(execution),
        tuple(indicators),
        rules.profile,
        tuple(deviating for _, deviating in found),
        resolved.findings,
        _deadline(policy, place, as_of),
    )
    return replace(watched, findings=(*watched.findings, *_findings(watched)))


def watched_parts(department_year: DepartmentYear) -> int:
    """How many parts the progress of `watch` has: the actuals, the execution, each indicator."""
    return 2 + sum(1 for _ in department_year.records_of("indicator"))


def public_grounds(watched: Watched, rule: Scope) -> Watched:
    """The same with inner rows behind its figures added up, as the public may see them."""
    of_year = watched.department_year
    totals = DayTotals(rule, of_year.document, watched.as_of)

    def shown(line: Line) -> Line:
        own = line.grounds
        return replace(
            line,
            grounds=replace(
                own,
                facts=totals.of(own.facts),
                budget=totals.of(own.budget),
                spent=totals.of(own.spent),
            ),
        )

    return replace(
        watched,
        execution=tuple(shown(line) for line in watched.execution),
        indicators=tuple(shown(line) for line in watched.indicators),
    )


def _days(as_of: dt.date) -> Sequence[dt.date]:
    return [*(month_end(as_of.year, month) for month in range(1, as_of.month)), as_of]


def _execution(department_year: DepartmentYear, rules: _Rules, hidden: Scope) -> Iterator[Line]:
    year = department_year.year
    seen: dict[str, list[Observation]] = {}
    last: Mapping[str, tuple[int, int]] = {}
    rows: Mapping[str, tuple[tuple[Fact, ...], tuple[Fact, ...]]] = {}
    for day in _days(rules.as_of):
        found = queries.execution(department_year.unit.key, year, "project", "project", day)
        if isinstance(found, CouldNotRun):
            yield Line(WHOLE, "预算执行", "", "", "", None, f"{found.reason}。请录入有日期的支付后再监控")
            return
        last = {line.code: (line.adjusted.fen, line.spent.fen) for line in found}
        rows = {line.code: line.rows for line in found}
        last = {**last, NO_PROJECT: (sum(b for b, _ in last.values()), sum(s for _, s in last.values()))}
        for code, (budget, spent) in last.items():
            if budget > 0:
                seen.setdefault(code, []).append(Observation(day, Fraction(spent, budget)))
    behind = _masked(department_year, hidden, rows)
    for code in (NO_PROJECT, *(code for code in last if code)):
        own = tuple(seen.get(code, ()))
        progress = monitor(own, Curve(), rules.as_of, year, rules.profile)
        key, name = _named(department_year, code, hidden.label)
        amounts = last.get(code, (0, 0))
        planned, paid = (f"{round_to(Fraction(fen, 100), 2)} 元" for fen in amounts)
        note = "" if progress else "没有预算，执行率无法计算"
        project = "" if key == WHOLE else key
        yield Line(
            key, name, project, planned, paid, progress, note, amounts=amounts, curve=Curve().shape.label,
            observations=own, grounds=behind.get(code, Grounds()),
        )  # fmt: skip


def _masked(
    department_year: DepartmentYear,
    hidden: Scope,
    rows: Mapping[str, tuple[tuple[Fact, ...], tuple[Fact, ...]]],
) -> Mapping[str, Grounds]:
    """The rows behind each line of execution, all of them behind the whole; secret projects without their name."""
    found: dict[str, Grounds] = {}
    masked = masker(department_year, hidden)
    for code, sides in rows.items():
        budget, spent = (tuple(filter(None, map(masked, side))) for side in sides)
        found[code] = Grounds(budget=budget, spent=spent)
    whole = Grounds(
        budget=tuple(chain.from_iterable(each.budget for each in found.values())),
        spent=tuple(chain.from_iterable(each.spent for each in found.values())),
    )
    return {**found, NO_PROJECT: whole}


def _named(department_year: DepartmentYear, code: str, hidden: str) -> tuple[str, str]:
    """Key and name of a line; a secret project shows neither."""
    project = department_year.record("project", code) if code else None
    if project is None:
        return (code, code) if code else (WHOLE, "全部支出")
    return ("", hidden) if project.get("secret") == "是" else (code, project.get("name") or code)


def _indicators(department_year: DepartmentYear, rules: _Rules, taken: Iterable[Taken]) -> Iterator[Line]:
    actuals: dict[str, list[Record]] = {}
    by_system = {(each.indicator, each.day.isoformat()): each for each in taken}
    for record in department_year.records_of("actual"):
        if record.get("date") and dt.date.fromisoformat(record.get("date")) <= rules.as_of:
            actuals.setdefault(record.get("indicator"), []).append(record)
    for indicator in department_year.records_of("indicator"):
        own = sorted(actuals.get(indicator.key, []), key=lambda r: r.get("date"))
        given = by_system.get((indicator.key, own[-1].get("date"))) if own else None
        yield replace(_indicator(indicator, own, rules), grounds=_grounds(indicator, own, given))


def _grounds(indicator: Record, actuals: Sequence[Record], given: Taken | None) -> Grounds:
    """The rows of the indicator and of its last actual; what the system reckoned with where it gave that actual."""
    found = given.found if given and not given.override else None
    words, facts = (found.words, found.facts) if isinstance(found, Measurement) else ("", ())
    return Grounds(indicator.source, actuals[-1].source if actuals else None, words, facts)


def _indicator(indicator: Record, actuals: list[Record], rules: _Rules) -> Line:
    text, curve = indicator.get("target"), curve_of(indicator)
    line = Line(
        indicator.key, _name(indicator), indicator.get("project"), text, actuals[-1].get("value") if actuals else "",
        None, levels=(indicator.get("level1"), indicator.get("level2")), curve=curve.shape.label,
    )  # fmt: skip
    if not text:
        return replace(line, note="没有填指标值")
    if not actuals:
        return replace(line, note="没有截至该日的实际完成值")
    target = parse(text, rules.lexicon, indicator.year)
    observations, notes = [], []
    for record in actuals:
        found = attain(
            target,
            parse_actual(record.get("value"), rules.lexicon, indicator.year, target),
            rules.lexicon,
            lower_is_better=indicator.get("level2") == COST,
        )
        if found.ratio is not None:
            observations.append(Observation(dt.date.fromisoformat(record.get("date")), found.ratio))
        else:
            notes.append("已完成" if found.status is Status.MET else found.reason)
    progress = monitor(observations, curve, rules.as_of, indicator.year, rules.profile)
    note = notes[-1] if notes else ""
    return replace(line, progress=progress, note=note, observations=tuple(observations))


def _name(indicator: Record) -> str:
    return indicator.get("level3") or indicator.get("level2") or indicator.get("level1")


def _deviating(department_year: DepartmentYear, found: Followed) -> tuple[Followed, Deviating]:
    record = found.record
    indicator = department_year.record("indicator", record.get("indicator"))
    project = department_year.record("project", record.get("project"))
    name = project.get("name") if project else ""
    history = tuple(
        Entered(e.get("dated"), State(e.get("state")).label, e.get("text"), e.get("responsible"))
        for e in found.history
    )
    return found, Deviating(
        record.key, _name(indicator) if indicator else "预算执行", name, record.get("dated"), record.get("text"),
        record.get("cause"), record.get("action"), record.get("responsible"), record.get("due"), found.closed,
        found.overdue, found.label, history,
    )  # fmt: skip


def _own(line: Line, found: list[tuple[Followed, Deviating]]) -> Iterator[Deviating]:
    """The deviations of a line; one without a key is that of a secret project, whose deviations are not shown."""
    indicator = line.key if line.is_indicator else ""
    return (deviating for each, deviating in found if line.key and each.is_about(indicator, line.project))


def _findings(watched: Watched) -> Iterator[Finding]:
    """What is behind and has no entry, and entries that are overdue. A secret project is not asked for one here."""
    for line in watched.lines:
        if line.key and watched.behind(line) and not line.deviations:
            yield Finding(
                "monitor.deviation", "偏差没有记录", Severity.WARNING, Outcome.FAIL,
                f"{line.name}（{line.key}）", line.actual, line.target,
                message=f"状态为“{line.status}”，没有写偏差、原因和措施",
                next_step="请在“偏差”表填写；只是监控口径不合适的，改正指标的进度曲线",
            )  # fmt: skip
    for each in watched.deviations:
        if each.overdue:
            yield Finding(
                "monitor.overdue", "偏差逾期未关闭", Severity.WARNING, Outcome.FAIL, f"{each.subject}（{each.key}）",
                message=f"应于 {each.due} 完成，截至 {watched.as_of.isoformat()} 没有关闭",
                next_step="请在“偏差跟踪”表填写进展；已完成的，附佐证关闭",
            )  # fmt: skip


def _deadline(policy: Policy, place: str, as_of: dt.date) -> Deadline | None:
    """The day by which the report of the year is due; None where no rule of the place is known."""
    try:
        entry = policy.get(DEADLINE, place, as_of)
    except PolicyUnknown:
        return None
    return Deadline(dt.date(as_of.year, entry.value["month"], entry.value["day"]), entry)
