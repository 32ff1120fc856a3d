"""What is costly to make and never written again: made once for all processes of a test run.

`migrated` is an empty database with all its tables, `prepared` one with examples and people. On SQLite each lies in
the folder that is given back, on PostgreSQL it is a database that others begin as a copy of.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

VARIABLE = "YIHENG_TESTS_ONCE"
PREFIX = "yiheng_once_"
"""Of the names of databases that hold what was made once."""


def begin() -> Path:
    """The run's folder; the process that asks first makes it, hands it on in the environment and clears up."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix="yiheng-once-")
        atexit.register(end)
    return Path(os.environ[VARIABLE])


def end() -> None:
    """Remove what was made; before the server of its databases is stopped."""
    if VARIABLE not in os.environ:
        return
    folder = begin()
    for mark in folder.glob(f"{PREFIX}*"):
        _drop(mark.name)
    shutil.rmtree(folder, ignore_errors=True)
    del os.environ[VARIABLE]


def made(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` has filled. Whoever comes first fills it, the others wait for it."""
    run = begin()
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (run / name).exists():
            draft = run / f".{name}"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(run / name)
    return run / name


def new_database(name: str) -> str:
    """The name of a database on PostgreSQL that is dropped when the run ends."""
    run = begin()
    full = f"{PREFIX}{run.name[-8:].lower()}_{name}"
    (run / full).touch()
    return full


def _drop(name: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
