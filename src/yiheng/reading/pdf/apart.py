"""Work in a process of its own with bounded time and memory, since a hostile file can hang or crash a library."""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

MOST_SECONDS: Final = 60
"""Processor time; two thousand ordinary pages take half of it."""
MOST_MEMORY: Final = 1536 * 1024 * 1024
"""Bytes beyond what the process already has."""

T = TypeVar("T")


class OutOfBounds(Exception):
    """The work was ended: it took too long, too much memory, or crashed."""


def apart(work: Callable[[], T]) -> T:
    """The result of `work`, done in a child process; an exception in it is raised here.

    Raises `OutOfBounds` where the child had to be ended. Systems that cannot fork do the work here, unbounded.
    """
    if not hasattr(os, "fork"):
        return work()
    reader, writer = os.pipe()
    # The child leaves by os._exit: buffers and connections that it shares with its parent stay untouched.
    child = os.fork()
    if child == 0:
        os.close(reader)
        _child(work, writer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as stream:
            answer = stream.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    if status != 0 or not answer:
        raise OutOfBounds
    done, value = pickle.loads(answer)
    if not done:
        raise value
    result: T = value
    return result


def _child(work: Callable[[], T], writer: int) -> None:
    status = 1
    try:
        _bound()
        # What ends the child is told in its parent's words, not by a stack on the user's terminal.
        faulthandler.disable()
        # A short life without reference cycles: collecting would only copy the parent's memory page by page.
        gc.disable()
        try:
            answer: tuple[bool, object] = (True, work())
        except MemoryError:
            raise
        except Exception as error:
            answer = (False, _portable(error))
        with os.fdopen(writer, "wb") as stream:
            pickle.dump(answer, stream, pickle.HIGHEST_PROTOCOL)
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


def _bound() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
    used = Path("/proc/self/statm")
    if used.exists():
        most = int(used.read_text().split()[0]) * resource.getpagesize() + MOST_MEMORY
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
