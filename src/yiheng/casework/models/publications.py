"""What is made public (公开): drafts that somebody prepared, and certified versions, which are never changed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .jobs import Job


class PreparationState(models.TextChoices):
    """What became of a draft."""

    PREPARED = "prepared", "待签发"
    CERTIFIED = "certified", "已签发"
    RETURNED = "returned", "已退回"
    SUPERSEDED = "superseded", "已被新稿取代"


class _Paper(models.Model):
    """What a draft and a version say of themselves."""

    unit = models.CharField("单位键", max_length=200)
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("种类", max_length=20)
    title = models.CharField("标题", max_length=300)
    manifest = models.JSONField("文件清单")
    """Path → [bytes, SHA-256] of every file."""
    manifest_sha256 = models.CharField("清单的校验值", max_length=64)
    reason = models.TextField("更正理由", blank=True)
    """For the public to read: why the version before is corrected. Blank for the first."""
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="准备人"
    )
    prepared_at = models.DateTimeField("准备时间")

    class Meta:
        abstract = True


class Preparation(_Paper):
    """A draft of a package (公开稿), written by a job and checked, that waits for whoever certifies it."""

    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="preparation", verbose_name="作业")
    folder = models.CharField("文件夹", max_length=300)
    """Below the folder of the job."""
    checks = models.JSONField("审核结果", default=dict)
    """Number of checks by outcome, with what deserves a look."""
    basis = models.JSONField("计算依据", default=dict)
    """Hashes of the rules and of the facts that it was computed from."""
    ledger_state = models.BigIntegerField("台账状态", default=0)
    """The last load of the ledger before it was computed."""
    state = models.CharField(
        "状态", max_length=20, choices=PreparationState.choices, default=PreparationState.PREPARED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="签发人",
    )
    decided_at = models.DateTimeField("签发或退回时间", null=True, blank=True)
    comment = models.TextField("意见", blank=True)

    class Meta:
        verbose_name = "公开稿"
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PreparationState.values), name="casework_preparation_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("prepared_by")) | Q(decided_by__isnull=True),
                name="casework_preparation_maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=~Q(state=PreparationState.RETURNED) | ~Q(comment=""),
                name="casework_preparation_return_says_why",
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "kind"],
                condition=Q(state=PreparationState.PREPARED),
                name="casework_preparation_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{PreparationState(self.state).label}）"

    @property
    def path(self) -> Path:
        """Where its files lie."""
        return self.job.folder / self.folder


class Publication(_Paper):
    """A certified version of a package (公开版本). Rows are only ever added; a correction is a further version."""

    version = models.PositiveIntegerField("版本")
    preparation = models.OneToOneField(
        Preparation, on_delete=models.PROTECT, related_name="publication", verbose_name="公开稿"
    )
    certified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="签发人"
    )
    certified_at = models.DateTimeField("签发时间")

    class Meta:
        verbose_name = "公开版本"
        ordering = ["unit", "-year", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "kind", "version"], name="casework_publication_one_version"
            ),
            models.CheckConstraint(
                condition=~Q(certified_by=F("prepared_by")), name="casework_publication_maker_is_not_checker"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | (Q(version__gt=1) & ~Q(reason="")),
                name="casework_publication_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第 {self.version} 版"

    @property
    def path(self) -> Path:
        """Where its files lie, below YIHENG_HOME; named by the draft, which is certified at most once."""
        return Path(settings.YIHENG_HOME) / "publications" / f"{self.preparation_id:06}"
