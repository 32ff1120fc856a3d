"""The one-time code of the first start (首次设置码).

While there is no account, `yiheng serve` prints a code on its terminal; only who can read that terminal may set the
installation up. Its hash lies in YIHENG_HOME, so that every process of the server knows it; each start makes a new one.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from django.conf import settings

from yiheng.people.models import User
from yiheng.pipelines.backup.marked import unfinished

_FILE: Final = "setup-code"


def announce() -> str:
    """A new code when there is no account yet, or only those of a restore that has not ended; "" otherwise."""
    discard()
    if not unfinished() and User.objects.exists():
        return ""
    code = "-".join(secrets.token_hex(3) for _ in range(4))
    descriptor = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(_hashed(code))
    return code


def current() -> str:
    """The hash of the code that counts now, "" for none."""
    try:
        return _path().read_text(encoding="ascii")
    except OSError:
        return ""


def matches(code: str) -> bool:
    """Whether this is the code that was printed."""
    known = current()
    return bool(known) and secrets.compare_digest(_hashed(code), known)


def discard() -> None:
    """The code counts no more."""
    _path().unlink(missing_ok=True)


def _hashed(code: str) -> str:
    return hashlib.sha256("".join(code.split()).lower().encode()).hexdigest()


def _path() -> Path:
    return Path(settings.YIHENG_HOME) / _FILE
