"""Deviations found by monitoring (偏差), and what was done about each until it was closed (整改跟踪)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models.base import Attested, ProjectRow, UnitYearRow, one_of
from yiheng.ledger.validation.problem import problem
from yiheng.reading.problems import Problem

from .evidence import Evidenced, is_proved, kind_problems, kind_rule, missing
from .judged import JUDGED


class Deviation(UnitYearRow, ProjectRow, Attested):
    """One deviation of an indicator, or of the budget execution of a project or of the whole, on a day."""

    sheet = "deviations"
    number = 34
    papers = JUDGED
    record = "deviation"

    indicator = models.CharField("绩效指标", blank=True)
    """Key of the indicator; blank: budget execution. That it exists is checked on writing."""
    dated = models.DateField("监控日期")
    text = models.TextField("偏差情况")
    cause = models.TextField("原因")
    action = models.TextField("措施")
    responsible = models.TextField("责任人")
    due = models.DateField("完成期限")
    note = models.TextField("备注", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "偏差"
        constraints = [
            *UnitYearRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(dated__year=F("year")), name="performance_deviation_within_the_year"
            ),
            models.CheckConstraint(condition=Q(due__gte=F("dated")), name="performance_deviation_due_after"),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        day, due, year = (row.values.get(name) for name in ("dated", "due", "year"))
        if isinstance(day, dt.date) and isinstance(year, int) and day.year != year:
            yield problem(row, "日期不在年度内", "dated", f"不在 {year} 年度内", "核对日期和年度")
        if isinstance(day, dt.date) and isinstance(due, dt.date) and due < day:
            yield problem(row, "日期先后颠倒", "due", f"早于监控日期 {day.isoformat()}", "核对两个日期")


class State(models.TextChoices):
    """How far a deviation has come."""

    OPEN = "open", "整改中"
    CLOSED = "closed", "已关闭"


class FollowUp(UnitYearRow, Evidenced):
    """What had come of a deviation by a day. The newest says whether it is closed; a later open one opens it again."""

    sheet = "follow_ups"
    number = 35
    papers = JUDGED
    record = "follow_up"

    deviation = models.CharField("偏差")
    """Key of the deviation; that it exists is checked on writing, since a deviation has versions."""
    dated = models.DateField("日期")
    state = models.CharField("状态", choices=State.choices)
    text = models.TextField("进展")
    responsible = models.TextField("经办人", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "偏差跟踪"
        constraints = [
            *UnitYearRow.Meta.constraints,
            kind_rule(),
            one_of("state", State),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | ~Q(evidence="") | Q(document__isnull=False),
                name="performance_followup_closed_proved",
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        yield from kind_problems(row)
        if row.text("state") == State.CLOSED and not is_proved(row):
            yield missing(row, "state", "关闭偏差")
