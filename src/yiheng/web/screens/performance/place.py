"""What every view of this screen needs: the unit's year, as judged and as watched, and whether one may fill in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiheng.casework.queries import Editable, editable
from yiheng.facts import DepartmentYear, Unit
from yiheng.ledger.queries import UnitTree, unit_tree
from yiheng.people.masking import Viewer
from yiheng.people.models import User, Work
from yiheng.people.queries import viewer
from yiheng.pipelines.evaluate import Evaluation, evaluate, last_day
from yiheng.pipelines.monitor import watch
from yiheng.pipelines.survey import Measured, measure_all
from yiheng.policy import PolicyUnknown
from yiheng.scoring.errors import ScoringError
from yiheng.statements.monitoring.watched import Watched
from yiheng.web import papers, readings
from yiheng.web.access import WorksOn, user_of

T = TypeVar("T")
PARTS: Final = (
    ("home", _("总览")),
    ("targets", _("指标值")),
    ("monitoring", _("监控")),
    ("scores", _("自评打分")),
    ("whole", _("整体评价")),
    ("whatif", _("假设分析")),
    ("surveys", _("满意度")),
    ("allocation", _("结果应用")),
)
"""The parts of the screen: name of the view and label."""


@dataclass(frozen=True)
class At:
    """One unit in one year, for one user."""

    user: User
    unit: Unit
    year: int
    tree: UnitTree

    @property
    def where(self) -> dict[str, Any]:
        """The arguments of an address of this screen."""
        return {"unit": self.unit.key, "year": self.year}

    @property
    def units(self) -> list[str]:
        """Keys of the unit and those below it."""
        return [unit.key for unit in self.tree.below(self.unit.key)]

    @property
    def place(self) -> str:
        """Where the rules are taken from (地区)."""
        return self.tree.jurisdiction(self.unit.key)

    @property
    def last_day(self) -> dt.date:
        """The day whose rules judge the year."""
        return last_day(self.year)

    @cached_property
    def editable(self) -> Editable:
        """Whether the user may fill in now, and why (not)."""
        return editable(self.user, self.unit.key, self.year, Work.PERFORMANCE, policy=papers.policy())

    @cached_property
    def full(self) -> bool:
        """Whether the user fills in the unit's figures, and so sees secret projects and names as they are."""
        return viewer(self.user, Work.PERFORMANCE, self.tree.chain(self.unit.key)).full

    @cached_property
    def works(self) -> bool:
        """Whether the user does more than look, and may ask for reports."""
        return WorksOn((Work.PERFORMANCE,)).allows(self.user, {"unit": self.unit.key})

    @cached_property
    def judged(self) -> DepartmentYear | None:
        """The department-year that brings the evaluation, if the ledger has one."""
        return readings.judged(self.unit.key, self.year)

    @cached_property
    def watched(self) -> DepartmentYear | None:
        """The department-year that is monitored, if the ledger has one."""
        return readings.watched_year(self.unit.key, self.year)

    def evaluation(self) -> Evaluation | None:
        """Everything judged; None where there is nothing. Raises `ScoringError` and `PolicyUnknown`."""
        found = self.judged
        if found is None:
            return None
        return papers.kept(("evaluation", *self.where.values()), lambda: evaluate(found, papers.policy()))

    def monitored(self, day: dt.date) -> Watched | None:
        """How the year stood on the day; None without a department-year. Raises as `evaluation` does."""
        found = self.watched
        if found is None:
            return None
        return papers.kept(
            ("monitored", *self.where.values(), day), lambda: watch(found, papers.policy(), day)
        )

    def surveys(self) -> tuple[Measured, ...]:
        """Every survey measured. Raises as `evaluation` does."""
        found = self.judged
        if found is None:
            return ()
        return papers.kept(
            ("surveys", *self.where.values()), lambda: measure_all(found, papers.policy(), answered=True)
        )

    def day(self, asked: str = "") -> dt.date:
        """The day that is asked for, within the year; else today, at most the year's end. ValueError for no day."""
        day = dt.date.fromisoformat(asked) if asked else timezone.localdate()
        if asked and day.year != self.year:
            raise ValueError(asked)
        return min(max(day, dt.date(self.year, 1, 1)), self.last_day)


def unit_year(request: HttpRequest, unit: str, year: int) -> At:
    """The unit and year of the address; 404 where there is no such unit."""
    tree, user = unit_tree(), user_of(request)
    if unit not in tree.by_key or user is None or not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise Http404
    return At(user, tree.by_key[unit], year, tree)


def tried(compute: Callable[[], T]) -> tuple[T | None, str]:
    """What was computed, or why it cannot be (in Chinese)."""
    try:
        return compute(), ""
    except (ScoringError, PolicyUnknown) as error:
        return None, str(error)


def page(
    request: HttpRequest, at: At, part: str, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the screen with the ways to its parts."""
    parts = [
        {"label": label, "url": reverse(f"performance:{name}", kwargs=at.where), "current": name == part}
        for name, label in PARTS
    ]
    shown = {"at": at, "parts": parts, "viewer": Viewer(at.full), **context}
    return render(request, f"performance/{template}", shown, status=status)
