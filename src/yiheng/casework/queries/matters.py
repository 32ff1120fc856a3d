"""Matters outside a cycle (事项), such as adjustments: where each stands, who decided what, and what a user may do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from yiheng.casework.models import Decision, Outcome, Submission
from yiheng.casework.rights import Acting, acting, role_names
from yiheng.ledger.queries import UnitTree, unit_tree
from yiheng.people.models import User


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter for one user."""

    submission: Submission
    decisions: tuple[Decision, ...]
    link: Mapping[str, Any] | None
    """The link of the chain at which it waits; None when it is over."""
    waits_for: str
    may_decide: bool
    may_withdraw: bool

    @property
    def outcome(self) -> str:
        """waiting, approved, returned or withdrawn."""
        if self.link is not None:
            return "waiting"
        return str(self.decisions[-1].outcome) if self.decisions else "approved"


def matters(flow: str, units: Collection[str], year: int, by: User) -> tuple[Matter, ...]:
    """The matters of these units in a year, the newest first. Rights to look are the caller's business."""
    who, tree = acting(by), unit_tree()
    found = _submissions().filter(flow=flow, unit__in=units, year=year).order_by("-at", "-pk")
    return tuple(_matter(each, who, tree) for each in found)


def matter(flow: str, number: int, units: Collection[str], year: int, by: User) -> Matter | None:
    """One of them by its number."""
    found = _submissions().filter(flow=flow, unit__in=units, year=year, pk=number).first()
    return _matter(found, acting(by), unit_tree()) if found else None


def _submissions() -> QuerySet[Submission]:
    decided = Decision.objects.select_related("checker").order_by("at", "pk")
    return (
        Submission.objects.filter(step__isnull=True)
        .select_related("maker")
        .prefetch_related(Prefetch("decisions", queryset=decided))
    )


def _matter(made: Submission, who: Acting, tree: UnitTree) -> Matter:
    decisions, links, units = tuple(made.decisions.all()), made.links, tree.chain(made.unit)
    over = len(decisions) >= len(links) or any(each.outcome != Outcome.APPROVED for each in decisions)
    link = None if over else links[len(decisions)]
    mine = made.maker_id == who.user.pk
    return Matter(
        made,
        decisions,
        link,
        _waits_for(link, units, who) if link else "",
        link is not None and not mine and who.may_check(link, made.work, units),
        link is not None and mine and not decisions,
    )


def _waits_for(link: Mapping[str, Any], units: Collection[str], who: Acting) -> str:
    roles = tuple(link["roles"])
    named = f"{link['label']}（{role_names(roles)}）"
    return named if who.is_filled(roles, units) else f"{named}：无人任此岗位，请安全管理员授权"
