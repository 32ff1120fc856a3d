"""Back-ups kept beside the installation (保存的备份), in `YIHENG_HOME/backups`: made, listed, handed out, deleted.

Nothing is deleted but by an administrator, and each making, handing out and deletion stands in the log.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from yiheng.people.models import User
from yiheng.people.operations import Write, record
from yiheng.pipelines.backup.archive import BackupRefused, Contents, contents, damaged
from yiheng.pipelines.backup.save import save
from yiheng.pipelines.progress import Cancelled, Progress, silent

FOLDER: Final = "backups"
TABLE: Final = "backups"
"""What the log calls back-ups; the key is the file's name."""
_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,150}\.zip", re.ASCII)
_LOOK: Final = 0.3
"""Seconds between two looks at how far a back-up is."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A back-up in the folder."""

    path: Path
    size: int
    contents: Contents | None
    problem: str = ""
    """Why it cannot be read, where it has no contents."""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


def folder() -> Path:
    """Where they lie; it may not be there yet."""
    return Path(settings.YIHENG_HOME) / FOLDER


def name_at(moment: dt.datetime) -> str:
    """The name of a back-up that is made at the moment."""
    return f"yiheng-{timezone.localtime(moment):%Y%m%d-%H%M%S}.zip"


def listed() -> tuple[Kept, ...]:
    """All of them, the newest first; also those that were copied into the folder."""
    found = [_read(path) for path in folder().glob("*.zip") if _NAME.fullmatch(path.name) and path.is_file()]
    return tuple(sorted(found, key=lambda kept: (kept.contents is None, _age(kept), kept.name)))


def find(name: str) -> Kept | None:
    """The one of that name."""
    path = folder() / name
    return _read(path) if _NAME.fullmatch(name) and path.is_file() and not path.is_symlink() else None


def make(name: str, *, at: dt.datetime, progress: Progress = silent) -> Kept:
    """Save the installation under that name. A file of that name is the work of an earlier try, whole and proved.

    Raises as `save`.
    """
    target = folder() / name
    if not target.exists():
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder().glob(f".{name}.*.part"):
            left.unlink(missing_ok=True)
        _beside(lambda told: save(target, at=at, progress=told), progress)
    return _read(target)


def made(kept: Kept, *, by: User) -> None:
    """Log that it was made; in the transaction of the caller."""
    assert kept.contents is not None  # it was read again before it got its name
    after = {"bytes": kept.size, "rows": kept.contents.rows, "files": len(kept.contents.files)}
    record([Write("backup", TABLE, kept.name, after=after)], actor=by)


def problems(kept: Kept, progress: Progress = silent) -> list[str]:
    """Everything that is wrong with it; none means that every hash is right."""
    if kept.contents is None:
        return [kept.problem]
    return list(damaged(kept.path, kept.contents, progress))


@transaction.atomic
def hand_out(kept: Kept, *, by: User) -> None:
    """Log that somebody takes it away."""
    record([Write("download", TABLE, kept.name, after={"bytes": kept.size})], actor=by)


@transaction.atomic
def delete(kept: Kept, *, by: User) -> None:
    """Delete it. Raises `OSError`; then nothing is logged."""
    at = kept.contents.created_at if kept.contents else ""
    record([Write("delete", TABLE, kept.name, before={"bytes": kept.size, "created_at": at})], actor=by)
    kept.path.unlink(missing_ok=True)


def _read(path: Path) -> Kept:
    size = path.stat().st_size
    try:
        return Kept(path, size, contents(path))
    except BackupRefused as refused:
        return Kept(path, size, None, str(refused).replace(str(path), path.name))


def _age(kept: Kept) -> float:
    return -kept.contents.moment.timestamp() if kept.contents else 0


def _beside(work: Callable[[Progress], T], progress: Progress) -> T:
    """Do the work in a thread with a connection of its own, and tell its progress from here: whoever looks at one
    moment of the database cannot write into it.
    """
    said: list[tuple[str, int, int]] = []
    stopped: list[BaseException] = []

    def told(step: str, done: int, total: int) -> None:
        said[:] = [(step, done, total)]
        if stopped:
            raise Cancelled

    def run() -> T:
        try:
            return work(told)
        finally:
            connection.close()

    with ThreadPoolExecutor(1, "backup") as pool:
        future: Future[T] = pool.submit(run)
        while not future.done():
            wait([future], _LOOK)
            if said and not stopped:
                try:
                    progress(*said[0])
                except BaseException as stop:
                    stopped.append(stop)
        try:
            return future.result()
        except Cancelled:
            raise stopped[0] from None
