"""Saving (备份).

1. open one transaction that sees the database as it is now; 2. write every table; 3. write the files of the data
folder; 4. write the manifest; 5. read the archive again and compare every hash; 6. give the file its name.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

import yiheng
from yiheng.pipelines.backup.archive import (
    FILES,
    MANIFEST,
    TABLES,
    BackupRefused,
    Contents,
    Hashing,
    Part,
    copy,
    damaged,
    line,
)
from yiheng.pipelines.backup.tables import columns, name_of, plain, rows, saved_models
from yiheng.pipelines.progress import Progress, silent

LEFT_OUT: Final = ("static", "metrics", "logs", "last-error.txt", "setup-code", "backups")
"""Parts of the data folder that are made again or say nothing after a move, and the back-ups themselves."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved."""

    path: Path
    contents: Contents
    size: int


def save(path: Path, *, at: dt.datetime, progress: Progress = silent) -> Saved:
    """Write a back-up of database and data folder. An existing file is not overwritten.

    Raises `BackupRefused` where something stands at the path or what was written cannot be read again, `OSError`
    where the disk refuses; no half-written file is left then.
    """
    if path.exists():
        raise BackupRefused(f"{path} 已存在，不覆盖原有的备份。请换一个文件名。")
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            found = _write(file, at, progress, skip=draft)
            file.flush()
            os.fsync(file.fileno())
        if problems := list(damaged(draft, found, progress)):
            raise BackupRefused("备份写出后核对不符：" + "；".join(problems) + "。请检查磁盘后重做。")
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return Saved(path, found, path.stat().st_size)


def _write(file: IO[bytes], at: dt.datetime, progress: Progress, skip: Path) -> Contents:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with _as_it_is_now():
            migrations = tuple(sorted(MigrationLoader(connection).applied_migrations))
            models_ = saved_models(apps)
            tables = []
            for number, model in enumerate(models_):
                progress("备份数据表", number, len(models_))
                tables.append(_table(archive, model))
        files = tuple(_files(archive, Path(settings.YIHENG_HOME), skip, progress))
        found = Contents(
            version=yiheng.__version__,
            created_at=at.isoformat(timespec="seconds"),
            database=connection.vendor,
            migrations=migrations,
            tables=tuple(tables),
            files=files,
        )
        archive.writestr(MANIFEST, json.dumps(found.data(), ensure_ascii=False, indent=1))
    return found


@contextlib.contextmanager
def _as_it_is_now() -> Iterator[None]:
    """A transaction that sees one moment of the database and keeps nobody from writing meanwhile."""
    sqlite: Any = connection if connection.vendor == "sqlite" and not connection.in_atomic_block else None
    if sqlite is not None:
        connection.ensure_connection()
        mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if sqlite is not None:
            sqlite.transaction_mode = mode


def _table(archive: zipfile.ZipFile, model: type[models.Model]) -> Part:
    name, count = name_of(model), 0
    with archive.open(TABLES + name, "w", force_zip64=True) as member:
        to = Hashing(member)
        to.write(line(columns(model)))
        for row in rows(model):
            to.write(line(plain(value) for value in row))
            count += 1
    return Part(name, to.sha256, count)


def _files(archive: zipfile.ZipFile, home: Path, skip: Path, progress: Progress) -> Iterator[Part]:
    found = [path for path in sorted(home.rglob("*")) if _kept(path, home) and path != skip]
    for number, path in enumerate(found):
        progress("备份文件", number, len(found))
        name = path.relative_to(home).as_posix()
        try:
            source = path.open("rb")
        except FileNotFoundError:
            continue  # a draft that has just found its place
        with source, archive.open(FILES + name, "w", force_zip64=True) as member:
            to = Hashing(member)
            copy(source, to)
        yield Part(name, to.sha256, to.size)


def _kept(path: Path, home: Path) -> bool:
    inside = path.relative_to(home)
    database = ".sqlite3" in inside.name  # also its journal beside it; the rows are saved as tables
    hidden = any(part.startswith(".") for part in inside.parts)
    return (
        path.is_file()
        and not path.is_symlink()
        and inside.parts[0] not in LEFT_OUT
        and not database
        and not hidden
    )
