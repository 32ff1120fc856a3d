"""Sessions (会话): who is signed in from where, until when; each can be ended from elsewhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import LoginSession, Role, User
from .operations import Actor, Write, only, record
from .prepared import Prepared

IDLE: Final = dt.timedelta(minutes=30)
"""Without any activity for so long a session ends (OWASP ASVS 5.0, 7.3.1)."""
LONGEST: Final = dt.timedelta(hours=12)
"""A session ends after so long in any case (7.3.2): a working day."""
NOTED_EVERY: Final = dt.timedelta(minutes=2)
"""How exactly activity is noted: a write for each page would cost more than it tells."""

_OPEN: Final = Prepared(
    lambda user, hashed: LoginSession.objects.filter(user_id=user, key_hash=hashed, ended_at=None).order_by(),
    Prepared.number(1),
    Prepared.text(2),
)

ENDINGS: Final = {
    "sign_out": "退出登录",
    "idle": "闲置超时",
    "longest": "超过最长时间",
    "revoked": "被本人或管理员结束",
    "password": "密码已修改",
    "closed": "账号已停用",
}
"""Why sessions end, in words for the screens."""


@transaction.atomic
def start(user: User, *, address: str = "", agent: str = "", how: str = "password") -> str:
    """Begin a session and log it; the token by which `current` finds it again. Only its hash is stored."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    LoginSession.objects.create(
        user=user,
        key_hash=_hashed(token),
        started_at=now,
        seen_at=now,
        address=address[:64],
        agent=agent[:300],
    )
    after = {"address": address[:64], "how": how}
    record([Write("sign_in", "sessions", user.username, after=after)], actor=user)
    return token


def current(user: User, token: str) -> LoginSession | None:
    """The open session of that token; None when it was ended or is over, in which case its end is now written down."""
    found = _OPEN.objects(user.pk, _hashed(token))
    if not found:
        return None
    session: LoginSession = found[0]
    now = timezone.now()
    over = "longest" if now - session.started_at > LONGEST else "idle" if now - session.seen_at > IDLE else ""
    if over:
        end(session, why=over, actor=user)
        return None
    return session


def note(session: LoginSession) -> None:
    """Note that the person did something, not more often than `NOTED_EVERY`."""
    now = timezone.now()
    if now - session.seen_at >= NOTED_EVERY:
        LoginSession.objects.filter(pk=session.pk, ended_at=None).update(seen_at=now)


@transaction.atomic
def end(session: LoginSession, *, why: str, actor: Actor) -> None:
    """End a session: one's own, or anybody's by the system administrator. A session that is over stays as it was."""
    if actor != session.user:
        only(actor, Role.SYSTEM_ADMIN)
    if LoginSession.objects.filter(pk=session.pk, ended_at=None).update(
        ended_at=timezone.now(), ended_why=why
    ):
        after = {"why": why, "started_at": session.started_at.isoformat()}
        record([Write("session_end", "sessions", session.user.username, after=after)], actor=actor)


@transaction.atomic
def end_others(user: User, *, keep: str = "", why: str, actor: Actor) -> int:
    """End all sessions of a user but the one of the token `keep`; how many there were."""
    others = LoginSession.objects.filter(user=user, ended_at=None).exclude(key_hash=_hashed(keep))
    count = others.update(ended_at=timezone.now(), ended_why=why)
    if count:
        after = {"why": why, "sessions": count}
        record([Write("session_end", "sessions", user.username, after=after)], actor=actor)
    return count


def forget_over(before: dt.datetime) -> int:
    """Delete the sessions that were over before that moment; how many. The log keeps who signed in when."""
    ended = Q(ended_at__lt=before) | Q(ended_at=None, seen_at__lt=before - IDLE)
    return LoginSession.objects.filter(ended).delete()[0]


def is_of(session: LoginSession, token: str) -> bool:
    """Whether the token is that session's."""
    return secrets.compare_digest(session.key_hash, _hashed(token))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
