"""Putting a finished folder in the place of an older one, so that a reader never finds half of each.

Why it is done so: docs/decisions/0004-publication-swap.md.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_EXCHANGE = 2
_HERE = -100


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder to write into; it takes the place of `target` at the end, unless the work is interrupted.

    Whatever an earlier work left behind is cleared away first. Raises `OSError`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    draft = target.parent / f".{target.name}.draft-{os.getpid()}"
    draft.mkdir()
    lock = _lock(draft)
    try:
        yield draft
        _put_in_place(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        _unlock(lock)


def _put_in_place(draft: Path, target: Path) -> None:
    """Let `target` be the folder that `draft` is now; what stood there before is removed.

    On Linux the two change places in one step, so a kill at any moment leaves a whole package. Elsewhere the old
    folder is first set aside as `.NAME.old`, and `recover` brings it back if the work was cut between the two steps.
    """
    if not target.exists():
        os.replace(draft, target)
        return
    if _exchange(draft, target):
        shutil.rmtree(draft, ignore_errors=True)
        return
    aside = _aside(target)
    shutil.rmtree(aside, ignore_errors=True)
    os.replace(target, aside)
    os.replace(draft, target)
    shutil.rmtree(aside, ignore_errors=True)


def recover(target: Path) -> None:
    """Undo an interrupted replacement: bring back a folder that was set aside, drop drafts that nobody writes."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        os.replace(aside, target)
    for draft in target.parent.glob(f".{target.name}.draft-*"):
        lock = _lock(draft)
        if lock is not None:
            shutil.rmtree(draft, ignore_errors=True)
            _unlock(lock)


def _lock(draft: Path) -> int | None:
    """Hold the draft until the process ends, however it ends; None where another process holds it.

    Windows has no such lock: there every draft that is found counts as left behind.
    """
    if sys.platform == "win32":
        return -1
    try:
        opened = os.open(draft, os.O_RDONLY)
    except FileNotFoundError:
        return None  # its writer has just finished
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        return None
    return opened


def _unlock(lock: int | None) -> None:
    if lock is not None and lock >= 0:
        os.close(lock)


def _aside(target: Path) -> Path:
    return target.parent / f".{target.name}.old"


def _exchange(one: Path, other: Path) -> bool:
    """Linux's renameat2(RENAME_EXCHANGE); False where the system or the file system does not know it."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0
