"""Reads of background jobs (后台作业)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import Final

from django.db.models import QuerySet

from yiheng.casework.models import OPEN, Job, JobState
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, Role, User
from yiheng.people.prepared import Prepared
from yiheng.people.queries import may, units_of

_OPEN_OF_KIND: Final = Prepared(lambda kind: Job.objects.filter(kind=kind, state__in=OPEN), Prepared.text(1))
_ONE_OF: Final = Prepared(
    lambda user: Job.objects.filter(requested_by_id=user).order_by().values("pk")[:1], Prepared.number(1)
)


def job(key: uuid.UUID) -> Job | None:
    """The job with that key."""
    return Job.objects.select_related("requested_by").filter(pk=key).first()


def jobs_of(user: User) -> QuerySet[Job]:
    """What the user asked for, newest first."""
    return Job.objects.filter(requested_by=user)


def jobs_for(user: User) -> QuerySet[Job]:
    """The jobs that the user's list shows: the own ones, or all of them."""
    found = Job.objects.all() if oversees(user) else jobs_of(user)
    return found.select_related("requested_by")


def open_job(kind: str, subject: str) -> Job | None:
    """The job of that kind that works, or will work, on the subject."""
    return Job.objects.filter(kind=kind, subject=subject, state__in=OPEN).first()


def open_jobs(kind: str, subjects: Collection[str]) -> tuple[Job, ...]:
    """As `open_job`, on any of these subjects, the newest first."""
    found = _OPEN_OF_KIND.objects(kind)
    return tuple(each for each in found if each.subject in subjects)


def has_jobs(user: User) -> bool:
    """Whether the user's list shows any job, without reading them; they may still be none for who sees all."""
    return oversees(user) or bool(_ONE_OF.rows(user.pk))


def latest_by_subject(kind: str) -> dict[str, Job]:
    """The newest job of that kind on each subject."""
    return {found.subject: found for found in Job.objects.filter(kind=kind).order_by("created_at", "pk")}


def clearable(keys: Collection[uuid.UUID], before: dt.datetime) -> set[uuid.UUID]:
    """Which of these jobs ended before that moment without anything that still rests on their files: a draft of a
    publication or a reviewed document. A key of no job counts as well: its upload led to none.
    """
    known = set(Job.objects.filter(pk__in=keys).values_list("pk", flat=True))
    over = Job.objects.filter(pk__in=keys, finished_at__lt=before, preparation=None, reviewed=None)
    return set(over.exclude(state__in=OPEN).values_list("pk", flat=True)) | (set(keys) - known)


def ahead_of(found: Job) -> int:
    """How many jobs wait in front of a waiting one."""
    if found.state != JobState.WAITING:
        return 0
    return Job.objects.filter(state=JobState.WAITING, created_at__lt=found.created_at).count()


def oversees(user: User) -> bool:
    """Whoever looks after the system sees that jobs wait or fail and may cancel them, but not what they are about."""
    return user.is_active and user.administrator == Role.SYSTEM_ADMIN


def may_write_anywhere(user: User, work: str) -> bool:
    """Whether there is any unit for which the user fills in that kind of work."""
    return bool(units_of(user, work, Right.WRITE))


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
