"""Versions that are public no longer (撤下): one person asks, with a reason for the public, another signs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .publications import Publication


class WithdrawalState(models.TextChoices):
    """What became of it."""

    REQUESTED = "requested", "待签发"
    WITHDRAWN = "withdrawn", "已撤下"
    DECLINED = "declined", "未同意"


class Withdrawal(models.Model):
    """A version is to be, or was, taken from the public site (撤下). The version itself and its files stay as they are.

    Once decided, a row is never changed; who asked, why and for which version is not changed before either.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="withdrawals", verbose_name="公开版本"
    )
    reason = models.TextField("撤下理由")
    """For the public to read."""
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="申请人"
    )
    requested_at = models.DateTimeField("申请时间")
    state = models.CharField(
        "状态", max_length=20, choices=WithdrawalState.choices, default=WithdrawalState.REQUESTED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="签发人",
    )
    decided_at = models.DateTimeField("签发时间", null=True, blank=True)
    comment = models.TextField("意见", blank=True)

    class Meta:
        verbose_name = "撤下"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=WithdrawalState.values), name="casework_withdrawal_state_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="casework_withdrawal_says_why"),
            models.CheckConstraint(
                condition=~Q(decided_by=F("requested_by")) | Q(decided_by__isnull=True),
                name="casework_withdrawal_maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=Q(state=WithdrawalState.REQUESTED, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(state=WithdrawalState.REQUESTED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="casework_withdrawal_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=WithdrawalState.DECLINED) | ~Q(comment=""),
                name="casework_withdrawal_refusal_says_why",
            ),
            models.UniqueConstraint(
                fields=["publication"],
                condition=Q(state__in=[WithdrawalState.REQUESTED.value, WithdrawalState.WITHDRAWN.value]),
                name="casework_withdrawal_once",
            ),
        ]

    @property
    def unit(self) -> str:
        """Whose paper it is."""
        return self.publication.unit

    def __str__(self) -> str:
        return f"{self.publication}（{WithdrawalState(self.state).label}）"
