"""Signing in with a password (登录): lock-out with growing wait, changed and reset passwords, all of it logged."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from . import passwords, second_factor, sessions
from .models import Role, User
from .operations import Actor, PeopleError, Write, only, record

logger = logging.getLogger("yiheng.signin")

FREE_ATTEMPTS: Final = 5
"""Wrong passwords or codes in a row before an account is locked (OWASP ASVS 5.0, 6.3.1)."""
FIRST_WAIT: Final = dt.timedelta(minutes=1)
LONGEST_WAIT: Final = dt.timedelta(hours=1)
"""The lock-out doubles with each further failure, and never locks a person out for a day."""
REFUSED: Final = (
    "登录失败：登录名、密码或动态口令不对，或者账号已停用、暂被锁定。"
    f"连续输错 {FREE_ATTEMPTS} 次，账号锁定 1 分钟，再错加倍，最长 1 小时。"
)
"""One answer for every reason, so that nobody learns which accounts there are."""


class SignInRefused(PeopleError):
    """The attempt failed; the message does not say why."""


def check_password(username: str, password: str, *, address: str = "") -> User:
    """The user whose name and password these are. `SignInRefused` otherwise, also while the account is locked.

    A wrong password is counted and logged. An account with a second factor is not signed in yet: see `check_code`.
    """
    user = User.objects.filter(username=username.strip()).first()
    if user is None:
        make_password(password)  # takes as long as for an account that is there
        logger.warning("sign-in with an unknown name", extra={"address": address})
        raise SignInRefused(REFUSED)
    right = user.check_password(password)
    if _locked(user) or not user.is_active:
        raise SignInRefused(REFUSED)
    if not right:
        _count_failure(user, "password", address)
        raise SignInRefused(REFUSED)
    if not second_factor.enrolled(user):
        _forget_failures(user)
    return user


def check_code(user: User, code: str, *, address: str = "") -> None:
    """The second step: `SignInRefused` unless the code is the telephone's or a recovery code."""
    user.refresh_from_db()
    if _locked(user) or not user.is_active:
        raise SignInRefused(REFUSED)
    if not second_factor.accept(user, code):
        _count_failure(user, "code", address)
        raise SignInRefused(REFUSED)
    _forget_failures(user)


def wait_after(failures: int) -> dt.timedelta:
    """How long an account is locked after that many failures in a row."""
    if failures < FREE_ATTEMPTS:
        return dt.timedelta()
    doublings = min(failures - FREE_ATTEMPTS, 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _locked(user: User) -> bool:
    return user.locked_until is not None and user.locked_until > timezone.now()


@transaction.atomic
def _count_failure(user: User, what: str, address: str) -> None:
    user = User.objects.select_for_update().get(pk=user.pk)
    user.failed_attempts += 1
    wait = wait_after(user.failed_attempts)
    if wait:
        user.locked_until = timezone.now() + wait
    user.save(update_fields=["failed_attempts", "locked_until"])
    after = {
        "what": what,
        "address": address,
        "in_a_row": user.failed_attempts,
        "locked_for": int(wait.total_seconds()),
    }
    record([Write("sign_in_failed", "users", user.username, after=after)], actor=f"登录 {user.username}")


def _forget_failures(user: User) -> None:
    if user.failed_attempts or user.locked_until:
        User.objects.filter(pk=user.pk).update(failed_attempts=0, locked_until=None)


@transaction.atomic
def unlock(user: User, *, actor: Actor) -> None:
    """Lift a lock-out before its time."""
    only(actor, Role.SECURITY_ADMIN)
    before = {"failed_attempts": user.failed_attempts}
    User.objects.filter(pk=user.pk).update(failed_attempts=0, locked_until=None)
    record([Write("unlock", "users", user.username, before=before)], actor=actor)


def change_problems(user: User, old: str, new: str) -> list[str]:
    """All that stands against a change of the own password, in Chinese."""
    found = [] if user.check_password(old) else ["现在的密码不对。"]
    if old and old == new:
        found.append("新密码与现在的密码相同，请换一个。")
    return found + passwords.problems(new, username=user.username, name=user.name)


@transaction.atomic
def change_password(user: User, old: str, new: str, *, keep: str = "") -> None:
    """Change the own password and end all other sessions. `PeopleError` names everything that is wrong."""
    if wrong := change_problems(user, old, new):
        raise PeopleError("\n".join(wrong))
    _set_password(user, new, must_change=False)
    sessions.end_others(user, keep=keep, why="password", actor=user)
    record([Write("password_changed", "users", user.username)], actor=user)


@transaction.atomic
def reset_password(user: User, *, actor: Actor) -> str:
    """A random first password for who forgot theirs, to be changed at once; it is shown only now.

    By the system administrator. An administrator's is reset on the server only, so that no administrator alone can
    take over another's account.
    """
    only(actor, Role.SYSTEM_ADMIN)
    if user.administrator and isinstance(actor, User):
        raise PeopleError("管理员的密码只能在服务器上用命令 yiheng user password 重置。")
    new = first_password()
    _set_password(user, new, must_change=True)
    sessions.end_others(user, why="password", actor=actor)
    record([Write("password_reset", "users", user.username)], actor=actor)
    return new


def first_password() -> str:
    """A random password of 96 bits, easy to read out."""
    return "-".join(secrets.token_hex(2) for _ in range(6)) + "x"


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password, user.password_changed_at = must_change, timezone.now()
    user.failed_attempts, user.locked_until = 0, None
    user.save(
        update_fields=[
            "password",
            "must_change_password",
            "password_changed_at",
            "failed_attempts",
            "locked_until",
        ]
    )


@transaction.atomic
def bind(user: User, subject: str) -> None:
    """Remember who the person is to the provider of single sign-on, at the first time (单点登录)."""
    if user.sso_subject is None:
        user.sso_subject = subject
        user.save(update_fields=["sso_subject"])
        record([Write("sso_bound", "users", user.username)], actor=user)
