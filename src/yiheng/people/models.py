"""Accounts, typed scopes over the unit tree, and the append-only log of writes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class User(AbstractBaseUser):
    """A person who signs in (用户). No account is there by default, none is all-powerful: see `UnitScope`."""

    username = models.CharField("登录名", unique=True, max_length=150)
    name = models.CharField("姓名", max_length=150)
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "用户"
        constraints = [models.CheckConstraint(condition=~Q(username=""), name="people_user_username_given")]

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"


class Work(models.TextChoices):
    """Kinds of work (工作种类) that a scope may cover."""

    BUDGET = "budget", "部门预算"
    ACCOUNTS = "accounts", "部门决算"
    PERFORMANCE = "performance", "绩效"
    ADMINISTRATION = "administration", "系统管理"
    AUDIT = "audit", "审计"


class Right(models.TextChoices):
    """What a scope lets its holder do (权限)."""

    READ = "read", "查看"
    WRITE = "write", "填报"
    APPROVE = "approve", "审批"


class UnitScope(models.Model):
    """One right of one user over a unit and all units below it, for one kind of work (权限范围)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scopes")
    unit = models.CharField("单位键", max_length=200)
    """Key of the unit; the units themselves live in the ledger, which stands above this app."""
    work = models.CharField("工作种类", max_length=20, choices=Work.choices)
    right = models.CharField("权限", max_length=20, choices=Right.choices)

    class Meta:
        verbose_name = "权限范围"
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "work", "right"], name="people_unitscope_once"),
            models.CheckConstraint(condition=~Q(unit=""), name="people_unitscope_unit_given"),
            models.CheckConstraint(condition=Q(work__in=Work.values), name="people_unitscope_work_known"),
            models.CheckConstraint(condition=Q(right__in=Right.values), name="people_unitscope_right_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{Work(self.work).label}·{Right(self.right).label}"


class LogEntry(models.Model):
    """One write (操作日志). Rows are only ever added: triggers in the database refuse UPDATE and DELETE.

    Each entry carries the hash of the one before it, so an entry that was changed, left out or put in between
    behind the database's back is found by `queries.verify_log`. That no two entries name the same predecessor
    is a constraint, so the chain cannot fork.
    """

    at = models.DateTimeField("时间")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="用户",
    )
    actor = models.CharField("操作者", max_length=200)
    """Who, as text: the user's name as it was then, or the part of the system that acted by itself."""
    action = models.CharField("动作", max_length=40)
    table = models.CharField("对象表", max_length=100)
    key = models.CharField("对象键", max_length=200, blank=True)
    before = models.JSONField("变更前", null=True, blank=True)
    after = models.JSONField("变更后", null=True, blank=True)
    batch = models.CharField("批次", max_length=64, blank=True)
    prev_hash = models.CharField("前一条的校验值", max_length=64, unique=True)
    hash = models.CharField("校验值", max_length=64, unique=True)

    class Meta:
        verbose_name = "操作日志"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["table", "key"], name="people_logentry_object"),
            models.Index(fields=["batch"], name="people_logentry_batch"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(actor=""), name="people_logentry_actor_given"),
            models.CheckConstraint(condition=~Q(action=""), name="people_logentry_action_given"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.action} {self.table} {self.key}".rstrip()
