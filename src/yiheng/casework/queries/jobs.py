"""Reads of background jobs (后台作业)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from yiheng.casework.models import OPEN, Job
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, User
from yiheng.people.queries import may


def job(key: uuid.UUID) -> Job | None:
    """The job with that key."""
    return Job.objects.select_related("requested_by").filter(pk=key).first()


def jobs_of(user: User) -> QuerySet[Job]:
    """What the user asked for, newest first."""
    return Job.objects.filter(requested_by=user)


def open_jobs(kind: str, subject: str) -> Job | None:
    """The job of that kind that works, or will work, on the subject."""
    return Job.objects.filter(kind=kind, subject=subject, state__in=OPEN).first()


def may_see(user: User, found: Job) -> bool:
    """Whoever asked for it, and those who may read that work of its unit."""
    if found.requested_by_id == user.pk:
        return user.is_active
    return bool(found.unit and found.work) and may(user, Right.READ, found.work, _chain(found.unit))


def may_act(user: User, found: Job) -> bool:
    """Whoever asked for it may cancel or confirm it, and those who may write that work of its unit."""
    if found.requested_by_id == user.pk:
        return user.is_active
    return bool(found.unit and found.work) and may(user, Right.WRITE, found.work, _chain(found.unit))


def _chain(unit: str) -> Sequence[str]:
    return unit_tree().chain(unit)
