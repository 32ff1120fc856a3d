"""Commands that save the installation and take it back: backup, restore."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiheng.cli import support
from yiheng.cli.support import Json

if TYPE_CHECKING:
    from yiheng.pipelines.backup import Contents


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    support.add(app, "backup", backup)
    support.add(app, "restore", restore)


def backup(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="备份文件，例如 yiheng-2024.zip；不覆盖已有的文件。")
    ],
    as_json: Json = False,
) -> None:
    """备份数据库和数据文件夹，写完即核对；备份含签名密钥，请妥善保管。"""
    from yiheng.pipelines.backup import BackupRefused, save

    support.open_database()
    try:
        with support.progress_bar() as progress:
            saved = save(path, at=dt.datetime.now().astimezone(), progress=progress)
    except BackupRefused as refused:
        support.fail(str(refused))
    if as_json:
        support.show({"file": str(path), "bytes": saved.size, **saved.contents.data()})
        return
    support.say(f"已备份到 {path}（{saved.size / 1_000_000:.1f} MB）：{_summary(saved.contents)}。")
    support.say("备份含账号、签名密钥和未公开的数据，请按涉密要求保管。")


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")],
    as_json: Json = False,
) -> None:
    """把备份恢复到空的数据文件夹和数据库，并核验日志和每一行；已有内容时拒绝。"""
    from django.db import connections

    from yiheng.pipelines.backup import BackupRefused
    from yiheng.pipelines.backup import restore as take_back

    support.make_folder()
    try:
        with support.progress_bar() as progress:
            restored = take_back(path, progress=progress)
    except BackupRefused as refused:
        support.fail(str(refused))
    finally:
        connections.close_all()
    if as_json:
        support.show({"file": str(path), "problems": list(restored.problems), **restored.contents.data()})
    else:
        support.say(f"已恢复 {restored.contents.created_at} 的备份：{_summary(restored.contents)}。")
        for problem in restored.problems:
            support.warn(problem, "red")
        if not restored.problems:
            support.say("核验通过：操作日志的校验链完整，每一行与日志相符。")
    support.exit_unless(not restored.problems)


def _summary(found: Contents) -> str:
    rows = sum(part.count for part in found.tables)
    return f"{len(found.tables)} 张数据表 {rows:,} 行，{len(found.files)} 个文件"
