"""The worker (后台进程): takes jobs from the queue, one after the other, and does each with the handler of its kind.

1. take the oldest job that waits, or whose worker died; 2. begin to beat, so that nobody takes it over; 3. let the
handler work, which tells each step and is stopped there when somebody cancels; 4. write how it ended.

Any number of workers may run, on one machine or several. A worker may be killed at any moment: when it has been silent
for the lease, another begins the job again. What a handler writes must therefore appear whole or not at all, and where
doing it twice would matter, together with `Task.finish` in one transaction.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import socket
import threading
import time
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from yiheng.casework.faults import database_away
from yiheng.casework.models import Job, made_folder
from yiheng.casework.operations import queue

log: Final = logging.getLogger(__name__)
TRACE: Final = "error.txt"
"""In the folder of a job that failed for a reason nobody foresaw: what whoever mends it needs."""


class Stop(Exception):
    """Raised by `Task.tell`: the handler is to end here and keep nothing."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of the worker's clockwork."""

    lease: float = 30
    """Of silence, after which a worker counts as dead."""
    beat: float = 5
    """Between two signs of life."""
    poll: float = 1
    """Between two looks into an empty queue."""
    throttle: float = 0.5
    """Between two notes of progress in the database."""


class Task:
    """A job in the hands of a worker: what a handler gets."""

    def __init__(self, job: Job, throttle: float, stopping: threading.Event) -> None:
        self.job = job
        self.over = False
        """The handler has written the end itself."""
        self.stop: Callable[[Job], None] | None = None
        """How a job that was stopped ends; None where it was not."""
        self._throttle, self._stopping = throttle, stopping
        self._told = float("-inf")

    @property
    def params(self) -> Mapping[str, Any]:
        """What was asked for."""
        params: dict[str, Any] = self.job.params
        return params

    @property
    def folder(self) -> Path:
        """The folder of the job's files, which is there."""
        return made_folder(self.job.pk)

    def tell(self, step: str, done: int, total: int) -> None:
        """Progress; seldom enough for the database. Raises `Stop` where the work is to end."""
        if self.over:
            return
        if self._stopping.is_set():
            self._end(queue.release)
        now = time.monotonic()
        if now - self._told < self._throttle:
            return
        self._told = now
        try:
            if queue.tell(self.job, step, done, total):
                self._end(queue.cancelled)
        except queue.Lost:
            self._end(_nothing)
        except (OperationalError, InterfaceError):
            # Work of minutes does not end for want of a note about it; what it writes itself tells whether it can.
            if connection.in_atomic_block:
                raise
            log.warning("progress of job %s could not be noted", self.job.pk, exc_info=True)
            connection.close()

    def _end(self, how: Callable[[Job], None]) -> None:
        self.stop = how
        raise Stop

    def finish(self, result: dict[str, Any]) -> None:
        """The job is done; called inside the transaction of the handler's own writes. Raises `queue.Lost`."""
        queue.finish(self.job, result)
        self.over = True

    def refuse(self, error: str, result: dict[str, Any]) -> None:
        """What was asked for cannot be done: why in one sentence, and everything that has to be mended."""
        queue.fail(self.job, error, result)
        self.over = True

    def ask(self, result: dict[str, Any]) -> None:
        """Wait until somebody agrees to `result["asks"]`, which is then in `params["confirmed"]`."""
        queue.ask(self.job, result)
        self.over = True


Handler = Callable[[Task], dict[str, Any]]
"""Does a job and gives its result as plain data. What it raises makes the job fail."""
Explain = Callable[[Exception], str]
"""An exception in Chinese; "" for one that nobody foresaw."""


def run(
    handlers: Mapping[str, Handler],
    *,
    explain: Explain = lambda error: "",
    timing: Timing = Timing(),
    stopping: threading.Event | None = None,
    once: bool = False,
    ready: Callable[[], bool] = lambda: True,
    between: Callable[[], object] = lambda: None,
) -> int:
    """Work until `stopping` is set, or with `once` until nothing waits; the number of jobs that were taken.

    While `ready` says no, nothing is taken and the database is left alone. `between` is called before each look for a
    job; it raises nothing.
    """
    stopping, taken = stopping or threading.Event(), 0
    holder = f"{socket.gethostname()[:24]}:{os.getpid()}:"
    while not stopping.is_set():
        if not ready():
            stopping.wait(timing.poll)
            continue
        between()
        try:
            job = queue.claim(holder + uuid.uuid4().hex[:12], dt.timedelta(seconds=timing.lease), handlers)
        except (OperationalError, InterfaceError):
            if once:
                raise
            log.warning("the database does not answer; trying again", exc_info=True)
            _reconnect()
            stopping.wait(timing.poll)
            continue
        if job is not None:
            taken += 1
            work(job, handlers[job.kind], explain, timing, stopping)
        elif once:
            break
        else:
            stopping.wait(timing.poll)
    return taken


def work(job: Job, handler: Handler, explain: Explain, timing: Timing, stopping: threading.Event) -> None:
    """Do one job that was taken, and write how it ended."""
    task = Task(job, timing.throttle, stopping)
    error = ""
    result: dict[str, Any] = {}
    try:
        with _beating(job, timing.beat):
            try:
                result = handler(task)
            except queue.Lost:
                raise
            except Exception as raised:
                if database_away(raised):
                    raise
                error = "" if isinstance(raised, Stop) else _reason(task, raised, explain)
            _write_end(task, result, error)
    except queue.Lost:
        log.warning("job %s was taken over by another worker", job.pk)
    except (OperationalError, InterfaceError) as raised:
        log.warning("job %s was cut off by its database", job.pk, exc_info=True)
        _reconnect()
        if database_away(raised):
            _put_back(job, timing, stopping)


def _put_back(job: Job, timing: Timing, stopping: threading.Event) -> None:
    """Let the job begin again as soon as the database is back; after the lease any worker takes it in any case."""
    end = time.monotonic() + timing.lease
    while True:
        try:
            queue.put_back(job)
            return
        except (OperationalError, InterfaceError):
            _reconnect()
        if time.monotonic() >= end or stopping.wait(timing.poll):
            return


def _reconnect() -> None:
    """Let the next query open a connection of its own; one inside a transaction belongs to whoever began that."""
    if not connection.in_atomic_block:
        connection.close()


def _write_end(task: Task, result: dict[str, Any], error: str) -> None:
    if task.over:
        return
    if task.stop is not None:
        task.stop(task.job)
    elif error:
        queue.fail(task.job, error)
    else:
        queue.finish(task.job, result)


def _nothing(job: Job) -> None:
    """How a job ends that is another worker's by now."""


def _reason(task: Task, raised: Exception, explain: Explain) -> str:
    """What the person who asked for the job reads; the trace of an error that nobody foresaw is kept."""
    if known := explain(raised):
        return known
    log.error("job %s failed", task.job.pk, exc_info=raised)
    with contextlib.suppress(OSError):
        trace = "".join(traceback.format_exception(raised))
        (task.folder / TRACE).write_text(trace, encoding="utf-8")
    return (
        f"程序出错（{type(raised).__name__}）。没有留下半成品。"
        f"请把作业编号 {task.job.pk} 告诉系统管理员，详情在服务器的作业文件夹里。"
    )


@contextmanager
def _beating(job: Job, seconds: float) -> Iterator[None]:
    """Signs of life from a thread of their own meanwhile, since one step may take longer than the lease."""
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(seconds):
                try:
                    queue.beat(job)
                except (DatabaseError, InterfaceError):
                    connection.close()  # the next one opens its own
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name="beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
