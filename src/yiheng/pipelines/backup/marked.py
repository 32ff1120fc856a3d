"""A restore that was begun and has not ended (恢复没有完成): a mark in the data folder.

It is written before anything is changed and taken away when everything is in its place and proved, so that rows
without their files, or tables of another version, are never taken for an installation. While it is there the
application serves nothing; restoring again goes on from where the rows are.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from yiheng.pipelines.backup.archive import BackupRefused, Contents

_FILE: Final = ".restore-begun"
WORDS: Final = (
    "恢复没有完成，请重新恢复。恢复完成以前系统不能使用；请在服务器上执行 yiheng restore 备份文件，"
    "或在“首次设置”页用设置码重新上传同一个备份。"
)


def unfinished() -> bool:
    """Whether a restore was begun and has not ended; it may still be at work (`lock.restoring`)."""
    return _path().exists()


def resumes(found: Contents, *, rows: bool) -> bool:
    """Whether restoring this back-up goes on with what was begun here. Raises `BackupRefused` where the rows are there
    already and are those of another one.
    """
    begun = _read()
    if begun is None or begun["database"] != _database():
        return False
    if rows and begun["seal"] != seal(found):
        raise BackupRefused(
            f"上次恢复的是 {begun['created_at']} 的备份，没有完成。请用同一个备份文件重新恢复；"
            "要改用别的备份，请指定空的数据文件夹和数据库。"
        )
    return True


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants it to stand in the log, and what the file is called there."""

    actor: str
    name: str


def asked() -> Asked | None:
    """Whoever began what is not ended here wants it told; None where nobody does."""
    who = (_read() or {}).get("asked")
    return Asked(**who) if who else None


def begin(found: Contents, by: Asked | None = None) -> None:
    """Leave the mark, on the disk before anything else is. Who began with the same back-up stays, whoever goes on."""
    path = _path()
    before = _read()
    who = asked() if before is not None and before["seal"] == seal(found) else None
    who = who or by
    said: dict[str, Any] = {"created_at": found.created_at, "seal": seal(found), "database": _database()}
    said |= {"asked": asdict(who)} if who else {}
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(said, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def end() -> None:
    """Take the mark away, once what was restored is on the disk."""
    if hasattr(os, "sync"):
        os.sync()
    _path().unlink(missing_ok=True)


def _read() -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found


def seal(found: Contents) -> str:
    """Names the back-up: the hash of everything that it says of itself, which holds the hash of every part."""
    return hashlib.sha256(json.dumps(found.data(), sort_keys=True).encode()).hexdigest()


def _database() -> str:
    """Names the database, without user and password."""
    named = connection.settings_dict
    return f"{connection.vendor}:{named['HOST']}:{named['PORT']}:{named['NAME']}"


def _path() -> Path:
    return Path(settings.YIHENG_HOME) / _FILE
