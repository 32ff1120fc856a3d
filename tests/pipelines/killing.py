"""Workers that are killed (SIGKILL) at a chosen moment of a job, in processes of their own; run by `test_jobs_killed`.

Every worker is a fork of this process, so that Django is set up once. What stands in the database is looked at after
each death, and the job is taken over by the next worker at once (a lease of no time).
"""

from __future__ import annotations

import json
import os
import signal
import time
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from tests.pipelines.packages import LINES, changed, workbook

from yiheng.casework import worker
from yiheng.casework.models import Job, Preparation
from yiheng.casework.operations import confirm, enqueue, queue
from yiheng.ledger import operations
from yiheng.ledger.edits import Edit
from yiheng.ledger.errors import EditConflict
from yiheng.ledger.models import BudgetLine, Load, current
from yiheng.ledger.queries import verify_rows
from yiheng.people.models import LogEntry, Post, Role, User
from yiheng.people.queries import verify_log
from yiheng.pipelines.editing import Place, Typed, save
from yiheng.pipelines.jobs import HANDLERS
from yiheng.pipelines.load import load
from yiheng.pipelines.refused import explained
from yiheng.policy import Policy
from yiheng.reporting import manifest

AT_ONCE = worker.Timing(lease=0, throttle=0)
FINISH, COMMIT, AFTER = "finish", "commit", "after"
"""Moments that are no steps: before the end is written, before that is committed, right after it."""


def work(at: str = "") -> int:
    """Let a worker of its own do what waits, and kill it at that step or moment; how it ended."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        _arm(at)
        worker.run(HANDLERS, explain=explained, timing=AT_ONCE, once=True)
        connections.close_all()
        os._exit(0)
    finally:
        os._exit(1)


def _die(*args: object, **kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(at: str) -> None:
    tell, finish = worker.Task.tell, queue.finish

    def telling(task: worker.Task, step: str, done: int, total: int) -> None:
        if step == at:
            _die()
        tell(task, step, done, total)

    def finishing(job: Job, result: dict[str, Any]) -> None:
        if at == FINISH:
            _die()
        finish(job, result)
        if at == COMMIT:
            connection.commit = connection._commit = _die  # type: ignore[attr-defined,method-assign]
        if at == AFTER:
            connection.on_commit(_die)

    worker.Task.tell = telling  # type: ignore[method-assign]
    queue.finish = finishing


def die_at_each(job: Job, moments: Iterable[str], look: Callable[[], Any]) -> dict[str, Any]:
    """Kill one worker after the other, each at the next moment; what was there after each."""
    seen = {}
    for at in moments:
        code = work(at)
        Job.objects.filter(pk=job.pk).update(tries=0)
        seen[at] = {"code": code, "state": Job.objects.get(pk=job.pk).state, "found": look()}
    return seen


def publishing(moments: list[str]) -> None:
    """Prepare a draft of the synthetic department's budget."""
    user = User.objects.get(username="jing")
    of = {"unit": "demo", "year": 2024, "kind": "budget"}
    job = enqueue("prepare", of, by=user, title="准备公开稿", subject="demo-2024-budget")
    seen = die_at_each(job, moments, Preparation.objects.count)
    last = work()
    again = work()
    _print(job, seen, last, again)


def _print(job: Job, seen: dict[str, Any], last: int, again: int) -> None:
    draft = Preparation.objects.get()
    now = Job.objects.get(pk=job.pk)
    package = now.folder / "package"
    print(json.dumps({
        "seen": seen, "codes": [last, again], "state": now.state, "result": now.result,
        "preparation": draft.pk, "defects": manifest.verify(draft.path),
        "folders": sorted(path.name for path in package.iterdir()),
        "ends": LogEntry.objects.filter(table="jobs", action="end").count(),
        "log": [defect.reason for defect in verify_log()],
    }))  # fmt: skip


def loading(folder: str, moments: list[str], writing: list[str]) -> None:
    """Load a workbook, and then one that changes a row and adds one; the second under fire."""
    call_command("migrate", verbosity=0)
    user = User.objects.create(username="jing", name="经办")
    Post.objects.create(user=user, role=Role.PREPARER, unit="ju")
    first = upload(user, workbook(Path(folder) / "一.xlsx"))
    work()
    confirm(first, by=user)
    work()
    third = ("y3", *LINES[2][1:7], "30103", *LINES[2][8:])
    second = upload(user, workbook(Path(folder) / "二.xlsx", (*changed(1, "金额", 5), third)))
    before = _ledger()
    seen = die_at_each(second, moments, _ledger)
    work()
    asked = Job.objects.get(pk=second.pk)
    confirm(asked, by=user)
    seen |= die_at_each(second, writing, _ledger)
    codes = [work(), work()]
    print(json.dumps({
        "before": before, "seen": seen, "codes": codes, "asked": [asked.state, asked.result["difference"]],
        "state": Job.objects.get(pk=second.pk).state, "result": Job.objects.get(pk=second.pk).result,
        "after": _ledger(), "log": [defect.reason for defect in verify_log()],
    }))  # fmt: skip


def sharing(folder: str) -> None:
    """Three workers at one queue; which job each of them did. One job takes longer than the lease."""
    call_command("migrate", verbosity=0)
    user = User.objects.create(username="jing", name="经办")
    jobs = [enqueue("note", {"long": n == 0}, by=user, title=f"第 {n} 项") for n in range(12)]
    done = Path(folder) / "done"

    def note(task: worker.Task) -> dict[str, Any]:
        with done.open("a") as file:
            file.write(f"{task.job.pk}\n")
        time.sleep(7 if task.params["long"] else 0.05)
        return {}

    connections.close_all()
    timing = worker.Timing(lease=5, beat=0.2)
    children = []
    for _ in range(3):
        child = os.fork()
        if not child:
            worker.run({"note": note}, timing=timing, once=True)
            os._exit(0)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    time.sleep(timing.lease)
    worker.run({"note": note}, timing=timing, once=True)
    print(json.dumps({
        "codes": codes, "jobs": sorted(str(job.pk) for job in jobs), "done": sorted(done.read_text().split()),
        "states": sorted({job.state for job in Job.objects.all()}),
    }))  # fmt: skip


def upload(user: User, path: Path) -> Job:
    """Ask for a workbook to be loaded, as its screen does."""
    key = uuid.uuid4()
    job = Job(pk=key)
    target = job.folder / "in" / path.name
    target.parent.mkdir(parents=True)
    target.write_bytes(path.read_bytes())
    files = [{"path": f"in/{path.name}", "name": path.name}]
    return enqueue("load", {"files": files}, by=user, title="装载工作簿", key=key)


def _ledger() -> dict[str, Any]:
    return {
        "lines": dict(current(BudgetLine).values_list("key", "amount")),
        "versions": BudgetLine.objects.count(),
        "loads": Load.objects.count(),
        "logged": LogEntry.objects.filter(action="load").count(),
    }


def editing(folder: str, rounds: int) -> None:
    """Several people write into the same cell, and one into another cell of its row, in processes of their own, at the
    same moment; who of them was told of a conflict, in each round.
    """
    call_command("migrate", verbosity=0)
    assert load([workbook(Path(folder) / "一.xlsx")], "经办", lambda plan: True).ok
    seen = [_round(number, _edited) for number in range(1, rounds + 1)]
    print(json.dumps({"seen": seen, "log": [defect.reason for defect in verify_log()]}))


def typing(folder: str, rounds: int) -> None:
    """As `editing`, through the grid, which judges what is typed before the turn of writers."""
    call_command("migrate", verbosity=0)
    assert load([workbook(Path(folder) / "一.xlsx")], "经办", lambda plan: True).ok
    policy = Policy.load()
    seen = [_round(number, partial(_typed, policy)) for number in range(1, rounds + 1)]
    print(json.dumps({"seen": seen, "log": [defect.reason for defect in verify_log()],
                      "rows": list(verify_rows())}))  # fmt: skip


Writing = Callable[[int, int, dict[str, Any]], str]
"""Number of the person, version that they saw and what they changed → what came of it."""


def _edited(person: int, version: int, change: dict[str, Any]) -> str:
    try:
        operations.edit([Edit("budget_lines", "y1", version, change, 1)], actor=f"某{person}")
    except EditConflict:
        return "conflict"
    return "saved"


def _typed(policy: Policy, person: int, version: int, change: dict[str, Any]) -> str:
    cells = {name: f"{value / 100:.2f}" if name == "amount" else value for name, value in change.items()}
    place = Place("budget_lines", "ju", 2023, "approved")
    return save(place, [Typed("y1", "y1", version, cells)], policy, f"某{person}").status


def _round(number: int, write: Writing) -> dict[str, Any]:
    """Three people write into one cell, a fourth into another of its row."""
    version = current(BudgetLine).get(key="y1").version
    changes = [{"amount": number * 1000 + person} for person in range(3)] + [{"note": f"第 {number} 轮"}]
    outcomes = _at_once([partial(write, person, version, change) for person, change in enumerate(changes)])
    row = current(BudgetLine).get(key="y1")
    return {"outcomes": outcomes, "amount": row.amount, "note": row.note, "versions": row.version - version}


def _at_once(writers: list[Callable[[], str]]) -> list[str]:
    """What came of each writer, in a process of its own, begun together; the name of anything that it raised."""
    connections.close_all()
    gate, start = os.pipe()
    children, outcomes = [], []
    for write in writers:
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            os.close(start)
            os.read(gate, 1)  # ends when the last writer of the gate is gone
            try:
                outcome = write()
            except BaseException as error:
                outcome = repr(error)
            os.write(tell, outcome.encode())
            os._exit(0)
        os.close(tell)
        children.append((child, told))
    os.close(gate)
    os.close(start)
    for child, told in children:
        outcomes.append(os.read(told, 4096).decode())
        os.close(told)
        os.waitpid(child, 0)
    return outcomes
