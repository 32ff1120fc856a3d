"""What people do with background jobs (后台作业): ask for one, agree to what it would do, call it off."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import OPEN, Job, JobState
from yiheng.people.models import User
from yiheng.people.operations import Write, record

MOST_OPEN: Final = 20
"""Jobs of one person that may be open at a time, so that nobody fills the queue for all."""
TABLE: Final = "jobs"


@transaction.atomic
def enqueue(
    kind: str,
    params: dict[str, Any],
    *,
    by: User,
    title: str,
    subject: str = "",
    unit: str = "",
    work: str = "",
    key: uuid.UUID | None = None,
) -> Job:
    """Put a job into the queue; the open one of that kind and subject where there is one already.

    `key` names a job whose files are in its folder already. `unit` and `work` say whose colleagues may see it.
    Raises `CaseworkError` where the person has too many open jobs. Rights are the caller's business.
    """
    mine = Job.objects.filter(requested_by=by, state__in=OPEN)
    if subject and (same := Job.objects.filter(kind=kind, subject=subject, state__in=OPEN).first()):
        return same
    if mine.count() >= MOST_OPEN:
        raise CaseworkError(
            f"您已有 {MOST_OPEN} 项后台作业没有结束，请等其中一些完成，或取消不需要的，再提交新的。"
        )
    job, created = Job.objects.get_or_create(
        **({"kind": kind, "subject": subject, "state__in": OPEN} if subject else {"id": key or uuid.uuid4()}),
        defaults={
            "kind": kind, "subject": subject, "state": JobState.WAITING, "params": params, "title": title,
            "unit": unit, "work": work, "requested_by": by, "created_at": timezone.now(),
            **({"id": key} if key else {}),
        },
    )  # fmt: skip
    if created:
        after = {"kind": kind, "title": title, "subject": subject, "unit": unit}
        record([Write("enqueue", TABLE, str(job.pk), after=after)], actor=by)
    return job


@transaction.atomic
def confirm(job: Job, *, by: User) -> Job:
    """Agree to what an asking job showed, and only to that: it asks again where it finds something else.

    Raises `CaseworkError` where the job asks nothing.
    """
    now = _locked(job)
    if now.state != JobState.ASKING:
        raise CaseworkError(f"“{now.title}”现在不等待确认（{JobState(now.state).label}），请刷新页面。")
    agreed = (now.result or {}).get("asks")
    now.params = {**now.params, "confirmed": agreed}
    now.state, now.result, now.tries = JobState.WAITING, None, 0
    now.save(update_fields=["params", "state", "result", "tries"])
    record([Write("confirm", TABLE, str(now.pk), after={"confirmed": agreed})], actor=by)
    return now


@transaction.atomic
def cancel(job: Job, *, by: User) -> Job:
    """Call a job off: at once where nobody works on it, else at its next step. One that is over stays as it is."""
    now = _locked(job)
    if not now.is_open or now.cancel_requested:
        return now
    before = {"state": now.state}
    now.cancel_requested = True
    if now.state != JobState.RUNNING:
        now.state, now.finished_at = JobState.CANCELLED, timezone.now()
    now.save(update_fields=["cancel_requested", "state", "finished_at"])
    record([Write("cancel", TABLE, str(now.pk), before=before, after={"state": now.state})], actor=by)
    return now


def _locked(job: Job) -> Job:
    """The row as it is now, held until the end of the transaction (SQLite holds the whole database)."""
    return Job.objects.select_for_update().get(pk=job.pk)
