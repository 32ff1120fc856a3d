"""Errors that a room, Django or the system raises on purpose, in Chinese (错误说明)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_SYSTEM: Final = (
    (PermissionError, "没有读写权限"),
    (FileNotFoundError, "没有这个文件或文件夹"),
    (FileExistsError, "已有同名的文件"),
    (NotADirectoryError, "不是文件夹"),
    (IsADirectoryError, "是文件夹，不是文件"),
)

_BROKEN: Final = {
    "read_only": "数据库不能写入：请核对数据库文件和文件夹的权限，确认磁盘没有挂载成只读，再重试",
    "input_output": "读写数据库时磁盘出错：请检查磁盘（故障、断开、配额用尽）和系统日志，修好再重试",
    "unreachable": "数据库打不开：请核对数据文件夹是否还在、权限是否正确",
    "damaged": "数据库文件已损坏：请停止使用，保留现场，用最近的备份恢复到新的数据文件夹",
}
"""Kind of `faults.Broken` → what it is and what to do."""


def explained(refused: Exception, database: Callable[[], str] = str) -> str:
    """The message of an error that was foreseen; "" for any other. `database` tells where the database lies."""
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    if isinstance(refused, ImproperlyConfigured):
        return str(refused)
    if not apps.ready:  # the rooms below cannot be imported before Django is set up, and have raised nothing
        return of_the_system(refused) if isinstance(refused, OSError) else _unready(refused)
    from yiheng.casework.errors import CaseworkError
    from yiheng.casework.faults import database_broken, disk_full
    from yiheng.facts.address import AddressError
    from yiheng.ledger.errors import LedgerError
    from yiheng.people.operations import PeopleError
    from yiheng.pipelines.backup import BackupRefused
    from yiheng.policy import PolicyError, PolicyUnknown
    from yiheng.reading.problems import Unreadable
    from yiheng.reporting.review import DecisionsUnreadable
    from yiheng.scoring.errors import ScoringError

    spoken = (
        AddressError,
        BackupRefused,
        CaseworkError,
        DecisionsUnreadable,
        LedgerError,
        PeopleError,
        PolicyError,
        PolicyUnknown,
        ScoringError,
        Unreadable,
    )
    if isinstance(refused, spoken):
        return str(refused)
    at = f"（{where}）" if (where := database()) else ""
    if not isinstance(refused, OSError) and disk_full(refused):
        return f"磁盘空间不足，数据库{at}写不下了。这次的写入已全部撤回，没有留下半成品；请清理磁盘后重试。"
    if broken := database_broken(refused):
        return f"{_BROKEN[broken.value]}{at}。这次没有写入任何内容。原文：{refused}"
    if isinstance(refused, OperationalError):
        return f"数据库打不开{at}：{refused}"
    return of_the_system(refused) if isinstance(refused, OSError) else ""


def _unready(refused: Exception) -> str:
    """As `explained`, of the rooms that do without Django."""
    from yiheng.policy import PolicyError, PolicyUnknown
    from yiheng.reading.problems import Unreadable
    from yiheng.reporting.review import DecisionsUnreadable

    return (
        str(refused)
        if isinstance(refused, (DecisionsUnreadable, PolicyError, PolicyUnknown, Unreadable))
        else ""
    )


def of_the_system(refused: OSError, called: str = "") -> str:
    """An error of the file system; one that a room raised has its own words.

    `called` names the file for somebody to whom its place on the server says nothing.
    """
    from yiheng.casework.faults import disk_full

    if refused.errno is None:
        return str(refused)
    name = called or refused.filename or "文件"
    if disk_full(refused):
        return f"{name}：磁盘空间不足，没有写完。请清理磁盘后重试；没有留下半成品。"
    what = next((words for kind, words in _SYSTEM if isinstance(refused, kind)), refused.strerror)
    return f"{name}：{what}。请核对路径、权限和磁盘空间。"
