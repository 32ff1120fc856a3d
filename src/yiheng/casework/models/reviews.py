"""Documents of anybody that were audited (审校), and what reviewers decided of each finding."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from yiheng.facts.audit import Verdict

from .jobs import Job


class ReviewedDocument(models.Model):
    """One uploaded file and what its audit found (审校文件). Its files lie in the folder of the job."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="reviewed", verbose_name="作业")
    unit = models.CharField("单位键", max_length=200)
    """The unit whose colleagues may see it: the uploader's, not the document's."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="上传人"
    )
    reviewed_at = models.DateTimeField("审校时间")
    name = models.CharField("文件名", max_length=255)
    """As its owner called it."""
    folder = models.CharField("文件夹", max_length=100)
    """Below the folder of the job."""
    sha256 = models.CharField("校验值", max_length=64)
    identity = models.CharField("识别为", max_length=300, blank=True)
    problem = models.TextField("未能审校的原因", blank=True)
    """Blank where the file could be read."""
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("警告", default=0)
    hints = models.PositiveIntegerField("提示", default=0)
    checks = models.CharField("审校结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "审校文件"
        ordering = ["-reviewed_at", "name", "pk"]
        indexes = [models.Index(fields=["unit", "reviewed_at"], name="casework_reviewed_of_unit")]
        constraints = [models.UniqueConstraint(fields=["job", "folder"], name="casework_reviewed_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its files lie."""
        return self.job.folder / self.folder


class FindingDecision(models.Model):
    """A reviewer's decision (裁定) of one finding; the newest counts, the log keeps those before."""

    document = models.ForeignKey(ReviewedDocument, on_delete=models.PROTECT, related_name="decisions")
    key = models.CharField("问题键", max_length=64)
    """`AuditFinding.key`: the same finding over runs."""
    verdict = models.CharField("裁定", max_length=20, choices=[(v.value, v.label) for v in Verdict])
    reason = models.TextField("理由", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="复核人"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "裁定"
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="casework_decision_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=[v.value for v in Verdict]), name="casework_decision_verdict_known"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.DISMISSED.value) | ~Q(reason=""),
                name="casework_decision_dismissal_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}：{Verdict(self.verdict).label}"
