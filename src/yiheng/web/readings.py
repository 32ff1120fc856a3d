"""What a user may read of a unit's year (可读的公开稿): which papers, for which audience, ready to be shown.

Whoever may look at execution sees the rows behind a figure down to payments and contracts; everybody else who may read
the paper sees them as the public does, added up. What is prepared for one reader is kept for all of the same audience.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

from yiheng.facts import DepartmentYear, Finding, Paper, Table, Unit
from yiheng.facts.address import AddressError, Directory
from yiheng.ledger import queries
from yiheng.people.models import Right, User, Work
from yiheng.people.queries import rights_of
from yiheng.pipelines.assemble import KIND_TITLES, Assembled
from yiheng.pipelines.evaluation_paper import KIND as PERFORMANCE
from yiheng.pipelines.evaluation_paper import assemble_evaluation, has_evaluation
from yiheng.pipelines.monitor import watch
from yiheng.pipelines.monitoring_paper import assemble_monitoring
from yiheng.policy.errors import PolicyUnknown
from yiheng.reporting.entry import Entry
from yiheng.reporting.labels import Labels
from yiheng.reporting.trace import Trace, trace
from yiheng.reporting.uses import Traced
from yiheng.scoring.errors import ScoringError
from yiheng.web import papers

T = TypeVar("T")
REMEMBERED: Final = 64
"""Results kept with each paper."""
MONITORING: Final = "monitoring"
WORKS: Final = {
    "budget": Work.BUDGET,
    "accounts": Work.ACCOUNTS,
    MONITORING: Work.PERFORMANCE,
    PERFORMANCE: Work.PERFORMANCE,
}
"""Kind of paper → kind of work whose right it needs. The order is that of the tabs."""
TITLES: Final = {**KIND_TITLES, MONITORING: "绩效监控", PERFORMANCE: "绩效自评"}
_WATCHED: Final = ("accounts", "budget", PERFORMANCE)
"""The department-year that monitoring looks at: the first that is there."""


class Prepared:
    """A paper with what its screens need of it; each part is made when it is first asked for."""

    def __init__(self, assembled: Assembled, kind: str) -> None:
        self.assembled, self.kind = assembled, kind
        self.sheets: dict[str, str] = {}
        """HTML of the tables by code, as far as somebody has looked at them."""
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()

    def remember(self, what: Hashable, compute: Callable[[], T]) -> T:
        """What was computed of this paper lately, such as the rows behind a total; the newest are kept."""
        if what in self._remembered:
            found: T = self._remembered[what]
            return found
        self._remembered[what] = made = compute()
        if len(self._remembered) > REMEMBERED:
            # Another thread may have been here first.
            with contextlib.suppress(KeyError):
                self._remembered.popitem(last=False)
        return made

    @property
    def paper(self) -> Paper:
        """The paper itself."""
        return self.assembled.paper

    @cached_property
    def trace(self) -> Trace:
        """Its figures and facts, numbered."""
        return trace(self.paper)

    @property
    def traced(self) -> Traced:
        """The paper with its numbering, as `uses` wants it."""
        return Traced(self.paper, self.trace)

    @cached_property
    def labels(self) -> Labels:
        """Chinese names of its codes and documents."""
        return self.assembled.labels.with_documents(self.paper.documents)

    @cached_property
    def directory(self) -> Directory:
        """Its tables, to be asked by address."""
        return Directory(self.paper.tables)

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """The findings by the tables that they look at; under "" those that look at none."""
        found: dict[str, list[Finding]] = {}
        for finding in self.paper.findings:
            for code in self._tables_of(finding):
                found.setdefault(code, []).append(finding)
        return {code: tuple(of_table) for code, of_table in found.items()}

    def table(self, code: str) -> Table | None:
        """The table of that code or title."""
        return self.directory.table(code) if code else None

    def number(self, address: str) -> int | None:
        """The number of the figure that the address means, as printed or as a person writes it; None for no figure."""
        if address in self.trace.places:
            return self.trace.places[address]
        try:
            return self.trace.number_of(self.directory.resolve(address))
        except AddressError:
            return None

    def entry(self, address: str) -> Entry | None:
        """The figure at the address."""
        number = self.number(address)
        return None if number is None else self.trace.entries[number]

    def _tables_of(self, finding: Finding) -> Sequence[str]:
        places = finding.cells or (finding.place,)
        tables = (self.directory.table(place.partition("[")[0]) for place in places)
        return list(dict.fromkeys(table.code for table in tables if table is not None)) or [""]


_preparing: dict[tuple[str, ...], threading.Lock] = {}


def prepared(unit: str, year: int, kind: str, audience: str) -> Prepared:
    """The paper of a unit-year for an audience. Raises `NoDepartmentYear`, `PolicyNotInForce`, and `ScoringError` for
    an evaluation that cannot be judged.
    """
    key = ("prepared", unit, str(year), kind, audience)
    # One at a time: several pages of one paper may be asked for at once, and each would compute it.
    with _preparing.setdefault(key, threading.Lock()):
        return papers.kept(key, lambda: Prepared(_assembled(unit, year, kind, audience), kind))


def _assembled(unit: str, year: int, kind: str, audience: str) -> Assembled:
    if kind == MONITORING:
        return _monitored(unit, year, audience)
    if kind != PERFORMANCE:
        return papers.assembled(unit, year, kind, audience)
    of_year = judged(unit, year)
    found = assemble_evaluation(of_year, papers.policy(), audience) if of_year else None
    if found is None:
        raise queries.NoDepartmentYear(f"{unit}{year}年绩效自评", ())
    return found


def judged(unit: str, year: int) -> DepartmentYear | None:
    """The department-year that brings the evaluation: one of its own, or the accounts."""
    there = _loaded(unit, year)
    kind = next((kind for kind in (PERFORMANCE, "accounts") if kind in there), "")
    return papers.department_year(unit, year, kind) if kind else None


def _monitored(unit: str, year: int, audience: str) -> Assembled:
    of_year = watched_year(unit, year)
    day = watched_day(of_year) if of_year else None
    if of_year is None or day is None:
        raise queries.NoDepartmentYear(f"{unit}{year}年绩效监控", ())
    watched = watch(of_year, papers.policy(), day)
    return assemble_monitoring(watched, of_year, papers.policy(), audience)


def watched_year(unit: str, year: int) -> DepartmentYear | None:
    """The department-year that is monitored: that of the accounts, or the budget before there are any."""
    there = _loaded(unit, year)
    kind = next((kind for kind in _WATCHED if kind in there), "")
    return papers.department_year(unit, year, kind) if kind else None


def watched_day(of_year: DepartmentYear) -> dt.date | None:
    """The last day before the year's end on which an actual was entered; None where there is none."""
    end = dt.date(of_year.year, 12, 31)
    days = (
        dt.date.fromisoformat(found.get("date"))
        for found in of_year.records_of("actual")
        if found.get("date")
    )
    return max((day for day in days if day.year == of_year.year and day < end), default=None)


def _loaded(unit: str, year: int) -> frozenset[str]:
    return frozenset(
        entry.kind
        for entry in papers.kept("years", queries.department_years)
        if entry.unit.key == unit and entry.year == year
    )


class Reader:
    """One user looking at one unit's year."""

    def __init__(self, user: User, unit: str, year: int) -> None:
        self.user, self.year = user, year
        self.unit: Unit = queries.unit_tree().by_key[unit]
        rights, chain = rights_of(user), queries.unit_tree().chain(unit)
        self._works = {w for w in (*WORKS.values(), Work.EXECUTION) if rights.may(Right.READ, w, chain)}

    @property
    def audience(self) -> str:
        """internal where the rows behind a figure may be seen one by one, otherwise public."""
        return "internal" if Work.EXECUTION in self._works else "public"

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The papers that the year has and the user may read, in the order of the tabs."""
        there = set(_loaded(self.unit.key, self.year))
        of_scores, watched = judged(self.unit.key, self.year), watched_year(self.unit.key, self.year)
        there |= {PERFORMANCE} if of_scores is not None and has_evaluation(of_scores) else set()
        there |= {MONITORING} if watched is not None and watched_day(watched) else set()
        return tuple(kind for kind, work in WORKS.items() if kind in there and work in self._works)

    def open(self, kind: str) -> Prepared:
        """The paper. Raises Http404 where there is none, `PermissionDenied` where it is not for this user."""
        if kind not in WORKS:
            raise Http404(kind)
        if WORKS[kind] not in self._works:
            raise PermissionDenied
        if kind not in self.kinds:
            raise Http404(kind)
        return prepared(self.unit.key, self.year, kind, self.audience)

    def others(self) -> tuple[Prepared, ...]:
        """All papers of the year that the user may read, as far as they can be made."""
        found = []
        for kind in self.kinds:
            try:
                found.append(prepared(self.unit.key, self.year, kind, self.audience))
            except (ScoringError, PolicyUnknown):
                # Another paper's defect is shown where that paper is opened.
                continue
        return tuple(found)
