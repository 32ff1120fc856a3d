"""Faults that nobody who works here has made (故障): the disk is full, the database does not answer.

A full disk is told to whoever asked, who can do nothing but wait for it to be cleared. A database that does not answer
is asked again later.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No space left, no more within the quota, no larger file."""
_FULL_STATE: Final = "53100"
"""PostgreSQL's SQLSTATE disk_full."""


def disk_full(error: BaseException | None) -> bool:
    """Whether a file or the database could not be written because the disk takes no more."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(cause, "sqlstate", None) == _FULL_STATE


def database_away(error: BaseException | None) -> bool:
    """Whether the database did not answer: stopped, restarting, out of connections, or busy for too long."""
    return isinstance(error, (OperationalError, InterfaceError)) and not disk_full(error)
