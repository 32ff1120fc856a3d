"""Faults that nobody who works here has made (故障): the disk is full, the database does not answer or is broken.

A full disk is told to whoever asked, who can do nothing but wait for it to be cleared. A database that does not answer
is asked again later. One that cannot be written, read or opened, or is damaged, does not mend itself: somebody has to
look at the machine.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from enum import Enum
from pathlib import Path
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No space left, no more within the quota, no larger file."""
_PROBE: Final = 1 << 20
"""Bytes that fit where there is room to go on working."""
_FULL_STATE: Final = "53100"
"""PostgreSQL's SQLSTATE disk_full."""


class Broken(Enum):
    """What is wrong with a database that answers, and answers that it cannot (数据库故障)."""

    READ_ONLY = "read_only"
    """It may not be written: rights of the file, a file system mounted read-only, a standby."""
    INPUT_OUTPUT = "input_output"
    """The disk below it fails or is gone."""
    UNREACHABLE = "unreachable"
    """Its file or folder cannot be opened."""
    DAMAGED = "damaged"
    """Its content is not what the database wrote."""


_OF_SQLITE: Final = {
    sqlite3.SQLITE_READONLY: Broken.READ_ONLY,
    sqlite3.SQLITE_PERM: Broken.READ_ONLY,
    sqlite3.SQLITE_IOERR: Broken.INPUT_OUTPUT,
    sqlite3.SQLITE_CANTOPEN: Broken.UNREACHABLE,
    sqlite3.SQLITE_CORRUPT: Broken.DAMAGED,
    sqlite3.SQLITE_NOTADB: Broken.DAMAGED,
}
"""By the primary code, which is the last byte of the extended one."""
_OF_POSTGRESQL: Final = {
    "25006": Broken.READ_ONLY,  # read_only_sql_transaction
    "58030": Broken.INPUT_OUTPUT,  # io_error
    "XX001": Broken.DAMAGED,  # data_corrupted
    "XX002": Broken.DAMAGED,  # index_corrupted
}


def disk_full(error: BaseException | None) -> bool:
    """Whether a file or the database could not be written because the disk takes no more."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    if not isinstance(error, DatabaseError):
        return False
    code = _sqlite_code(error)
    if code == sqlite3.SQLITE_IOERR and connection.vendor == "sqlite":
        return _takes_no_more(Path(str(connection.settings_dict["NAME"])))
    return code == sqlite3.SQLITE_FULL or _state(error) == _FULL_STATE


def database_broken(error: BaseException | None) -> Broken | None:
    """What is wrong with the database, where it says so; None for everything that may pass by itself."""
    if not isinstance(error, DatabaseError):
        return None
    return _OF_SQLITE.get(_sqlite_code(error)) or _OF_POSTGRESQL.get(_state(error))


def database_away(error: BaseException | None) -> bool:
    """Whether the database did not answer: stopped, restarting, out of connections, or busy for too long."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return not disk_full(error) and database_broken(error) is None


def _takes_no_more(database: Path) -> bool:
    """Whether nothing more fits beside the database: a quota that is used up SQLite tells as a disk that fails."""
    if not database.is_file():
        return False
    try:
        with tempfile.TemporaryFile(dir=database.parent) as probe:
            probe.write(bytes(_PROBE))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as refused:
        return refused.errno in _FULL
    return False


def _sqlite_code(error: BaseException) -> int:
    """The primary code of SQLite, 0 for none."""
    cause = error.__cause__
    found = getattr(cause, "sqlite_errorcode", None) if isinstance(cause, sqlite3.Error) else None
    return (found or 0) & 0xFF


def _state(error: BaseException) -> str:
    """The SQLSTATE of PostgreSQL, "" for none."""
    return getattr(error.__cause__, "sqlstate", None) or ""
