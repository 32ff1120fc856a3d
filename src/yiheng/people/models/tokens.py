"""Tokens with which another system acts for a person (接口令牌)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .rights import Right, Work


class ApiToken(models.Model):
    """A token for the API (接口令牌): one right over some kinds of work, never more than its owner may do.

    Only a hash of the token is kept. It ends by date, and may be taken back before.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField("用途", max_length=100)
    token_hash = models.CharField("校验值", max_length=64, unique=True)
    right = models.CharField(
        "权限",
        max_length=20,
        choices=[(right.value, right.label) for right in (Right.READ, Right.WRITE)],
    )
    """Approving and certifying are done by a person in front of a screen, never by a token."""
    works = models.JSONField("工作种类")
    created_at = models.DateTimeField("建立时间")
    expires_at = models.DateTimeField("有效期至")
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    used_on = models.DateField("最近使用", null=True, blank=True)

    objects = models.Manager["ApiToken"]()

    class Meta:
        verbose_name = "接口令牌"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="people_apitoken_label_given"),
            models.CheckConstraint(
                condition=Q(right__in=[Right.READ, Right.WRITE]), name="people_apitoken_right_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{Right(self.right).label}·{'、'.join(Work(work).label for work in self.works)}"
