"""Every write of this app, and the log entry that every write of every app makes (操作日志).

A write and its log entry stand in one transaction: when the entry cannot be written, the write fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from .chain import START, entry_hash, plain
from .models import LogEntry, Right, UnitScope, User, Work

Actor = User | str
"""Who acts: a user, or the name of the part of the system that acts by itself."""

_WRITERS_LOCK = 4_403_001
"""Any number that no other advisory lock of this database uses."""


class PeopleError(Exception):
    """A write about accounts or scopes that is refused; the message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Write:
    """What a log entry tells about one write. `before` and `after` are the object as JSON-like data."""

    action: str
    table: str
    key: str = ""
    before: Any = None
    after: Any = None


def actor_name(actor: Actor) -> str:
    """The actor as the log shows it. ValueError for an empty name."""
    name = str(actor).strip()
    if not name:
        raise ValueError("a write needs an actor")
    return name


def record(writes: Iterable[Write], *, actor: Actor, batch: str = "", at: dt.datetime | None = None) -> int:
    """Append an entry for each write, in order; the number of entries.

    RuntimeError outside a transaction: an entry must not outlive the write that it tells of.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("log entries are written in the transaction of the write itself")
    when = at or timezone.now()
    name, user = actor_name(actor), actor if isinstance(actor, User) else None
    prev = _last_hash()
    entries = []
    for write in writes:
        before, after = plain(write.before), plain(write.after)
        entry = LogEntry(
            at=when, user=user, actor=name, action=write.action, table=write.table, key=write.key,
            before=before, after=after, batch=batch, prev_hash=prev,
        )  # fmt: skip
        entry.hash = prev = entry_hash(
            prev_hash=prev, at=when, user=user.pk if user else None, actor=name, action=write.action,
            table=write.table, key=write.key, before=before, after=after, batch=batch,
        )  # fmt: skip
        entries.append(entry)
    LogEntry.objects.bulk_create(entries)
    return len(entries)


def take_turns() -> None:
    """Wait until no other transaction writes, and hold the turn to the end of this one.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS_LOCK])


def _last_hash() -> str:
    """The hash to go on from. Writers take turns, so that two never go on from the same entry."""
    take_turns()
    return LogEntry.objects.order_by("-pk").values_list("hash", flat=True).first() or START


@transaction.atomic
def create_user(*, username: str, name: str, password: str, actor: Actor) -> User:
    """A new account (用户) without any right. `PeopleError` when the name is taken or a part is missing."""
    username, name = username.strip(), name.strip()
    if not (username and name and password):
        raise PeopleError("新建用户需要登录名、姓名和密码，三者都不能为空。")
    if User.objects.filter(username=username).exists():
        raise PeopleError(f"登录名“{username}”已被使用，请另取一个。")
    user = User(username=username, name=name)
    user.set_password(password)
    user.save()
    record([Write("create", "users", username, after={"name": name})], actor=actor)
    return user


@transaction.atomic
def deactivate_user(user: User, *, actor: Actor) -> None:
    """Close an account (停用). It stays, since the log names it."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    record(
        [Write("deactivate", "users", user.username, before={"is_active": True}, after={"is_active": False})],
        actor=actor,
    )


@transaction.atomic
def grant(user: User, *, unit: str, work: str, right: str, actor: Actor) -> UnitScope:
    """Give a right over a unit and those below it. `PeopleError` for an unknown kind of work or right."""
    if work not in Work.values or right not in Right.values:
        kinds, rights = "、".join(Work.values), "、".join(Right.values)
        raise PeopleError(f"权限“{work}·{right}”无法识别：工作种类只能是 {kinds}，权限只能是 {rights}。")
    if not unit.strip():
        raise PeopleError("授权必须指明单位。")
    scope, created = UnitScope.objects.get_or_create(user=user, unit=unit, work=work, right=right)
    if created:
        after = {"user": user.username, "unit": unit, "work": work, "right": right}
        record([Write("grant", "unit_scopes", user.username, after=after)], actor=actor)
    return scope


@transaction.atomic
def revoke(scope: UnitScope, *, actor: Actor) -> None:
    """Take a right back."""
    before = {"user": scope.user.username, "unit": scope.unit, "work": scope.work, "right": scope.right}
    record([Write("revoke", "unit_scopes", scope.user.username, before=before)], actor=actor)
    scope.delete()
