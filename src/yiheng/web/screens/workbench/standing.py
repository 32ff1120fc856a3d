"""How a unit-year stands (单位状态): execution against time, indicator colours, failing checks, for one card."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from yiheng.facts import Finding, Outcome, Severity
from yiheng.ledger.queries import NoDepartmentYear, department_years
from yiheng.pipelines.assemble import KIND_TITLES
from yiheng.pipelines.monitor import watch
from yiheng.policy import PolicyUnknown
from yiheng.scoring.errors import ScoringError
from yiheng.statements.monitoring.watched import Line, Watched, percent
from yiheng.web import papers

WIDTH, HEIGHT, EDGE = 220, 96, 6
"""Size of the small plot, in units of its view box."""
WATCHED: Final = ("accounts", "budget", "performance")
"""The kind of department-year that monitoring looks at: the first that is there."""
CHECKED: Final = ("budget", "accounts")


@dataclass(frozen=True, slots=True)
class Plot:
    """Execution against time as points of a polyline, with the same in words."""

    paid: str
    dots: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Light:
    """How many indicators have a status."""

    colour: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Checked:
    """The failing checks of one paper."""

    kind: str
    title: str
    errors: int
    warnings: int
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One card of the workbench."""

    as_of: dt.date | None
    execution: Line | None
    plot: Plot | None
    reached: str
    expected: str
    lights: tuple[Light, ...]
    watching: str
    """Why execution and indicators cannot be told, if so."""
    checks: tuple[Checked, ...]


def kinds_of(unit: str, year: int) -> frozenset[str]:
    """The kinds of papers that the ledger has for the unit-year."""
    return frozenset(
        entry.kind for entry in department_years() if (entry.unit.key, entry.year) == (unit, year)
    )


def standing(unit: str, year: int, today: dt.date, *, watched: bool, checked: Iterable[str]) -> Standing:
    """The card of a unit-year on a day; `watched` and `checked` (kinds) say what the user may look at."""
    there = kinds_of(unit, year)
    day = as_of(year, today)
    kind = next((kind for kind in WATCHED if kind in there), "")
    found, refusal = (None, "")
    if watched and kind and day:
        found, refusal = _watch(unit, year, kind, day)
    line = found.execution[0] if found and found.execution else None
    progress = line.progress if line else None
    return Standing(
        as_of=day,
        execution=line,
        plot=_plot(line, day) if line and day else None,
        reached=percent(progress.reached) or "" if progress else "",
        expected=percent(progress.expected) or "" if progress else "",
        lights=_lights(found) if found else (),
        watching=refusal or (line.note if line and not progress else ""),
        checks=tuple(
            _checked(unit, year, each) for each in CHECKED if each in there and each in set(checked)
        ),
    )


def as_of(year: int, today: dt.date) -> dt.date | None:
    """The day on which a year is looked at: today, the end of a past year, none of a future one."""
    if today.year < year:
        return None
    return today if today.year == year else dt.date(year, 12, 31)


def _watch(unit: str, year: int, kind: str, day: dt.date) -> tuple[Watched | None, str]:
    try:
        of_year = papers.department_year(unit, year, kind)
        return papers.kept(
            ("watched", unit, year, kind, day), lambda: watch(of_year, papers.policy(), day)
        ), ""
    except (ScoringError, PolicyUnknown, NoDepartmentYear) as error:
        return None, str(error)


def _lights(watched: Watched) -> tuple[Light, ...]:
    counted = Counter(
        (line.colour, line.status if line.colour else _("不能判定")) for line in watched.indicators
    )
    order = {"green": 0, "yellow": 1, "red": 2, "": 3}
    return tuple(
        Light(colour, name, count)
        for (colour, name), count in sorted(
            counted.items(), key=lambda item: (order.get(item[0][0], 2), item[0])
        )
    )


def _checked(unit: str, year: int, kind: str) -> Checked:
    title = KIND_TITLES[kind]
    try:
        found = papers.assembled(unit, year, kind, "internal").paper.findings
    except (PolicyUnknown, NoDepartmentYear) as error:
        return Checked(kind, title, 0, 0, str(error))
    failing = [each for each in found if each.outcome is Outcome.FAIL and not each.accepted]
    return Checked(kind, title, _count(failing, Severity.ERROR), _count(failing, Severity.WARNING))


def _count(findings: Iterable[Finding], severity: Severity) -> int:
    return sum(each.severity is severity for each in findings)


def _plot(line: Line, day: dt.date) -> Plot | None:
    if not line.observations:
        return None
    points = [
        (dt.date(day.year, 1, 1), Fraction(0)),
        *((each.on, each.reached) for each in line.observations),
    ]
    placed = tuple((_x(on), _y(reached)) for on, reached in points)
    words = "；".join(
        _("%(month)s月底 %(percent)s") % {"month": each.on.month, "percent": percent(each.reached)}
        for each in line.observations
    )
    return Plot(" ".join(f"{x},{y}" for x, y in placed), placed[-1:], words)


def _x(day: dt.date) -> str:
    first = dt.date(day.year, 1, 1)
    share = Fraction((day - first).days, (dt.date(day.year, 12, 31) - first).days)
    return _number(EDGE + share * (WIDTH - 2 * EDGE))


def _y(reached: Fraction) -> str:
    return _number(HEIGHT - EDGE - min(max(reached, Fraction(0)), Fraction(1)) * (HEIGHT - 2 * EDGE))


def _number(value: Fraction) -> str:
    return f"{round(value * 10) // 10}.{round(value * 10) % 10}"
