"""Surveys answered on a public page (网上问卷): the page's link, and how many chose what while it is open.

No answer of a single person is kept, only counts, so that nobody's answers can be put together. When a survey is closed
its counts become rows of the ledger (`survey_answers`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OnlineSurvey(models.Model):
    """A public page for one survey (网上问卷). Only a hash of its token is kept."""

    token_hash = models.CharField("校验值", max_length=64, unique=True)
    survey = models.CharField("满意度调查", max_length=200)
    """Key of the survey; that it exists is checked on opening, since a survey has versions."""
    unit = models.CharField("单位键", max_length=200)
    year = models.PositiveIntegerField("年度")
    title = models.TextField("标题")
    questions = models.JSONField("问题")
    """The questions in order."""
    options = models.JSONField("选项")
    """The options of each question in order, as the scale in force has them."""
    closes_on = models.DateField("截止日期")
    """The last day on which it takes answers."""
    opened_at = models.DateTimeField("开放时间")
    opened_by = models.CharField("开放人", max_length=200)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    closed_by = models.CharField("结束人", max_length=200, blank=True)
    answers = models.PositiveIntegerField("收到份数", default=0)
    load = models.PositiveBigIntegerField("装载", null=True, blank=True)
    """The load that took its counts into the ledger."""

    objects: ClassVar[models.Manager[OnlineSurvey]] = models.Manager()

    class Meta:
        verbose_name = "网上问卷"
        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["survey"], condition=Q(closed_at=None), name="performance_onlinesurvey_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OnlineCount(models.Model):
    """How many chose one option of one question so far (选项人数)."""

    online = models.ForeignKey(OnlineSurvey, on_delete=models.PROTECT, related_name="counts")
    question = models.PositiveIntegerField("问题序号")
    """Place among the questions, from 0."""
    option = models.PositiveIntegerField("选项序号")
    count = models.PositiveIntegerField("人数", default=0)

    objects: ClassVar[models.Manager[OnlineCount]] = models.Manager()

    class Meta:
        verbose_name = "网上问卷计数"
        ordering: ClassVar[list[str]] = ["question", "option"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["online", "question", "option"], name="performance_onlinecount_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.online_id}/{self.question}/{self.option}：{self.count}"
