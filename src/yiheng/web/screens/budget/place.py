"""What every view of this screen needs: the unit, the year, the stages, and whether the user may fill in now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from yiheng.casework.queries import Editable, editable
from yiheng.facts import Unit
from yiheng.ledger.queries import UnitTree, unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.policy import PolicyUnknown
from yiheng.web import papers
from yiheng.web.access import may, user_of
from yiheng.web.shared import kept_for, nobody

SHEETS: Final = ("budget_lines", "costing", "projects", "procurements", "objectives", "indicators")
"""The sheets that are filled in here, in the order of the tabs."""
_WORKS: Final = {"objectives": Work.PERFORMANCE, "indicators": Work.PERFORMANCE}


@dataclass(frozen=True)
class UnitYear:
    """One unit in one year, for one user."""

    user: User
    unit: Unit
    year: int
    tree: UnitTree

    @cached_property
    def below(self) -> tuple[Unit, ...]:
        """The unit and those below it."""
        return self.tree.below(self.unit.key)

    @cached_property
    def sees_budget(self) -> bool:
        """Whether the user may look at the budget itself, and not only at targets that were handed over."""
        return may(self.user, Right.READ, Work.BUDGET, self.unit.key)

    def editable(self, sheet: str) -> Editable:
        """Whether the user may fill in the sheet now, and why (not)."""
        unit, year, work = self.unit.key, self.year, work_of(sheet)
        return kept_for(
            self.user, ("editable", unit, year, work), nobody,
            lambda: editable(self.user, unit, year, work, policy=papers.policy()),
        )  # fmt: skip

    def editable_at(self, sheet: str, stage: str) -> Editable:
        """As `editable`, for one stage of the budget: what was handed in at an earlier step stays as it is."""
        found = self.editable(sheet)
        if not found or sheet != "budget_lines" or not found.fills or stage in found.fills:
            return found
        names = "、".join(self.stages.get(code, code) for code in found.fills)
        reason = _("现在办理的是%(names)s，%(stage)s的行不能改动。") % {
            "names": names,
            "stage": self.stages.get(stage, stage),
        }
        return Editable(False, reason, found.step)

    def codes(self, name: str) -> list[tuple[str, str]]:
        """The codes of a classification in the year and place, with their names; none where none is in force."""
        day = dt.date(self.year, 1, 1)
        try:
            found = papers.policy().classification(name, day, self.tree.jurisdiction(self.unit.key))
        except PolicyUnknown:
            return []
        return [(code, found.name(code)) for code in found.codes]

    @cached_property
    def stages(self) -> dict[str, str]:
        """Stages by code with their names, from the first to the last."""
        return dict(self.codes("stage"))

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.unit.name


def work_of(sheet: str) -> Work:
    """The kind of work whose right the sheet needs."""
    return _WORKS.get(sheet, Work.BUDGET)


def unit_year(request: HttpRequest, unit: str, year: int) -> UnitYear:
    """The unit and year of the address; 404 where there is no such unit."""
    tree, user = unit_tree(), user_of(request)
    if unit not in tree.by_key or user is None:
        raise Http404
    return UnitYear(user, tree.by_key[unit], year, tree)


def stage_of(at: UnitYear, asked: str, there: dict[str, object], now: Editable) -> str:
    """The stage to show: the one that is asked for, else that of the open step, else the latest that has lines."""
    if asked in at.stages:
        return asked
    if now.fills:
        return now.fills[0]
    return next((code for code in reversed(at.stages) if code in there), next(iter(at.stages), ""))
