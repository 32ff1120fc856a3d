"""Cleaning (清理): what nobody needs any more is removed once a day, and the log says how much.

1. folders of jobs that ended days ago and of uploads that led to no job, unless a draft of a publication or a reviewed
document rests on them; 2. what interrupted back-ups and restores left; 3. sessions and tokens that are long over.
Certified versions, evidence and back-ups are never touched.
"""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.utils import timezone

from yiheng.casework.queries.jobs import clearable
from yiheng.people import sessions, tokens
from yiheng.people.models import LogEntry, User
from yiheng.people.operations import Write, record, take_turns
from yiheng.pipelines.backup import kept
from yiheng.pipelines.backup.lock import restoring

log: Final = logging.getLogger(__name__)
ACTOR: Final = "后台进程"
ACTION, TABLE = "tidy", "installation"
RESTORES: Final = ".restore"
"""Folder of uploads from which the first start restores."""
LEFT: Final = dt.timedelta(days=1)
"""After so long a draft of a back-up or a restore is nobody's."""
_AGAIN: Final = 3600.0
"""Seconds after which an attempt that failed is repeated."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was removed."""

    folders: int
    """Of jobs and uploads."""
    drafts: int
    """Of interrupted back-ups and restores."""
    sessions: int
    tokens: int


class Daily:
    """Cleans once a day, whoever of several workers comes first; raises nothing."""

    def __init__(self) -> None:
        self._done: dt.date | None = None
        self._next = 0.0

    def __call__(self) -> None:
        """Clean if it was not done today."""
        today = timezone.localdate()
        if self._done == today or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _AGAIN
        try:
            if (
                User.objects.exists()
            ):  # before the set-up the installation stays empty, so that it can be restored
                tidy(timezone.now(), days=settings.KEEP_DAYS)
                self._done = today
        except (DatabaseError, OSError):
            log.warning("cleaning failed; it is tried again", exc_info=True)


def tidy(now: dt.datetime, *, days: int) -> Tidied | None:
    """Clean what was over `days` before `now`; None where it was done on this day already. Raises `DatabaseError`."""
    if _done_on_the_day_of(now):
        return None
    before = now - dt.timedelta(days=days)
    folders = sum(map(_removed, _folders(before)))
    drafts = sum(map(_removed, _drafts(now - LEFT)))
    with transaction.atomic():
        take_turns()
        if _done_on_the_day_of(now):
            return None
        open_ends = Session.objects.filter(expire_date__lt=now).delete()[0]
        done = Tidied(folders, drafts, sessions.forget_over(before) + open_ends, tokens.forget_over(before))
        record([Write(ACTION, TABLE, after=asdict(done) | {"days": days})], actor=ACTOR, at=now)
    return done


def _done_on_the_day_of(now: dt.datetime) -> bool:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return LogEntry.objects.filter(action=ACTION, table=TABLE, at__gte=midnight).exists()


def _folders(before: dt.datetime) -> Iterator[Path]:
    found = {}
    for path in _inside(Path(settings.YIHENG_HOME) / "jobs"):
        try:
            found[uuid.UUID(path.name)] = path
        except ValueError:
            continue  # nothing of ours
    for key in clearable(found.keys(), before):
        if _older(found[key], before):
            yield found[key]


def _drafts(before: dt.datetime) -> Iterator[Path]:
    home = Path(settings.YIHENG_HOME)
    uploads = [] if restoring() else list(_inside(home / RESTORES))
    for path in (*uploads, *kept.folder().glob(".*.part")):
        if _older(path, before):
            yield path


def _inside(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob("*") if path.is_dir() and not path.is_symlink())


def _older(path: Path, before: dt.datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False  # another worker was faster


def _removed(path: Path) -> bool:
    try:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    except OSError:
        log.warning("cannot remove %s", path, exc_info=True)
        return False
    return True
