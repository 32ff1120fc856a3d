"""The append-only log of writes (操作日志)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


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
