"""What an administrator entered about working days (工作日历), on top of the published arrangements."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarYear(models.Model):
    """A year whose arrangement an administrator entered from a notice, so that it no longer warns."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    basis = models.CharField("依据", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "工作日历年度"
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="casework_calendaryear_basis_given")
        ]

    def __str__(self) -> str:
        return f"{self.year}年（{self.basis}）"


class CalendarDay(models.Model):
    """One day that differs from the published arrangement or, in a year without one, from the plain week."""

    day = models.DateField("日期", unique=True)
    working = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "工作日历日期"
        ordering = ["day"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="casework_calendarday_name_given")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}（{'上班' if self.working else '放假'}）"
