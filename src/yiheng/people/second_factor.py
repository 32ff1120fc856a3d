"""The second factor (动态口令, TOTP after RFC 6238) and the codes that stand in for it once (恢复码).

A secret is kept encrypted with a key derived from the installation's own (`SECRET_KEY`), a recovery code as a keyed
hash. No code counts twice.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from typing import Final

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import RecoveryCode, Role, User
from .operations import Actor, PeopleError, Write, only, record

STEP: Final = 30
"""Seconds for which a code is shown (RFC 6238, 5.2)."""
DRIFT: Final = 1
"""Steps by which a telephone's clock may be off (RFC 6238, 6)."""
RECOVERY_CODES: Final = 10
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without letters and digits that are taken for one another."""


def new_secret() -> str:
    """A fresh secret of 160 bits in base 32, as telephone apps take it."""
    return pyotp.random_base32()


def provisioning_uri(user: User, secret: str) -> str:
    """What the QR code says to a telephone app (otpauth://…)."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name="医衡")


def seal(secret: str) -> str:
    """The secret encrypted, for the database or the session."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret again; "" when it was sealed under another key."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def enrolled(user: User) -> bool:
    """Whether the account asks for a second factor."""
    return user.totp_confirmed_at is not None


@transaction.atomic
def enrol(user: User, secret: str, code: str) -> tuple[str, ...]:
    """Put the secret in force once a code proves that the telephone has it; the new recovery codes, shown only now.

    `PeopleError` when the code does not fit.
    """
    step = _step_of(secret, code, after=None)
    if step is None:
        raise PeopleError("动态口令不对。请核对手机时间是否准确，并输入手机上当前显示的 6 位数字。")
    user.totp_secret, user.totp_confirmed_at, user.totp_last_step = seal(secret), timezone.now(), step
    user.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    record([Write("factor_on", "users", user.username)], actor=user)
    return _new_codes(user)


@transaction.atomic
def renew_recovery_codes(user: User) -> tuple[str, ...]:
    """New recovery codes in place of all earlier ones, shown only now."""
    record([Write("recovery_renewed", "users", user.username)], actor=user)
    return _new_codes(user)


@transaction.atomic
def accept(user: User, code: str) -> bool:
    """Whether the code is the telephone's of now or an unused recovery code; either is used up by it."""
    user = User.objects.select_for_update().get(pk=user.pk)
    secret = unseal(user.totp_secret) if enrolled(user) else ""
    if secret and (step := _step_of(secret, code, after=user.totp_last_step)) is not None:
        User.objects.filter(pk=user.pk).update(totp_last_step=step)
        return True
    found = RecoveryCode.objects.filter(user=user, code_hash=_hashed(user, code), used_at=None)
    if not found.update(used_at=timezone.now()):
        return False
    left = RecoveryCode.objects.filter(user=user, used_at=None).count()
    record([Write("recovery_used", "users", user.username, after={"left": left})], actor=user)
    return True


@transaction.atomic
def withdraw(user: User, *, actor: Actor) -> None:
    """Let an account do without a second factor until it enrols again.

    By the person, or for a colleague's lost telephone by the security administrator; an administrator's is taken away
    on the server only, so that no administrator alone can take over another's account.
    """
    if actor != user:
        only(actor, Role.SECURITY_ADMIN)
        if user.administrator and isinstance(actor, User):
            raise PeopleError("管理员的动态口令只能在服务器上用命令 yiheng user factor 重置。")
    user.totp_secret, user.totp_confirmed_at, user.totp_last_step = "", None, None
    user.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    RecoveryCode.objects.filter(user=user).delete()
    record([Write("factor_off", "users", user.username)], actor=actor)


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _step_of(secret: str, code: str, *, after: int | None) -> int | None:
    """The time step whose code this is, of those that still count; None for none."""
    given = "".join(code.split())
    if not (given.isascii() and given.isdigit()):
        return None
    now = int(timezone.now().timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in range(now - DRIFT, now + DRIFT + 1):
        expected = totp.at(dt.datetime.fromtimestamp(step * STEP, dt.UTC))
        if (after is None or step > after) and hmac.compare_digest(expected, given):
            return step
    return None


def _new_codes(user: User) -> tuple[str, ...]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = tuple(f"{_letters()}-{_letters()}" for _ in range(RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=_hashed(user, code)) for code in codes)
    return codes


def _letters() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(6))


def _hashed(user: User, code: str) -> str:
    plain = "".join(code.split()).replace("-", "").lower()
    return salted_hmac(f"yiheng.recovery.{user.pk}", plain, algorithm="sha256").hexdigest()


def _box() -> Fernet:
    key = hashlib.sha256(b"yiheng.totp:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
