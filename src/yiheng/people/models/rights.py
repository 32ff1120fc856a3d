"""Roles, posts and scopes over the unit tree (角色、岗位与权限范围)."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q


class Role(models.TextChoices):
    """What a person is in a unit (角色); the last three administer and do no business (三员分立)."""

    PREPARER = "preparer", "经办"
    UNIT_HEAD = "unit_head", "单位负责人"
    PLANNING = "planning", "规划财务处"
    LEADER = "leader", "局领导"
    FINANCE_BUREAU = "finance_bureau", "财政部门"
    EVALUATOR = "evaluator", "外部评价人"
    AUDITOR = "auditor", "审计人员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATORS: Final = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
"""The three administrators (三员): each an account of its own, without any post or scope."""
BUSINESS_ROLES: Final = tuple(role for role in Role if role not in ADMINISTRATORS)
"""The roles that a post may have."""


class Work(models.TextChoices):
    """Kinds of work (工作种类) that a scope may cover."""

    BUDGET = "budget", "部门预算"
    EXECUTION = "execution", "执行与采购"
    ACCOUNTS = "accounts", "部门决算"
    PERFORMANCE = "performance", "绩效"
    DISCLOSURE = "disclosure", "公开"
    REVIEW = "review", "审校"
    ADMINISTRATION = "administration", "系统管理"
    AUDIT = "audit", "审计"


class Right(models.TextChoices):
    """What a scope lets its holder do (权限). Whoever holds any of them may also read."""

    READ = "read", "查看"
    WRITE = "write", "填报"
    APPROVE = "approve", "审批"
    CERTIFY = "certify", "签发"


class Post(models.Model):
    """A user's role in a unit and all units below it (岗位); what the role may do stands in `roles`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(
        "角色", max_length=20, choices=[(role.value, role.label) for role in BUSINESS_ROLES]
    )
    unit = models.CharField("单位键", max_length=200)
    """Key of the unit; the units themselves live in the ledger, which stands above this app."""

    class Meta:
        verbose_name = "岗位"
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="people_post_once"),
            models.CheckConstraint(condition=~Q(unit=""), name="people_post_unit_given"),
            models.CheckConstraint(condition=Q(role__in=BUSINESS_ROLES), name="people_post_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{Role(self.role).label}"


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
