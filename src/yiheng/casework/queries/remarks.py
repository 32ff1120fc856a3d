"""Reads of comments (批注), cases (疑点线索) and the history of a unit-year (办理记录)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, QuerySet

from yiheng.casework.models import Case, CaseState, Comment
from yiheng.casework.tables import CASES, CYCLES
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import LogEntry, Right, User
from yiheng.people.prepared import Prepared
from yiheng.people.queries import log_of, may

ACTIONS: Final = {
    "open_cycle": "启用周期",
    "open": "开始办理",
    "submit": "报送",
    "approved": "同意",
    "approve": "同意并办结",
    "returned": "退回",
    "withdrawn": "撤回",
    "finish": "办结",
    "reopen": "重新办理",
    "take_down": "撤下",
    "set_due": "登记期限",
    "open_case": "登记线索",
    "assign": "分办",
    "give_answer": "答复",
    "ask_again": "退回答复",
    "close": "办结",
}
"""What the log calls an action, in words."""
MOST_OPEN: Final = 20
"""Open comments that a page shows of a unit-year."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history (办理记录)."""

    at: dt.datetime
    actor: str
    action: str
    step: str
    text: str


def history(unit: str, year: int) -> tuple[Event, ...]:
    """What was done in the cycle of a unit-year, newest first. Steps that open by themselves are left out."""
    entries = log_of(CYCLES, f"{unit}/{year}")
    return tuple(_event(entry) for entry in reversed(entries) if entry.action != "open")


def case_history(case: Case) -> tuple[Event, ...]:
    """What was done about a case, oldest first."""
    return tuple(_event(entry) for entry in log_of(CASES, str(case.pk)))


def _event(entry: LogEntry) -> Event:
    after: dict[str, Any] = entry.after or {}
    said = [after.get(key) for key in ("link", "comment", "note", "reason", "answer", "document", "basis")]
    if entry.action == "set_due":
        said.append(after.get("due"))
    if entry.action in ("finish", "approve"):
        said.append(after.get("day"))
    return Event(
        entry.at,
        entry.user.name if entry.user else entry.actor,
        ACTIONS.get(entry.action, entry.action),
        after.get("step", ""),
        "；".join(str(part) for part in said if part),
    )


def comments(
    unit: str, year: int, work: str = "", *, sheet: str = "", open_only: bool = False
) -> QuerySet[Comment]:
    """The comments of a unit-year, oldest first. Rights to look are the caller's business."""
    found = Comment.objects.filter(unit_id=unit, year=year).select_related("author", "resolved_by")
    if work:
        found = found.filter(work=work)
    if sheet:
        found = found.filter(sheet=sheet)
    return found.filter(resolved_at__isnull=True) if open_only else found


def on_sheet(unit: str, year: int, work: str, sheet: str) -> list[Comment]:
    """The comments of one sheet of a unit-year, oldest first, each with `author_name`."""
    return _ON_SHEET.objects(unit, year, work, sheet)


_ON_SHEET: Final = Prepared(
    lambda unit, year, work, sheet: (
        Comment.objects.filter(unit_id=unit, year=year, work=work, sheet=sheet)
        .annotate(author_name=F("author__name"))
        .order_by("at", "pk")
    ),
    Prepared.text(1), Prepared.year(2), Prepared.text(3), Prepared.text(4),
)  # fmt: skip


def _oldest_open(unit: str, year: int) -> QuerySet[Comment]:
    found = Comment.objects.filter(unit_id=unit, year=year, resolved_at__isnull=True)
    return found.annotate(author_name=F("author__name"))[:MOST_OPEN]


_OLDEST_OPEN: Final = Prepared(_oldest_open, Prepared.text(1), Prepared.year(2))


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as a list shows it."""

    place: str
    text: str
    author: str
    at: dt.datetime


def oldest_open(unit: str, year: int) -> tuple[Remark, ...]:
    """The first open comments of a unit-year."""
    found = _OLDEST_OPEN.objects(unit, year)
    return tuple(Remark(each.place, each.text, each.author_name, each.at) for each in found)


def comment(key: int) -> Comment | None:
    """The comment of that number."""
    return Comment.objects.select_related("author", "resolved_by").filter(pk=key).first()


def cases(units: Iterable[str], *, state: str = "") -> QuerySet[Case]:
    """The cases of these units, the newest first; `state` "" for all, "unclosed" for those that are not over."""
    found = Case.objects.filter(unit_id__in=list(units)).select_related("assignee", "opened_by", "unit")
    if state == "unclosed":
        return found.exclude(state=CaseState.CLOSED)
    return found.filter(state=state) if state else found


def case(key: int) -> Case | None:
    """The case of that number."""
    return Case.objects.select_related("assignee", "opened_by", "unit").filter(pk=key).first()


def case_actions(user: User, found: Case) -> tuple[str, ...]:
    """What the user may do with a case now: assign, answer, ask_again, close."""
    units = unit_tree().chain(found.unit_id)
    leads = may(user, Right.APPROVE, found.work, units)
    actions = []
    if leads and found.state in (CaseState.OPEN, CaseState.ASSIGNED):
        actions.append("assign")
    if found.state == CaseState.ASSIGNED and found.assignee_id == user.pk:
        actions.append("answer")
    if leads and found.assignee_id != user.pk and found.state == CaseState.ANSWERED:
        actions.append("ask_again")
    if leads and found.assignee_id != user.pk and found.state != CaseState.CLOSED:
        actions.append("close")
    return tuple(actions)
