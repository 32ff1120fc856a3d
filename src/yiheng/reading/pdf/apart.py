"""Work in a process of its own with bounded time and memory, since a hostile file can hang or crash a library."""

from __future__ import annotations

import faulthandler
import gc
import math
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

MOST_SECONDS: Final = 30
"""Processor time for one thing that is handed over, such as a page; the fullest pages take some seconds."""
MOST_MEMORY: Final = 1536 * 1024 * 1024
"""Bytes beyond what the process already has."""

T = TypeVar("T")


class OutOfBounds(Exception):
    """The work was ended: it took too long, too much memory, or crashed."""


def apart(work: Callable[[], T]) -> T:
    """The result of `work`, done in a child process; an exception in it is raised here. Raises as `stream` does."""
    (result,) = stream(lambda: iter((work(),)))
    return result


def stream(work: Callable[[], Iterator[T]]) -> Iterator[T]:
    """What `work` yields in a child process, one after the other; an exception in it is raised here.

    The child keeps nothing of what it has handed over. Raises `OutOfBounds` where the child had to be ended. Systems
    that cannot fork do the work here, unbounded.
    """
    if not hasattr(os, "fork"):
        yield from work()
        return
    reader, writer = os.pipe()
    # The child leaves by os._exit: buffers and connections that it shares with its parent stay untouched.
    child = os.fork()
    if child == 0:
        os.close(reader)
        _child(work, writer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as answers:
            yield from _answers(answers)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _answers(answers: BinaryIO) -> Iterator[Any]:
    while True:
        try:
            kind, value = pickle.load(answers)
        except (EOFError, pickle.UnpicklingError) as error:
            raise OutOfBounds from error
        if kind is _Answer.END:
            return
        if kind is _Answer.ERROR:
            raise value
        yield value


class _Answer(IntEnum):
    ITEM = 0
    ERROR = 1
    END = 2


def _child(work: Callable[[], Iterator[T]], writer: int) -> None:
    status = 1
    try:
        _bound_memory()
        _bound_time()
        # What ends the child is told in its parent's words, not by a stack on the user's terminal.
        faulthandler.disable()
        # A short life without reference cycles: collecting would only copy the parent's memory page by page.
        gc.disable()
        with os.fdopen(writer, "wb") as answers:

            def answer(kind: _Answer, value: object = None) -> None:
                pickle.dump((kind, value), answers, pickle.HIGHEST_PROTOCOL)
                answers.flush()
                _bound_time()

            try:
                for item in work():
                    answer(_Answer.ITEM, item)
                answer(_Answer.END)
            except MemoryError:
                raise
            except Exception as error:
                answer(_Answer.ERROR, _portable(error))
        status = 0
    finally:
        os._exit(status)


def _portable(error: Exception) -> Exception:
    """The exception if it can travel to the parent, else one with its traceback."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


def processor_seconds() -> float:
    """Processor time that this process has used."""
    used = os.times()
    return used.user + used.system


def _bound_time() -> None:
    """So much from now on."""
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = math.ceil(processor_seconds()) + MOST_SECONDS
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _bound_memory() -> None:
    used = Path("/proc/self/statm")
    if sys.platform == "win32" or not used.exists():
        return
    import resource

    most = int(used.read_text().split()[0]) * resource.getpagesize() + MOST_MEMORY
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
