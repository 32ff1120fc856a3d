"""What workers do with the queue of background jobs (作业队列): take, keep, finish.

Every write names the holder that it comes from. A worker whose job was taken over, because it stood still for longer
than the lease, is refused by `Lost` and keeps nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from yiheng.casework.models import OPEN, Job, JobState
from yiheng.people.operations import Write, record

from .jobs import TABLE

MOST_TRIES: Final = 3
"""How often a job is begun whose worker died each time."""
ACTOR: Final = "后台进程"


class Lost(Exception):
    """The job is no longer this worker's: another took it over, or it is over."""


def claim(holder: str, lease: dt.timedelta, kinds: Collection[str]) -> Job | None:
    """Take the oldest job that waits, or whose worker has been silent for longer than `lease`; None where none does."""
    while _due(lease, kinds).exists():
        taken, again = _claim(holder, lease, kinds)
        if taken is not None or not again:
            return taken
    return None


@transaction.atomic
def _claim(holder: str, lease: dt.timedelta, kinds: Collection[str]) -> tuple[Job | None, bool]:
    """The job that was taken; whether it is worth to look once more."""
    query = _due(lease, kinds).order_by("created_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        query = query.select_for_update(skip_locked=True)
    job = query.first()
    if job is None:
        return None, False
    if job.cancel_requested:
        _close(job, JobState.CANCELLED, "")
        return None, True
    if job.tries >= MOST_TRIES:
        _close(job, JobState.FAILED, _given_up(job))
        return None, True
    now = timezone.now()
    job.state, job.holder, job.heartbeat, job.tries = JobState.RUNNING, holder, now, job.tries + 1
    job.started_at = job.started_at or now
    job.save(update_fields=["state", "holder", "heartbeat", "tries", "started_at"])
    return job, False


def _due(lease: dt.timedelta, kinds: Collection[str]) -> Any:
    silent = Q(state=JobState.RUNNING, heartbeat__lt=timezone.now() - lease)
    return Job.objects.filter(Q(state=JobState.WAITING) | silent, kind__in=kinds)


def _given_up(job: Job) -> str:
    at = f"“{job.step}”" if job.step else "开始"
    return (
        f"已执行 {job.tries} 次，每次后台进程都在{at}处意外中断。没有留下半成品。"
        "请查看服务器的内存、磁盘空间和日志，处理后重新提交。"
    )


def _close(job: Job, state: JobState, error: str) -> None:
    job.state, job.error, job.holder, job.finished_at = state, error, "", timezone.now()
    job.save(update_fields=["state", "error", "holder", "finished_at"])
    record([Write("end", TABLE, str(job.pk), after={"state": state.value, "error": error})], actor=ACTOR)


def forget(kind: str) -> None:
    """End the open jobs of that kind, which belonged to an installation that is no more; nobody is to begin them."""
    for job in Job.objects.filter(kind=kind, state__in=OPEN):
        with transaction.atomic():
            _close(job, JobState.CANCELLED, "")


def beat(job: Job) -> bool:
    """Say that the worker lives; False where the job is no longer its."""
    return bool(_held(job).update(heartbeat=timezone.now()))


def tell(job: Job, step: str, done: int, total: int) -> bool:
    """Note how far the job is; whether somebody wants it cancelled. Raises `Lost`."""
    longest: int = Job._meta.get_field("step").max_length or 0
    if not _held(job).update(heartbeat=timezone.now(), step=step[:longest], done=done, total=total):
        raise Lost
    return bool(Job.objects.values_list("cancel_requested", flat=True).get(pk=job.pk))


def finish(job: Job, result: dict[str, Any]) -> None:
    """The job is done. Inside the transaction of its own writes, so that both are kept or neither. Raises `Lost`."""
    _end(job, JobState.DONE, result=result, done=F("total"))


def ask(job: Job, result: dict[str, Any]) -> None:
    """Wait for `confirm`: `result["asks"]` is what has to be agreed to. Raises `Lost`."""
    _end(job, JobState.ASKING, result=result)


def fail(job: Job, error: str, result: dict[str, Any] | None = None) -> None:
    """The job could not be done; `error` says why, in Chinese, and `result` in detail. Raises `Lost`."""
    _end(job, JobState.FAILED, error=error, result=result)


def cancelled(job: Job) -> None:
    """The job stopped because somebody wanted it. Raises `Lost`."""
    _end(job, JobState.CANCELLED)


@transaction.atomic
def _end(job: Job, state: JobState, **fields: Any) -> None:
    over = None if state is JobState.ASKING else timezone.now()
    if not _held(job).update(state=state, holder="", finished_at=over, **fields):
        raise Lost
    after = {"state": state.value, "error": fields.get("error", "")}
    record([Write("end", TABLE, str(job.pk), after=after)], actor=ACTOR)


def release(job: Job) -> None:
    """Put the job back, to be begun again by the next worker; the try that was cut short does not count."""
    _held(job).update(state=JobState.WAITING, holder="", tries=F("tries") - 1)


def put_back(job: Job) -> None:
    """Put the job back after an accident, which counts as a try. Nothing happens where it is another's by now."""
    _held(job).update(state=JobState.WAITING, holder="")


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, holder=job.holder)
