"""Restoring (恢复).

1. read the manifest and compare every hash; 2. refuse where the installation is not empty; 3. mark it as unfinished;
4. unpack the files into a folder of their own; 5. make the tables as they were when the back-up was saved; 6. write
all rows in one transaction; 7. put the files in their place; 8. bring the tables up to this version; 9. prove the
result: numbers of rows, the log's chain, the rows by the log; 10. write it into the log, for whoever wants that, with
what was proved; 11. take the mark away. Killed before the end of 6, nothing is there, afterwards all rows are;
restoring again does what is missing.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.apps.registry import Apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from yiheng.casework.operations import queue
from yiheng.ledger import queries as ledger
from yiheng.people import queries as people
from yiheng.people.operations import Write, record
from yiheng.pipelines.backup import marked
from yiheng.pipelines.backup.archive import FILES, BackupRefused, Contents, Part, contents, damaged, lines
from yiheng.pipelines.backup.lock import alone
from yiheng.pipelines.backup.tables import instances, name_of, saved_models
from yiheng.pipelines.progress import Progress, silent

_AT_ONCE: Final = 500
_LOGGED: Final = "installation"
_DRAFT: Final = ".restore-files"
"""Folder below YIHENG_HOME, on the same disk, where the files wait for the rows."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was taken back, and what its proof found: empty when all is as it was."""

    contents: Contents
    problems: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """As the log and the status of a restore tell it."""
        found = self.contents
        return {
            "created_at": found.created_at, "version": found.version, "rows": found.rows, "files": len(found.files),
            "problems": list(self.problems), "has_key": any(part.name == "secret-key" for part in found.files),
        }  # fmt: skip


def restore(path: Path, *, asked: marked.Asked | None = None, progress: Progress = silent) -> Restored:
    """Take a back-up back into an empty installation.

    `asked` lets the log say who restored it; without, the rows of the log are those of the back-up. Raises
    `BackupRefused` where the file is damaged or of a later version, or the installation holds something or is
    being restored by somebody else. A failure before all rows are written leaves the installation empty; one
    afterwards, or a kill, leaves it `marked`, and restoring the same back-up again completes it.
    """
    found = contents(path)
    if problems := list(damaged(path, found, progress)):
        raise BackupRefused(
            f"{path} 已损坏，没有恢复任何内容：" + "；".join(problems) + "。请换一个备份文件。"
        )
    _refuse_later_versions(found)
    home = Path(settings.YIHENG_HOME)
    with alone():
        if not marked.resumes(found, rows=_has_rows()):
            _refuse_unless_empty(found, home)
        marked.begin(found, asked)
        try:
            _take_back(path, found, home, progress)
        except BaseException:
            if not _has_rows():
                _tables_of_this_version()
                marked.end()
            raise
        progress("升级数据表", 0, 1)
        _tables_of_this_version()
        queue.forget("backup")
        progress("核验恢复结果", 0, 1)
        done = Restored(found, tuple(_proof()))
        if (who := marked.asked()) is not None:
            _tell(done, who)
        marked.end()
        return done


def _tell(done: Restored, who: marked.Asked) -> None:
    """Write it into the log; once, though a kill before the mark is gone brings us here again."""
    seal = marked.seal(done.contents)
    if any((entry.after or {}).get("seal") == seal for entry in people.log_of(_LOGGED, who.name)):
        return
    with transaction.atomic():
        after = {**done.data(), "seal": seal}
        record([Write("restore", _LOGGED, who.name, after=after)], actor=who.actor)


def _take_back(path: Path, found: Contents, home: Path, progress: Progress) -> None:
    draft = home / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    try:
        with zipfile.ZipFile(path) as archive:
            _unpack(archive, found.files, draft, progress)
            if not _has_rows():
                _write_rows(archive, found, _tables_as_saved(found), progress)
        for number, part in enumerate(found.files):
            progress("放回文件", number, len(found.files))
            (home / part.name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(draft / part.name, home / part.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _tables_of_this_version() -> None:
    """The tables are those that the program works with."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _refuse_later_versions(found: Contents) -> None:
    """Rows of tables that this program does not know cannot be written."""
    known = set(MigrationLoader(None).graph.nodes)
    if unknown := [f"{app}.{name}" for app, name in found.migrations if (app, name) not in known]:
        raise BackupRefused(
            f"备份来自更新的版本（{found.version}），本程序不认识其中的 {'、'.join(unknown[:5])}。请先升级再恢复。"
        )


def _refuse_unless_empty(found: Contents, home: Path) -> None:
    """Nothing is written over: no rows in the database, none of the back-up's files in the data folder."""
    if _has_rows():
        raise BackupRefused(
            "数据库里已有内容，不能恢复。请用 YIHENG_HOME 或 DATABASE_URL 指定空的数据文件夹和数据库。"
        )
    # The key is made at the first start; the one of the back-up takes its place.
    there = [part.name for part in found.files if part.name != "secret-key" and (home / part.name).exists()]
    if there:
        raise BackupRefused(
            f"数据文件夹 {home} 里已有同名文件：{'、'.join(there[:5])}。请指定一个空的数据文件夹。"
        )


def _has_rows() -> bool:
    """Whether the database holds accounts, a load or anything that was logged: no back-up is without all of them."""
    names = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in names.intersection(("people_user", "ledger_load", "people_logentry")):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
            if cursor.fetchone():
                return True
    return False


def _tables_as_saved(found: Contents) -> Apps:
    """Make the tables of the version that was saved; the models of that version."""
    executor = MigrationExecutor(connection)
    ahead = set(executor.loader.applied_migrations) - set(found.migrations)
    if ahead:
        # An empty database of a later version: its rows are none, so its tables may go back.
        executor.migrate([(app, None) for app in sorted({app for app, _ in ahead})])
        executor = MigrationExecutor(connection)
    leaves = _leaves(executor, found)
    executor.migrate(leaves)
    state = MigrationExecutor(connection).loader.project_state(leaves)
    rendered: Apps = state.apps
    return rendered


def _leaves(executor: MigrationExecutor, found: Contents) -> list[tuple[str, str]]:
    """The last migrations of each app among those of the back-up."""
    applied = set(found.migrations)
    inner = {
        parent.key
        for key in applied
        for parent in executor.loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(applied - inner)


def _write_rows(archive: zipfile.ZipFile, found: Contents, apps: Apps, progress: Progress) -> None:
    by_name = {name_of(model): model for model in saved_models(apps)}
    parts = {part.name: part for part in found.tables}
    if unknown := sorted(set(parts) - set(by_name)):
        raise BackupRefused(f"备份里有本程序不认识的数据表：{'、'.join(unknown)}。请用当时的版本恢复。")
    with transaction.atomic():
        for number, (name, model) in enumerate(by_name.items()):
            progress("恢复数据表", number, len(by_name))
            if name in parts:
                _write_table(archive, name, model, parts[name])
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(by_name.values())):
                cursor.execute(statement)


def _write_table(archive: zipfile.ZipFile, name: str, model: type[models.Model], part: Part) -> None:
    found = lines(archive, name)
    names = next(found)
    manager: Any = model._base_manager
    for field in model._meta.concrete_fields:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            field.auto_now = field.auto_now_add = False  # type: ignore[attr-defined]  # keep the time that was saved
    count = 0
    for some in _batches(instances(model, names, found)):
        manager.bulk_create(some)
        count += len(some)
    if count != part.count:
        raise BackupRefused(f"备份里的 {name} 有 {count} 行，清单记为 {part.count} 行。请换一个备份文件。")


def _batches(rows: Iterable[models.Model]) -> Iterator[list[models.Model]]:
    source = iter(rows)
    for first in source:
        yield list(chain([first], islice(source, _AT_ONCE - 1)))


def _unpack(archive: zipfile.ZipFile, parts: tuple[Part, ...], draft: Path, progress: Progress) -> None:
    for number, part in enumerate(parts):
        progress("恢复文件", number, len(parts))
        inside = PurePosixPath(part.name)
        if inside.is_absolute() or ".." in inside.parts:
            raise BackupRefused(f"备份里的文件名 {part.name} 越出数据文件夹，没有恢复任何内容。")
        target = draft / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(FILES + part.name) as source, target.open("wb") as to:
            shutil.copyfileobj(source, to)
        if part.name == "secret-key":
            target.chmod(0o600)


def _proof() -> Iterator[str]:
    yield from (defect.reason for defect in people.verify_log())
    yield from ledger.verify_rows()
