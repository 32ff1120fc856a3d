"""Issuing, finding and taking back tokens of the API (接口令牌)."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .chain import digest
from .models import ApiToken, Right, User, Work
from .operations import PeopleError, Write, record

PREFIX: Final = "yh_"
LONGEST: Final = dt.timedelta(days=366)
KINDS: Final = (Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS, Work.PERFORMANCE, Work.DISCLOSURE, Work.REVIEW)


@transaction.atomic
def issue(user: User, *, label: str, right: str, works: Sequence[str], days: int) -> tuple[ApiToken, str]:
    """A new token of the user and its text, which is shown once and kept nowhere.

    Raises `PeopleError` with everything that is wrong: no use named, an unknown right or kind of work, more than a
    year, an account that does no business.
    """
    wrong = []
    if not label.strip():
        wrong.append("请写明令牌的用途。")
    if right not in (Right.READ, Right.WRITE):
        wrong.append("令牌的权限只能是 read（查看）或 write（填报）。")
    if not works or not set(works) <= set(KINDS):
        wrong.append(f"工作种类至少选一种，只能是 {'、'.join(KINDS)}。")
    if not 1 <= days <= LONGEST.days:
        wrong.append(f"有效期只能是 1 至 {LONGEST.days} 天。")
    if user.administrator:
        wrong.append("管理员账号没有业务权限，不能使用接口令牌。")
    if wrong:
        raise PeopleError("".join(wrong))
    text = PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    token = ApiToken.objects.create(
        user=user, label=label.strip(), token_hash=digest(text), right=right, works=sorted(set(works)),
        created_at=now, expires_at=now + dt.timedelta(days=days),
    )  # fmt: skip
    after = {"label": token.label, "right": right, "works": token.works, "expires_at": token.expires_at}
    record([Write("issue", "api_tokens", str(token.pk), after=after)], actor=user)
    return token, text


@transaction.atomic
def take_back(token: ApiToken, *, by: User) -> None:
    """End a token before its time; ending it twice changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record([Write("revoke", "api_tokens", str(token.pk), before={"label": token.label})], actor=by)


def find(text: str) -> ApiToken | None:
    """The token with that text, if it is in force and its owner's account is."""
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("user")
        .filter(token_hash=digest(text), revoked_at__isnull=True, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is not None and token.used_on != (today := timezone.localdate(now)):
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)
    return token


def forget_over(before: dt.datetime) -> int:
    """Delete the tokens that were over before that moment; how many. The log keeps who issued them for what."""
    return ApiToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)).delete()[0]


def tokens_of(user: User) -> tuple[ApiToken, ...]:
    """All tokens of the user, the newest first."""
    return tuple(ApiToken.objects.filter(user=user))
