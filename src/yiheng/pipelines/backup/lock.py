"""Whether an installation is being restored right now (正在恢复): meanwhile nobody else uses its database."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

from yiheng.pipelines.backup.archive import BackupRefused

if sys.platform != "win32":
    import fcntl

_FILE: Final = ".restoring"


@contextmanager
def alone() -> Iterator[None]:
    """Hold the installation until the process ends, however it ends. `BackupRefused` where another one holds it.

    Windows, where no server runs, has no such lock.
    """
    with holding(_path()) as held:
        if held is None:
            raise BackupRefused("正在恢复另一个备份。请等它结束。")
        yield


def restoring() -> bool:
    """Whether a process restores the installation."""
    return is_held(_path())


@contextmanager
def holding(path: Path) -> Iterator[int | None]:
    """Hold a file; None where another process holds it. A process that is given the descriptor holds it as well, until
    its own end.
    """
    opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield opened if _locked(opened, exclusive=True) else None
    finally:
        os.close(opened)


def is_held(path: Path) -> bool:
    """Whether a process holds the file."""
    try:
        opened = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _locked(opened, exclusive=False)
    finally:
        os.close(opened)


def _locked(opened: int, *, exclusive: bool) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(opened, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _path() -> Path:
    return Path(settings.YIHENG_HOME) / _FILE
