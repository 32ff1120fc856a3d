"""Objectives, indicators and tasks as declared (绩效目标、指标、年度主要任务), as printed text."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models.base import PLANNED, Attested, ProjectRow, UnitYearRow
from yiheng.ledger.validation.problem import problem
from yiheng.reading.problems import Problem


class Curve(models.TextChoices):
    """How an indicator is expected to grow within the year (进度曲线), for monitoring."""

    LINEAR = "linear", "均匀"
    SEASONAL = "seasonal", "按季节"
    STEP = "step", "分阶段"
    YEAR_END = "year_end", "年底一次"


class Objective(UnitYearRow, ProjectRow, Attested):
    """A performance objective (绩效目标) of a department, a task or a project."""

    sheet = "objectives"
    number = 24
    papers = PLANNED
    record = "objective"
    carried_over = True

    level = models.CharField("层级")
    task = models.CharField("任务", blank=True)
    """Key of the task; that it exists is checked on writing, since a task has versions."""
    order = models.PositiveIntegerField("顺序", default=1)
    text = models.TextField("目标")

    class Meta(UnitYearRow.Meta):
        verbose_name = "绩效目标"


class Indicator(UnitYearRow, ProjectRow, Attested):
    """A performance indicator (绩效指标) with its target as printed."""

    sheet = "indicators"
    number = 25
    papers = PLANNED
    record = "indicator"
    carried_over = True

    level = models.CharField("层级")
    order = models.PositiveIntegerField("顺序", default=1)
    level1 = models.TextField("一级指标")
    level2 = models.TextField("二级指标", blank=True)
    level3 = models.TextField("三级指标", blank=True)
    target = models.TextField("指标值", blank=True)
    explanation = models.TextField("指标解释", blank=True)
    measure = models.CharField("取数口径", blank=True)
    """Id of the measure (policy `score.measures`) by which the ledger gives the actual."""
    query = models.CharField("业务查询", blank=True)
    """Name of the query over business data that gives the actual."""
    curve = models.CharField("进度曲线", choices=Curve.choices, blank=True)
    milestones = models.TextField("进度节点", blank=True)
    """Day and share reached on it (`03-31 20%; 06-30 45%`), for a seasonal or stepped curve."""

    class Meta(UnitYearRow.Meta):
        verbose_name = "绩效指标"
        constraints = [
            *UnitYearRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(curve__in=["", *Curve.values]), name="performance_indicator_curve_known"
            ),
            models.CheckConstraint(
                condition=~Q(curve__in=[Curve.SEASONAL, Curve.STEP]) | ~Q(milestones=""),
                name="performance_indicator_milestones_given",
            ),
            models.CheckConstraint(
                condition=Q(measure="") | Q(query=""), name="performance_indicator_one_way_to_measure"
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        yield from two_ways(row)
        if row.text("curve") in (Curve.SEASONAL, Curve.STEP) and not row.text("milestones"):
            label = Curve(row.text("curve")).label
            yield problem(
                row, "进度节点没有填", "milestones", f"进度曲线是“{label}”，没有填进度节点",
                "填写各节点的日期和应达到的比例，例如 03-31 20%; 06-30 45%",
            )  # fmt: skip


def two_ways(row: SheetRow) -> Iterator[Problem]:
    """A measure and a query at once: only one can give the value."""
    if row.text("measure") and row.text("query"):
        yield problem(row, "取数矛盾", "query", "同时填了取数口径和业务查询", "只留一个")


class Task(UnitYearRow, ProjectRow, Attested):
    """A main task of the year (年度主要任务); its amount is that of its project or of basic expenditure."""

    sheet = "tasks"
    number = 26
    papers = PLANNED
    record = "task"
    carried_over = True

    order = models.PositiveIntegerField("顺序", default=1)
    name = models.TextField("任务名称")
    category = models.CharField("支出类别", blank=True)
    content = models.TextField("主要内容", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "年度主要任务"
