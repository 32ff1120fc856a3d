"""Every write of this app, and the log entry that every write of every app makes (操作日志).

A write and its log entry stand in one transaction: when the entry cannot be written, the write fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from . import passwords
from .chain import START, entry_hash, plain
from .models import (
    ADMINISTRATORS,
    BUSINESS_ROLES,
    LogEntry,
    LoginSession,
    Post,
    Right,
    Role,
    UnitScope,
    User,
    Work,
)
from .once import forget
from .prepared import Prepared, PreparedInsert
from .roles import EXCLUSIVE, READS_ONLY

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


def record(
    writes: Iterable[Write],
    *,
    actor: Actor,
    batch: str = "",
    at: dt.datetime | None = None,
    in_turn: bool = False,
) -> int:
    """Append an entry for each write, in order; the number of entries. `in_turn`: the caller has taken the turn.

    RuntimeError outside a transaction: an entry must not outlive the write that it tells of.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("log entries are written in the transaction of the write itself")
    when = at or timezone.now()
    name, user = actor_name(actor), actor if isinstance(actor, User) else None
    if not in_turn:
        take_turns()
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
    _ENTRIES.add(entries)
    forget()
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
    return next((text for (text,) in _LAST_HASH.rows()), START)


_ENTRIES: Final = PreparedInsert(LogEntry)
_LAST_HASH: Final = Prepared(lambda: LogEntry.objects.order_by("-pk").values_list("hash")[:1])


def only(actor: Actor, *roles: Role) -> None:
    """`PeopleError` when a person acts who is none of these administrators. A part of the system (the command line on
    the server, set-up) is named by text and may.
    """
    if isinstance(actor, User) and not (actor.is_active and actor.administrator in roles):
        labels = "或".join(role.label for role in roles)
        raise PeopleError(f"这项操作只能由{labels}办理。")


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    password: str,
    actor: Actor,
    administrator: str = "",
    must_change_password: bool = False,
) -> User:
    """A new account (用户) without any right, or one of the three administrators.

    An administrator's account that a person makes stays closed until the security administrator opens it
    (`activate_user`). `PeopleError` names everything that is wrong.
    """
    only(actor, Role.SYSTEM_ADMIN)
    username, name = username.strip(), name.strip()
    if wrong := new_user_problems(username, name, password, administrator):
        raise PeopleError("\n".join(wrong))
    user = User(
        username=username,
        name=name,
        administrator=administrator,
        is_active=not (administrator and isinstance(actor, User)),
        must_change_password=must_change_password,
        password_changed_at=timezone.now(),
    )
    user.set_password(password)
    user.save()
    after: dict[str, Any] = {"name": name}
    if administrator:
        after |= {"administrator": administrator, "is_active": user.is_active}
    record([Write("create", "users", username, after=after)], actor=actor)
    return user


def new_user_problems(username: str, name: str, password: str, administrator: str = "") -> list[str]:
    """All that stands against a new account, in Chinese."""
    if not (username and name and password):
        return ["新建用户需要登录名、姓名和密码，三者都不能为空。"]
    wrong = passwords.problems(password, username=username, name=name)
    if User.objects.filter(username=username).exists():
        wrong.append(f"登录名“{username}”已被使用，请另取一个。")
    if administrator and administrator not in ADMINISTRATORS:
        wrong.append(
            f"没有“{administrator}”这种管理员；只有{'、'.join(str(r.label) for r in ADMINISTRATORS)}。"
        )
    return wrong


@transaction.atomic
def set_up(administrators: Sequence[Mapping[str, Any]], *, actor: str) -> list[User]:
    """The first accounts of an installation: the three administrators, each as the arguments of `create_user`.

    `PeopleError` once there is any account, or when one of the three kinds is missing.
    """
    take_turns()
    if User.objects.exists():
        raise PeopleError("已经有账号，首次设置已经完成。请用管理员账号登录。")
    if {person.get("administrator") for person in administrators} != set(ADMINISTRATORS):
        raise PeopleError("首次设置须同时建立系统管理员、安全管理员和审计管理员。")
    made = [create_user(**person, actor=actor) for person in administrators]
    record([Write("set_up", "set_up", after={"users": [user.username for user in made]})], actor=actor)
    return made


@transaction.atomic
def deactivate_user(user: User, *, actor: Actor) -> None:
    """Close an account (停用). It stays, since the log names it. The last administrator of a kind is not closed."""
    only(actor, Role.SYSTEM_ADMIN)
    others = User.objects.filter(administrator=user.administrator, is_active=True).exclude(pk=user.pk)
    if user.administrator and not others.exists():
        raise PeopleError(
            f"这是唯一启用的{Role(user.administrator).label}，停用后再没有人能办理。请先新建一个。"
        )
    _set_active(user, False, "deactivate", actor)


@transaction.atomic
def activate_user(user: User, *, actor: Actor) -> None:
    """Open an account that was closed (启用); an administrator's only by the security administrator."""
    only(actor, Role.SECURITY_ADMIN if user.administrator else Role.SYSTEM_ADMIN)
    _set_active(user, True, "activate", actor)


def _set_active(user: User, active: bool, action: str, actor: Actor) -> None:
    User.objects.filter(pk=user.pk).update(is_active=active)
    user.is_active = active
    before, after = {"is_active": not active}, {"is_active": active}
    if not active:
        LoginSession.objects.filter(user=user, ended_at=None).update(
            ended_at=timezone.now(), ended_why="closed"
        )
    record([Write(action, "users", user.username, before=before, after=after)], actor=actor)


def _may_hold(user: User) -> None:
    if user.administrator:
        label = Role(user.administrator).label
        raise PeopleError(f"{user}是{label}：三员分立，管理员不得有岗位或业务权限。请给他另建一个业务账号。")


@transaction.atomic
def appoint(user: User, *, role: str, unit: str, actor: Actor) -> Post:
    """Give a user a post (岗位). `PeopleError` for administrators, unknown roles and roles that exclude one another."""
    only(actor, Role.SECURITY_ADMIN)
    _may_hold(user)
    if role not in BUSINESS_ROLES:
        roles = "、".join(f"{known.value} {known.label}" for known in BUSINESS_ROLES)
        raise PeopleError(f"角色“{role}”无法识别；岗位的角色只能是 {roles}。")
    if not unit.strip():
        raise PeopleError("任岗必须指明单位。")
    _alone(user, Role(role))
    post, created = Post.objects.get_or_create(user=user, role=role, unit=unit)
    if created:
        after = {"user": user.username, "role": role, "unit": unit}
        record([Write("appoint", "posts", user.username, after=after)], actor=actor)
    return post


def _alone(user: User, role: Role) -> None:
    held = {Role(text) for text in Post.objects.filter(user=user).values_list("role", flat=True)} - {role}
    outside = EXCLUSIVE & {role, *held}
    if held and outside:
        names = "、".join(other.label for other in held)
        raise PeopleError(f"{user}已是{names}，不能兼任{role.label}：外部人员和审计人员不得兼任其他角色。")
    if role in READS_ONLY and UnitScope.objects.filter(user=user).exclude(right=Right.READ).exists():
        raise PeopleError(f"{user}还有填报、审批或签发的权限，不能任{role.label}。请先收回这些权限。")


@transaction.atomic
def dismiss(post: Post, *, actor: Actor) -> None:
    """Take a post back (免岗)."""
    only(actor, Role.SECURITY_ADMIN)
    before = {"user": post.user.username, "role": post.role, "unit": post.unit}
    record([Write("dismiss", "posts", post.user.username, before=before)], actor=actor)
    post.delete()


@transaction.atomic
def grant(user: User, *, unit: str, work: str, right: str, actor: Actor) -> UnitScope:
    """Give a right over a unit and those below it. `PeopleError` for an unknown kind of work or right."""
    only(actor, Role.SECURITY_ADMIN)
    _may_hold(user)
    if work not in Work.values or right not in Right.values:
        kinds, rights = "、".join(Work.values), "、".join(Right.values)
        raise PeopleError(f"权限“{work}·{right}”无法识别：工作种类只能是 {kinds}，权限只能是 {rights}。")
    if not unit.strip():
        raise PeopleError("授权必须指明单位。")
    if right != Right.READ and Post.objects.filter(user=user, role__in=READS_ONLY).exists():
        raise PeopleError(f"{user}是审计人员，只能查看，不能再给“{Right(right).label}”的权限。")
    scope, created = UnitScope.objects.get_or_create(user=user, unit=unit, work=work, right=right)
    if created:
        after = {"user": user.username, "unit": unit, "work": work, "right": right}
        record([Write("grant", "unit_scopes", user.username, after=after)], actor=actor)
    return scope


@transaction.atomic
def revoke(scope: UnitScope, *, actor: Actor) -> None:
    """Take a right back."""
    only(actor, Role.SECURITY_ADMIN)
    before = {"user": scope.user.username, "unit": scope.unit, "work": scope.work, "right": scope.right}
    record([Write("revoke", "unit_scopes", scope.user.username, before=before)], actor=actor)
    scope.delete()
