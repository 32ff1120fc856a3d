"""Accounts (用户), what they sign in with, and their sessions (会话)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from .rights import ADMINISTRATORS, Role


class User(AbstractBaseUser):
    """A person who signs in (用户). No account is there by default and none is all-powerful.

    What a person may do stands in `Post` and `UnitScope`. An administrator (三员) has neither: the database
    refuses it, and refuses to turn an account into an administrator's or back (`separation`).
    """

    username = models.CharField("登录名", unique=True, max_length=150)
    name = models.CharField("姓名", max_length=150)
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    administrator = models.CharField(
        "管理员",
        max_length=20,
        blank=True,
        default="",
        choices=[(role.value, role.label) for role in Role if role in ADMINISTRATORS],
    )
    """Which of the three administrators this account is; "" for everybody else. Fixed when it is made."""
    must_change_password = models.BooleanField("须修改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    failed_attempts = models.PositiveIntegerField("连续登录失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    totp_secret = models.CharField("动态口令密钥", max_length=200, blank=True, default="")
    """Encrypted (`second_factor`); in force once `totp_confirmed_at` is set."""
    totp_confirmed_at = models.DateTimeField("动态口令启用时间", null=True, blank=True)
    totp_last_step = models.BigIntegerField("已用过的动态口令时间步", null=True, blank=True)
    """The newest time step whose code was accepted: no code counts twice."""
    sso_subject = models.CharField("单点登录标识", max_length=255, null=True, blank=True, unique=True)
    """Who the person is to the provider of single sign-on, once they signed in with it."""

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "用户"
        constraints = [
            models.CheckConstraint(condition=~Q(username=""), name="people_user_username_given"),
            models.CheckConstraint(
                condition=Q(administrator__in=["", *ADMINISTRATORS]), name="people_user_administrator_known"
            ),
            models.CheckConstraint(
                condition=Q(totp_confirmed_at__isnull=True) | ~Q(totp_secret=""),
                name="people_user_totp_confirmed_has_secret",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"


class RecoveryCode(models.Model):
    """A code that stands in once for the second factor (恢复码); kept as a keyed hash only."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    code_hash = models.CharField("校验值", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "恢复码"
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="people_recoverycode_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}：{'已用' if self.used_at else '未用'}"


class LoginSession(models.Model):
    """One log-in and how it ended (会话). The browser's key itself is not kept, only its SHA-256."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="login_sessions"
    )
    key_hash = models.CharField("会话校验值", max_length=64, unique=True)
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近活动")
    address = models.CharField("来源地址", max_length=64, blank=True)
    agent = models.CharField("浏览器", max_length=300, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended_why = models.CharField("结束原因", max_length=40, blank=True)

    class Meta:
        verbose_name = "会话"
        ordering = ["-seen_at", "-pk"]
        indexes = [models.Index(fields=["user", "ended_at"], name="people_loginsession_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="people_loginsession_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at:%Y-%m-%d %H:%M}"
