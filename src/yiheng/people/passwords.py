"""Rules for passwords (密码规则): long enough, not one that is tried first, not the own name.

After NIST SP 800-63B (5.1.1.2) and OWASP ASVS 5.0 (6.2): length and a list of common passwords, no recipe of
character classes, no expiry by the calendar.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

from .models import User

MIN_LENGTH: Final = 10
MAX_LENGTH: Final = 128
"""Longer ones would only make the server work."""
MIN_DIFFERENT: Final = 5
"""Different characters at least: no aaaaaaaaaa, no 1212121212."""
RULES: Final = (
    f"{MIN_LENGTH} 到 {MAX_LENGTH} 个字符，至少有 {MIN_DIFFERENT} 个不同的字符",
    "不能全是数字",
    "不能是常见密码",
    "不能与登录名或姓名相近",
)
"""The rules as the forms show them."""


def problems(password: str, *, username: str = "", name: str = "") -> list[str]:
    """Everything that is wrong with a new password, in Chinese; empty when it may be used."""
    found = []
    if len(password) < MIN_LENGTH:
        found.append(f"密码至少要有 {MIN_LENGTH} 个字符，现在只有 {len(password)} 个。")
    if len(password) > MAX_LENGTH:
        found.append(f"密码最多 {MAX_LENGTH} 个字符，现在有 {len(password)} 个。")
    if password.isdigit():
        found.append("密码不能全是数字，请加入字母或符号。")
    if len(set(password)) < MIN_DIFFERENT:
        found.append(f"密码里至少要有 {MIN_DIFFERENT} 个不同的字符。")
    if _refused(_common(), password, None):
        found.append("这是常见密码，别人首先会试它。请换一个，例如几个不相关的词。")
    person = User(username=username, name=name)
    if _refused(UserAttributeSimilarityValidator(("username", "name"), 0.7), password[:MAX_LENGTH], person):
        found.append("密码与登录名或姓名太相近，请换一个。")
    return found


@cache
def _common() -> CommonPasswordValidator:
    return CommonPasswordValidator()


def _refused(
    validator: CommonPasswordValidator | UserAttributeSimilarityValidator, password: str, person: User | None
) -> bool:
    try:
        validator.validate(password, person)
    except ValidationError:
        return True
    return False
