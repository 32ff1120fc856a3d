"""What was submitted for approval (报送) and what was decided (审批); rows are only ever added."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .cycle import Step


class Submission(models.Model):
    """One thing handed in for approval (报送): a step of a cycle, or a matter such as an adjustment (调剂).

    `chain` is the approval chain as it was resolved on that day, so that a later change of the flow does not touch
    what is on its way: a list of {roles, right, label}.
    """

    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    flow = models.CharField("流程", max_length=100)
    unit = models.CharField("单位键", max_length=200)
    year = models.PositiveSmallIntegerField("年度")
    work = models.CharField("工作种类", max_length=20)
    subject = models.CharField("事项", max_length=200)
    """What it is about: the key of the step, or what the matter names."""
    title = models.CharField("名称", max_length=200)
    amount = models.BigIntegerField("金额（分）", null=True, blank=True)
    content = models.JSONField("内容", default=dict)
    chain = models.JSONField("审批链")
    note = models.TextField("说明", blank=True)
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    maker_id: int
    at = models.DateTimeField("报送时间")
    ledger_state = models.BigIntegerField("台账状态", default=0)
    """Number of the ledger's last load when it was handed in."""

    class Meta:
        verbose_name = "报送"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["unit", "year", "subject"], name="casework_submission_subject")]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="casework_submission_title_given")]

    def __str__(self) -> str:
        return f"{self.title}（{self.unit} {self.year}）"

    @property
    def links(self) -> list[dict[str, Any]]:
        """The links of the chain, in order."""
        return list(self.chain)


class Outcome(models.TextChoices):
    """What came of one link of the chain."""

    APPROVED = "approved", "同意"
    RETURNED = "returned", "退回"
    WITHDRAWN = "withdrawn", "撤回"


class Decision(models.Model):
    """What one person decided at one place of the chain (审批意见).

    The maker is repeated so that the database itself refuses whoever decides on their own work; a trigger holds it
    to the submission's maker. Only a withdrawal is the maker's own.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField("环次")
    label = models.CharField("环节名称", max_length=100)
    outcome = models.CharField("结果", max_length=20, choices=Outcome.choices)
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="审批人"
    )
    comment = models.TextField("意见", blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审批意见"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="casework_decision_one_per_link"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="casework_decision_known"),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.WITHDRAWN) & Q(maker=F("checker")))
                | (~Q(outcome=Outcome.WITHDRAWN) & ~Q(maker=F("checker"))),
                name="casework_decision_maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.RETURNED) | ~Q(comment=""),
                name="casework_decision_return_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{Outcome(self.outcome).label}"
