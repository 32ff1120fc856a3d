"""A bureau (局) with a main unit and a centre, and the people who work there, for casework and its screens.

`staff()` gives one account for each part in the cycle of the centre: who drafts, who approves, strangers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.ledger.builders import base, load

from yiheng.casework.models import Cycle, Step
from yiheng.casework.operations import approvals, cycles
from yiheng.people.models import Post, Role, User

YEAR = 2024


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody by their part."""

    preparer: User
    second: User
    """Another preparer of the same unit."""
    head: User
    planning: User
    leader: User
    finance: User
    auditor: User
    stranger: User
    """A preparer of the other unit."""


def person(
    username: str, name: str, role: Role | None = None, unit: str = "", administrator: str = ""
) -> User:
    """An account with a post."""
    user = User(username=username, name=name, administrator=administrator)
    user.set_unusable_password()
    user.save()
    if role is not None:
        Post.objects.create(user=user, role=role, unit=unit)
    return user


def staff() -> Staff:
    """The bureau in the ledger, and its people."""
    load(base("budget", "accounts", year=YEAR))
    return Staff(
        preparer=person("jingban", "张经办", Role.PREPARER, "centre"),
        second=person("jingban2", "陈经办", Role.PREPARER, "centre"),
        head=person("fuzeren", "李主任", Role.UNIT_HEAD, "centre"),
        planning=person("guihua", "王规财", Role.PLANNING, "bureau"),
        leader=person("lingdao", "赵局长", Role.LEADER, "bureau"),
        finance=person("caizheng", "钱财政", Role.FINANCE_BUREAU, "bureau"),
        auditor=person("shenji", "孙审计", Role.AUDITOR, "bureau"),
        stranger=person("qita", "周外人", Role.PREPARER, "main"),
    )


def step_of(cycle: Cycle, key: str) -> Step:
    """The step as the database has it now."""
    return Step.objects.select_related("cycle").get(cycle=cycle, key=key)


def through(cycle: Cycle, key: str, who: Staff, day: dt.date | None = None) -> None:
    """Carry a step from open to done, by everybody whose turn it is."""
    step = step_of(cycle, key)
    checkers = {"first_up": [who.head, who.planning], "second_up": [who.head, who.planning, who.leader],
                "approve": [who.leader], "monitor": [who.head, who.planning],
                "accounts": [who.head, who.planning, who.leader], "accounts_approve": [who.finance],
                "self_evaluation": [who.head, who.planning], "evaluation": [who.head, who.leader]}  # fmt: skip
    if key not in checkers:
        cycles.finish(step, by=who.preparer, day=day, document="文号")
        return
    made = approvals.submit(step, by=who.preparer, day=day)
    for checker in checkers[key]:
        approvals.approve(made, by=checker)
