"""Every read of this app: rights, and the log with its proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, Q, QuerySet, Value
from django.utils import timezone

from .chain import START, entry_hash
from .masking import Viewer
from .models import LogEntry, LoginSession, Post, Right, Role, UnitScope, User, Work
from .once import once
from .prepared import Prepared
from .roles import READS_ONLY, ROLE_RIGHTS, granting
from .sessions import IDLE, LONGEST

_AT_ONCE: Final = 2000
"""Entries that are read from the log at a time."""


@dataclass(frozen=True, slots=True)
class Rights:
    """All that one user may do, read once (权限一览), for whoever asks many times: a list, a page."""

    granted: frozenset[tuple[str, str, str]]
    """(right, kind of work, unit key), each reaching down the tree from its unit."""
    posts: frozenset[tuple[str, str]] = frozenset()
    """(role, unit key) of the user's posts."""

    def may(self, right: str, work: str, units: Iterable[str]) -> bool:
        """As `may`, without asking the database."""
        return any((right, work, unit) in self.granted for unit in units)

    def units(self, work: str, right: str = Right.READ) -> frozenset[str]:
        """As `units_of`, without asking the database."""
        return frozenset(unit for r, w, unit in self.granted if (r, w) == (right, work))

    def everywhere(self) -> frozenset[str]:
        """The units where the user has any right at all."""
        return frozenset(unit for _, _, unit in self.granted)


def _posts_and_scopes(of_posts: int, of_scopes: int) -> QuerySet[Any, Any]:
    nothing = Value("", output_field=CharField())
    posts = Post.objects.filter(user_id=of_posts).order_by().values_list("role", "unit", nothing, nothing)
    scopes = UnitScope.objects.filter(user_id=of_scopes).order_by()
    return posts.union(scopes.values_list(nothing, "unit", "work", "right"), all=True)


_RIGHTS: Final = Prepared(_posts_and_scopes, Prepared.number(1), Prepared.number(2))


@once
def rights_of(user: User) -> Rights:
    """What posts and scopes give the user. Closed accounts and administrators (三员分立) may do no business."""
    if not user.is_active or user.administrator:
        return Rights(frozenset())
    rows = _RIGHTS.rows(user.pk, user.pk)
    posts = [(Role(role), unit) for role, unit, _, right in rows if not right]
    granted = {
        (right.value, work.value, unit)
        for role, unit in posts
        for work, rights in ROLE_RIGHTS[role].items()
        for right in rights
    }
    for _, unit, work, right in rows:
        if not right:
            continue
        granted |= {(right, work, unit), (Right.READ.value, work, unit)}
    if any(role in READS_ONLY for role, _ in posts):
        granted = {item for item in granted if item[0] == Right.READ}
    return Rights(frozenset(granted), frozenset((role.value, unit) for role, unit in posts))


def may(user: User, right: str, work: str, units: Sequence[str]) -> bool:
    """Whether the user may do that kind of work for a unit, by a post or by a scope.

    `units` are the keys of the unit and of all units above it (`ledger.queries.unit_tree().chain(key)`): both reach
    down the tree. Whoever may fill in, approve or certify may also look.
    """
    return rights_of(user).may(right, work, units)


def units_of(user: User, work: str, right: str = Right.READ) -> frozenset[str]:
    """The units at the top of what the user may do; each stands for itself and all units below it."""
    return rights_of(user).units(work, right)


def viewer(user: User | None, work: str, units: Sequence[str]) -> Viewer:
    """How the user sees the personal data of a unit: in full whoever fills in its figures, everybody else masked."""
    return Viewer(full=user is not None and may(user, Right.WRITE, work, units))


def roles_of(user: User) -> frozenset[Role]:
    """The roles of the user's posts, or the one kind of administrator."""
    if user.administrator:
        return frozenset({Role(user.administrator)})
    return frozenset(Role(role) for role in Post.objects.filter(user=user).values_list("role", flat=True))


def holders(right: str, work: str, units: Sequence[str]) -> tuple[User, ...]:
    """Everybody who may do that kind of work for the unit whose chain of keys this is, by name."""
    roles = granting(Right(right), Work(work))
    scoped = Q(scopes__unit__in=units, scopes__work=work)
    scoped &= Q() if right == Right.READ else Q(scopes__right=right)
    found = User.objects.filter(Q(posts__unit__in=units, posts__role__in=roles) | scoped, is_active=True)
    return tuple(user for user in found.distinct().order_by("name", "pk") if may(user, right, work, units))


def open_sessions(user: User) -> tuple[LoginSession, ...]:
    """Where the user is signed in, the latest activity first. One that ran out unnoticed is not among them."""
    return tuple(all_open_sessions().filter(user=user))


def all_open_sessions() -> QuerySet[LoginSession]:
    """As `open_sessions`, of everybody."""
    now = timezone.now()
    found = LoginSession.objects.filter(ended_at=None, seen_at__gte=now - IDLE, started_at__gte=now - LONGEST)
    return found.select_related("user")


def log_of(table: str, key: str) -> tuple[LogEntry, ...]:
    """All entries about one object, oldest first."""
    return tuple(LogEntry.objects.filter(table=table, key=key).select_related("user"))


@dataclass(frozen=True, slots=True)
class LogDefect:
    """An entry where the chain breaks, and why, in Chinese."""

    entry: int
    reason: str


def verify_log(seen: Callable[[int], None] | None = None) -> Iterator[LogDefect]:
    """Recompute the chain from its start; every entry that was changed, put in between or whose forerunner is gone.

    `seen` is told now and then how many were looked at.
    """
    prev = START
    for number, e in enumerate(LogEntry.objects.order_by("pk").iterator(chunk_size=_AT_ONCE)):
        if seen is not None and number % _AT_ONCE == 0:
            seen(number)
        if e.prev_hash != prev:
            yield LogDefect(e.pk, f"日志第 {e.pk} 条与前一条不衔接：其间有条目被删除或插入")
        computed = entry_hash(
            prev_hash=e.prev_hash, at=e.at, user=e.user_id, actor=e.actor, action=e.action, table=e.table,
            key=e.key, before=e.before, after=e.after, batch=e.batch,
        )  # fmt: skip
        if e.hash != computed:
            yield LogDefect(e.pk, f"日志第 {e.pk} 条的内容与其校验值不符：写入后被改动")
        prev = e.hash
