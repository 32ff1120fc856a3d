"""The queue of background jobs and its worker (后台作业), in one process; kills are in tests/pipelines."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Job, JobState
from yiheng.casework.operations import cancel, confirm, enqueue, queue
from yiheng.casework.operations.jobs import MOST_OPEN
from yiheng.casework.worker import TRACE, Handler, Stop, Task, Timing, run, work
from yiheng.people.models import User
from yiheng.people.operations import create_user
from yiheng.people.queries import log_of
from yiheng.pipelines.refused import explained

pytestmark = pytest.mark.django_db
LEASE = dt.timedelta(seconds=30)
EAGER = Timing(throttle=0)


@pytest.fixture
def user() -> User:
    return create_user(username="jingban", name="经办", password="长而无趣的口令2024", actor="测试")


def ask_for(user: User, **named: Any) -> Job:
    return enqueue("work", named.pop("params", {}), by=user, title="一项作业", **named)


def do(handler: Handler, **named: Any) -> int:
    return run({"work": handler}, timing=EAGER, once=True, **named)


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_job_is_done_and_keeps_its_result(user: User) -> None:
    job = ask_for(user, params={"x": 2})

    def handler(task: Task) -> dict[str, Any]:
        task.tell("一半", 1, 2)
        assert now(job).state == JobState.RUNNING
        assert now(job).percent == 50
        return {"twice": task.params["x"] * 2}

    assert do(handler) == 1
    found = now(job)
    assert (found.state, found.result, found.holder, found.percent) == ("done", {"twice": 4}, "", 100)
    assert [entry.action for entry in log_of("jobs", str(job.pk))] == ["enqueue", "end"]


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(user: User) -> None:
    jobs = [ask_for(user) for _ in range(3)]
    seen: list[Any] = []
    do(lambda task: seen.append(task.job.pk) or {})  # type: ignore[func-returns-value]
    assert seen == [job.pk for job in jobs]


def test_a_kind_that_the_worker_does_not_know_waits_for_another(user: User) -> None:
    job = ask_for(user)
    assert run({"other": lambda task: {}}, timing=EAGER, once=True) == 0
    assert now(job).state == JobState.WAITING


def test_a_refusal_is_told_in_its_own_words_and_an_accident_with_a_number(user: User) -> None:
    known, unknown = ask_for(user), ask_for(user)

    def handler(task: Task) -> dict[str, Any]:
        raise CaseworkError("年度尚未开立。") if task.job.pk == known.pk else KeyError("x")

    do(handler, explain=lambda error: str(error) if isinstance(error, CaseworkError) else "")
    assert (now(known).state, now(known).error) == ("failed", "年度尚未开立。")
    assert str(unknown.pk) in now(unknown).error
    assert "KeyError" in (unknown.folder / TRACE).read_text()


def test_of_one_subject_only_one_job_is_open(user: User) -> None:
    job = ask_for(user, subject="szyb-2024")
    assert ask_for(user, subject="szyb-2024").pk == job.pk
    assert ask_for(user, subject="szybzx-2024").pk != job.pk
    do(lambda task: {})
    assert ask_for(user, subject="szyb-2024").pk != job.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(
            kind="work", title="又一项", subject="szyb-2024", requested_by=user, created_at=timezone.now()
        )


def test_nobody_fills_the_queue_alone(user: User) -> None:
    for _ in range(MOST_OPEN):
        ask_for(user)
    with pytest.raises(CaseworkError, match=f"已有 {MOST_OPEN} 项"):
        ask_for(user)


def test_cancelling_a_job_that_waits_ends_it_at_once(user: User) -> None:
    job = ask_for(user)
    cancel(job, by=user)
    assert now(job).state == JobState.CANCELLED
    assert do(lambda task: {}) == 0
    assert [entry.action for entry in log_of("jobs", str(job.pk))] == ["enqueue", "cancel"]


def test_cancelling_a_running_job_stops_it_at_its_next_step(user: User) -> None:
    job = ask_for(user)
    steps = []

    def handler(task: Task) -> dict[str, Any]:
        for step in ("第一步", "第二步", "第三步"):
            task.tell(step, 0, 3)
            steps.append(step)
            cancel(now(job), by=user)
        return {}

    do(handler)
    assert steps == ["第一步"]
    assert now(job).state == JobState.CANCELLED


def test_a_worker_that_is_told_to_end_puts_its_job_back(user: User) -> None:
    job, stopping = ask_for(user), threading.Event()

    def handler(task: Task) -> dict[str, Any]:
        stopping.set()
        task.tell("一步", 0, 1)
        return {}

    do(handler, stopping=stopping)
    assert (now(job).state, now(job).tries) == ("waiting", 0)


def test_a_job_that_asks_goes_on_with_what_was_agreed_to(user: User) -> None:
    job = ask_for(user)

    def handler(task: Task) -> dict[str, Any]:
        if task.params.get("confirmed") != {"rows": 3}:
            task.ask({"asks": {"rows": 3}, "text": "新增 3 行"})
        return {"written": 3}

    do(handler)
    assert (now(job).state, now(job).finished_at) == ("asking", None)
    assert do(handler) == 0, "nobody has agreed yet"
    confirm(job, by=user)
    do(handler)
    assert (now(job).state, now(job).result) == ("done", {"written": 3})
    with pytest.raises(CaseworkError, match="不等待确认"):
        confirm(job, by=user)


def silent(job: Job, seconds: float) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat=timezone.now() - dt.timedelta(seconds=seconds))


def test_a_job_is_taken_over_only_when_its_worker_is_silent(user: User) -> None:
    job = ask_for(user)
    first = queue.claim("甲", LEASE, ["work"])
    assert first is not None
    assert queue.claim("乙", LEASE, ["work"]) is None
    silent(job, 29)
    assert queue.beat(first)
    silent(job, 31)
    second = queue.claim("乙", LEASE, ["work"])
    assert second is not None
    assert (second.pk, second.tries) == (job.pk, 2)


WRITES: list[Callable[[Job], object]] = [
    lambda job: queue.tell(job, "一步", 0, 1),
    lambda job: queue.finish(job, {}),
    lambda job: queue.fail(job, "不行"),
    lambda job: queue.ask(job, {}),
    lambda job: queue.cancelled(job),
]


@pytest.mark.parametrize("write", WRITES)
def test_a_worker_that_was_replaced_writes_nothing(user: User, write: Callable[[Job], object]) -> None:
    job = ask_for(user)
    first = queue.claim("甲", LEASE, ["work"])
    silent(job, 31)
    queue.claim("乙", LEASE, ["work"])
    assert first is not None
    with pytest.raises(queue.Lost):
        write(first)
    assert not queue.beat(first)
    queue.release(first)
    assert (now(job).holder, now(job).state) == ("乙", "running")


def test_writes_of_a_replaced_worker_are_undone_with_its_end(user: User) -> None:
    """What a handler writes in the transaction of its end is kept once, however often it was begun."""
    job = ask_for(user)
    silenced = []

    def handler(task: Task) -> dict[str, Any]:
        if not silenced:
            silent(job, 31)
            silenced.append(queue.claim("乙", LEASE, ["work"]))
        with transaction.atomic():
            create_user(username="written", name="写入", password="长而无趣的口令2024", actor="测试")
            task.finish({})
        return {}

    do(handler)
    assert not User.objects.filter(username="written").exists()
    assert (now(job).holder, now(job).state) == ("乙", "running")


def test_after_three_dead_workers_the_job_is_given_up(user: User) -> None:
    job = ask_for(user)
    for _ in range(queue.MOST_TRIES):
        assert queue.claim("甲", LEASE, ["work"]) is not None
        Job.objects.update(step="写出说明 PDF")
        silent(job, 31)
    assert queue.claim("甲", LEASE, ["work"]) is None
    assert now(job).state == JobState.FAILED
    assert "已执行 3 次" in now(job).error
    assert "写出说明 PDF" in now(job).error


def test_a_job_whose_worker_died_after_it_was_cancelled_is_cancelled(user: User) -> None:
    job = ask_for(user)
    queue.claim("甲", LEASE, ["work"])
    cancel(job, by=user)
    assert now(job).state == JobState.RUNNING
    silent(job, 31)
    assert queue.claim("乙", LEASE, ["work"]) is None
    assert now(job).state == JobState.CANCELLED


def test_a_job_is_begun_again_when_its_database_is_back(user: User) -> None:
    job, tries = ask_for(user), iter(range(9))

    def handler(task: Task) -> dict[str, Any]:
        if next(tries) == 0:
            raise OperationalError("server closed the connection")
        return {"try": now(job).tries}

    assert do(handler) == 2
    assert (now(job).state, now(job).result) == ("done", {"try": 2})


def test_a_job_whose_database_stays_away_is_left_to_whoever_comes(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, asked = ask_for(user), []

    def away(*args: Any, **named: Any) -> dict[str, Any]:
        asked.append(args)
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as patched:
        patched.setattr(queue, "put_back", away)
        stopping = threading.Event()
        taken = queue.claim("甲", LEASE, ["work"])
        assert taken is not None
        work(taken, away, str, Timing(lease=0.05, poll=0.01), stopping)
    assert len(asked) > 2 and now(job).state == JobState.RUNNING
    silent(job, 31)
    do(lambda task: {})
    assert now(job).state == JobState.DONE


def test_a_database_that_always_fails_is_not_asked_for_ever(user: User) -> None:
    job = ask_for(user)

    def handler(task: Task) -> dict[str, Any]:
        raise OperationalError("canceling statement due to statement timeout")

    assert do(handler) == queue.MOST_TRIES
    assert now(job).state == JobState.FAILED and "已执行 3 次" in now(job).error


def test_a_full_disk_is_told_to_whoever_asked(user: User) -> None:
    """The error of a full database has its driver's error as its cause; see `faults`."""
    job, full = ask_for(user), OperationalError("database or disk is full")
    full.__cause__ = sqlite3.OperationalError()
    full.__cause__.sqlite_errorcode = sqlite3.SQLITE_FULL

    def handler(task: Task) -> dict[str, Any]:
        raise full

    assert do(handler, explain=explained) == 1
    assert now(job).state == JobState.FAILED and "磁盘空间不足" in now(job).error


def test_progress_that_cannot_be_noted_does_not_end_the_work(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker is in no transaction between two steps, as this test is."""
    job, tell = ask_for(user), queue.tell
    between = SimpleNamespace(in_atomic_block=False, close=lambda: None)
    monkeypatch.setattr("yiheng.casework.worker.connection", between)

    def telling(job: Job, step: str, *args: int) -> bool:
        if step == "一":
            raise OperationalError("the connection is closed")
        return tell(job, step, *args)

    def handler(task: Task) -> dict[str, Any]:
        for step in "一二":
            task.tell(step, 0, 2)
        return {"step": now(job).step}

    monkeypatch.setattr(queue, "tell", telling)
    assert do(handler) == 1
    assert (now(job).state, now(job).result) == ("done", {"step": "二"})


def test_stop_is_no_failure(user: User) -> None:
    """A handler that swallows `Stop` and returns has ended as it was told to."""
    job = ask_for(user)

    def handler(task: Task) -> dict[str, Any]:
        cancel(now(job), by=user)
        with pytest.raises(Stop):
            task.tell("一步", 0, 1)
        return {"never": "kept"}

    do(handler)
    assert (now(job).state, now(job).result) == ("cancelled", None)


def test_a_worker_outlives_a_database_that_does_not_answer(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, stopping, claim, asked = ask_for(user), threading.Event(), queue.claim, []

    def claiming(*args: Any) -> Job | None:
        asked.append(args)
        if len(asked) == 1:
            raise OperationalError("the database system is starting up")
        return claim(*args)

    def handler(task: Task) -> dict[str, Any]:
        stopping.set()
        return {}

    monkeypatch.setattr(queue, "claim", claiming)
    run({"work": handler}, timing=Timing(poll=0.01, throttle=0), stopping=stopping)
    assert now(job).state == JobState.DONE


def test_while_an_installation_is_restored_nothing_is_taken_and_between_jobs_it_is_cleaned(
    user: User,
) -> None:
    job, order = ask_for(user), []
    answers = iter([False, False, True, True])

    def ready() -> bool:
        order.append("asked")
        assert now(job).state == JobState.WAITING or "done" in order
        return next(answers)

    def handler(task: Task) -> dict[str, Any]:
        order.append("done")
        return {}

    timing = Timing(throttle=0, poll=0)
    run({"work": handler}, timing=timing, once=True, ready=ready, between=lambda: order.append("cleaned"))
    assert order == ["asked", "asked", "asked", "cleaned", "done", "asked", "cleaned"]


def test_the_open_jobs_of_an_installation_that_is_no_more_are_ended(user: User) -> None:
    open_, other, over = ask_for(user), enqueue("other", {}, by=user, title="别的"), ask_for(user)
    cancel(over, by=user)
    queue.forget("work")
    assert [now(job).state for job in (open_, other, over)] == ["cancelled", "waiting", "cancelled"]
    assert [entry.action for entry in log_of("jobs", str(over.pk))] == ["enqueue", "cancel"]
