"""Background jobs (后台作业): the queue that workers take from, kept in the database."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "排队"
    RUNNING = "running", "进行中"
    ASKING = "asking", "待确认"
    """What it would do is shown in `result`, and it goes on when somebody agrees."""
    DONE = "done", "完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


OPEN: Final = (JobState.WAITING, JobState.RUNNING, JobState.ASKING)
"""States of a job that is not over."""


class Job(models.Model):
    """Long work that somebody asked for (后台作业).

    A worker holds a running job by `holder` for as long as its `heartbeat` is fresh; whoever takes the job over
    writes another holder into it, and the first one's writes are refused from then on. Its files lie in `folder`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=40)
    title = models.CharField("名称", max_length=200)
    """What it is for, as its list shows it."""
    params = models.JSONField("参数", default=dict)
    subject = models.CharField("对象", max_length=200, blank=True)
    """What it works on. Of one kind and subject only one job is open at a time; blank where many may be."""
    unit = models.CharField("单位键", max_length=200, blank=True)
    work = models.CharField("工作种类", max_length=20, blank=True)
    """With the unit: whose colleagues may see it. Blank: only who asked for it."""
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="提交人"
    )
    created_at = models.DateTimeField("提交时间")
    state = models.CharField("状态", max_length=20, choices=JobState.choices, default=JobState.WAITING)
    step = models.CharField("步骤", max_length=200, blank=True)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    result = models.JSONField("结果", null=True, blank=True)
    error = models.TextField("错误", blank=True)
    holder = models.CharField("执行者", max_length=64, blank=True)
    heartbeat = models.DateTimeField("最近活动", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("执行次数", default=0)
    cancel_requested = models.BooleanField("要求取消", default=False)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "后台作业"
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(fields=["state", "created_at"], name="casework_job_queue"),
            models.Index(fields=["requested_by", "created_at"], name="casework_job_of_user"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="casework_job_state_known"),
            models.CheckConstraint(condition=~Q(kind=""), name="casework_job_kind_given"),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | (~Q(holder="") & Q(heartbeat__isnull=False)),
                name="casework_job_running_is_held",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=~Q(subject="") & Q(state__in=[state.value for state in OPEN]),
                name="casework_job_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{JobState(self.state).label}）"

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.state in OPEN

    @property
    def folder(self) -> Path:
        """Where its files lie; made by whoever writes into it first."""
        return job_folder(self.pk)

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return (
            100
            if self.state == JobState.DONE
            else min(100, 100 * self.done // self.total)
            if self.total
            else 0
        )


def job_folder(job: uuid.UUID) -> Path:
    """The folder of a job's files below YIHENG_HOME; it may not be there yet."""
    return Path(settings.YIHENG_HOME) / "jobs" / str(job)


def made_folder(job: uuid.UUID) -> Path:
    """The same, made where it is not there. What people upload is nobody else's business on the machine."""
    folder = job_folder(job)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    return folder
