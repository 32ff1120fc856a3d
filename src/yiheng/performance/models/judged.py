"""Self-evaluation sheets (绩效自评表) and whole-department scores (部门整体支出绩效评价得分), own and transcribed.

A printed score is kept as it is printed (`9.90`): its decimals decide whether it was rounded or cut off.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models.base import DONE, Attested, PaperKind, ProjectRow, UnitYearRow, one_of
from yiheng.ledger.validation.problem import problem
from yiheng.reading.problems import Problem

from .evidence import PROVED, Evidenced, is_proved, kind_problems, kind_rule, missing

JUDGED = (PaperKind.PERFORMANCE, *(kind for kind in DONE if kind != PaperKind.PERFORMANCE))
"""Evaluations belong to the department-year of performance, where there is one."""


SCORED = Q(document__isnull=False) | (~Q(scorer="") & ~Q(evidence=""))
"""A score that a person gave names the person and the evidence; one taken over from a paper, the paper."""


class Level(models.TextChoices):
    """What is evaluated."""

    DEPARTMENT = "department", "部门整体"
    PROJECT = "project", "项目"


class Evaluation(UnitYearRow, ProjectRow, Attested):
    """One evaluation: the self-evaluation sheet of a project (项目支出绩效自评表), or that of a whole department."""

    sheet = "evaluations"
    number = 27
    papers = JUDGED
    record = "evaluation"

    level = models.CharField("层级", choices=Level.choices)
    framework = models.CharField("评价体系", blank=True)
    """Policy id of the framework or rule set; blank: the one in force."""
    implementer = models.TextField("实施单位", blank=True)
    goal = models.TextField("预期目标", blank=True)
    outcome = models.TextField("实际完成情况", blank=True)
    execution_weight = models.DecimalField(
        "预算执行率分值", max_digits=7, decimal_places=4, null=True, blank=True
    )
    printed_rate = models.CharField("印出的执行率", blank=True)
    printed_execution_score = models.CharField("印出的执行率得分", blank=True)
    printed_total = models.CharField("印出的总分", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "自评表"
        constraints = [
            *UnitYearRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level=Level.DEPARTMENT, project__isnull=True)
                | Q(level=Level.PROJECT, project__isnull=False),
                name="performance_evaluation_of_a_project_or_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(execution_weight__isnull=True)
                | Q(execution_weight__gte=0, execution_weight__lte=100),
                name="performance_evaluation_weight_range",
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        level, project = row.text("level"), row.text("project")
        if level == Level.PROJECT and not project:
            yield problem(row, "必填栏为空", "project", "项目自评表没有填项目", "填写“项目”表里的键")
        if level == Level.DEPARTMENT and project:
            yield problem(row, "层级矛盾", "project", "部门整体评价填了项目", "清空项目，或把层级改为“项目”")
        yield from _weight_problems(row, "execution_weight")


class EvaluationRow(UnitYearRow, Evidenced):
    """An indicator of a sheet: target, actual, weight (分值) and score. A declared indicator gives names and target."""

    sheet = "evaluation_rows"
    number = 28
    papers = JUDGED
    record = "evaluation_row"

    evaluation = models.CharField("自评表")
    """Key of the sheet; that it exists is checked on writing, since a sheet has versions. So of the indicator."""
    indicator = models.CharField("绩效指标", blank=True)
    order = models.PositiveIntegerField("顺序", default=1)
    level1 = models.TextField("一级指标", blank=True)
    level2 = models.TextField("二级指标", blank=True)
    level3 = models.TextField("三级指标", blank=True)
    target = models.TextField("年度指标值", blank=True)
    actual = models.TextField("实际完成值", blank=True)
    weight = models.DecimalField("分值", max_digits=7, decimal_places=4)
    manual_score = models.DecimalField("人工评分", max_digits=7, decimal_places=4, null=True, blank=True)
    scorer = models.TextField("评分人", blank=True)
    manual_reason = models.TextField("人工评分理由", blank=True)
    previous = models.TextField("上年实际值", blank=True)
    dated = models.DateField("实际值日期", null=True, blank=True)
    lower_is_better = models.BooleanField("越小越好", null=True, blank=True)
    """Blank: as the level-2 indicator says (成本指标)."""
    sample = models.PositiveIntegerField("样本量", null=True, blank=True)
    """Valid answers behind a satisfaction figure."""
    printed_score = models.CharField("印出的得分", blank=True)
    reason = models.TextField("偏差原因分析及改进措施", blank=True)
    explanation = models.TextField("超额完成说明", blank=True)
    """Why the actual is far above the target."""

    class Meta(UnitYearRow.Meta):
        verbose_name = "自评指标"
        constraints = [
            *UnitYearRow.Meta.constraints,
            kind_rule(),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=100), name="performance_evaluationrow_weight_range"
            ),
            models.CheckConstraint(
                condition=~Q(indicator="") | ~Q(level3=""), name="performance_evaluationrow_named"
            ),
            models.CheckConstraint(
                condition=Q(manual_score__isnull=True) | (~Q(manual_reason="") & SCORED),
                name="performance_evaluationrow_manual_proved",
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        if not row.text("indicator") and not row.text("level3"):
            yield problem(
                row, "必填栏为空", "level3", "没有填三级指标，也没有指明绩效指标",
                "填写三级指标，或“绩效指标”表里的键",
            )  # fmt: skip
        yield from _weight_problems(row, "weight")
        yield from _weight_problems(row, "manual_score")
        yield from kind_problems(row)
        yield from _manual_problems(row, "manual_reason")


class Ground(models.TextChoices):
    """Why an input of a criterion, or a score that was given, is what it is."""

    ENTERED = "entered", "填报"
    PRINTED = "printed", "原件印出"
    ASSUMED = "assumed", "由印出分数推得"


class CriterionScore(UnitYearRow, Evidenced):
    """The score of one criterion of a framework: as printed, and as somebody gave it where it is not computable."""

    sheet = "criterion_scores"
    number = 29
    papers = JUDGED
    record = "criterion_score"

    evaluation = models.CharField("自评表")
    criterion = models.CharField("评价指标")
    """Id of the criterion in the framework."""
    part = models.CharField("评分要点", blank=True)
    """Id of the part, where a criterion is scored in parts."""
    manual_score = models.DecimalField("人工评分", max_digits=7, decimal_places=4, null=True, blank=True)
    ground = models.CharField("评分依据", choices=Ground.choices, blank=True)
    scorer = models.TextField("评分人", blank=True)
    printed_score = models.CharField("印出的得分", blank=True)
    reason = models.TextField("评分理由", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "整体评价得分"
        constraints = [
            *UnitYearRow.Meta.constraints,
            kind_rule(),
            models.CheckConstraint(
                condition=Q(manual_score__isnull=True) | (~Q(reason="") & SCORED),
                name="performance_criterionscore_manual_proved",
            ),
            models.CheckConstraint(
                condition=Q(manual_score__isnull=True, ground="")
                | Q(manual_score__isnull=False, ground__in=Ground.values),
                name="performance_criterionscore_ground",
            ),
            models.CheckConstraint(
                condition=Q(manual_score__isnull=True) | Q(manual_score__gte=0, manual_score__lte=100),
                name="performance_criterionscore_range",
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        yield from _weight_problems(row, "manual_score")
        yield from kind_problems(row)
        yield from _manual_problems(row, "reason")
        if (row.values.get("manual_score") is None) != (not row.text("ground")):
            yield problem(
                row, "评分依据不完整", "ground", "人工评分和评分依据要么都填，要么都空着",
                "填写评分依据：填报、原件印出，或由印出分数推得",
            )  # fmt: skip


class CriterionInput(UnitYearRow, Evidenced):
    """A quantity that a criterion needs and the ledger does not hold. An assumed one is never a row of the ledger."""

    sheet = "criterion_inputs"
    number = 30
    papers = JUDGED
    record = "criterion_input"

    evaluation = models.CharField("自评表")
    name = models.CharField("取数项")
    """Name of the input in the framework (`execution.q1`), wherever it is used."""
    value = models.CharField("取数值")
    """As text, in the spelling of an actual: 98.93%, 39, 是."""
    ground = models.CharField("取数依据", choices=Ground.choices)
    note = models.TextField("备注", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "评价取数"
        constraints = [
            *UnitYearRow.Meta.constraints,
            kind_rule(),
            one_of("ground", Ground),
            models.CheckConstraint(
                condition=Q(ground=Ground.ASSUMED) | PROVED, name="performance_criterioninput_proved"
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.ASSUMED) | ~Q(note=""), name="performance_criterioninput_explained"
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        yield from kind_problems(row)
        if row.text("ground") == Ground.ASSUMED:
            if not row.text("note"):
                yield problem(
                    row, "推得的数没有说明", "note", "由印出分数推得的数没有写明怎样推得", "在备注写明推算"
                )
        elif not is_proved(row):
            yield missing(row, "value", "取数值")


def _manual_problems(row: SheetRow, reason: str) -> Iterator[Problem]:
    """What a score that a person gave lacks: the reason, and unless it was taken over the scorer and the evidence."""
    if row.values.get("manual_score") is None:
        return
    if not row.text(reason):
        yield problem(row, "人工评分没有理由", reason, "填了人工评分，没有写理由", "写明为什么给这个分")
    if not row.text("scorer") and not row.text("document"):
        yield problem(row, "人工评分不完整", "scorer", "填了人工评分，没有填评分人", "补填评分人")
    if not is_proved(row):
        yield missing(row, "manual_score", "人工评分")


def _weight_problems(row: SheetRow, column: str) -> Iterator[Problem]:
    value = row.values.get(column)
    if value is not None and not 0 <= value <= 100:  # type: ignore[operator]
        yield problem(row, "分值超出范围", column, "分值和得分在 0 与 100 之间", "核对后改正")
