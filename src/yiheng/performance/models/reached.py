"""What was reached (实际完成值), and what people answered (满意度)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models.base import Attested, Dated, UnitYearRow, dated_rule, one_of
from yiheng.ledger.validation.problem import problem
from yiheng.reading.problems import Problem

from .evidence import PROVED, Evidenced, is_proved, kind_problems, kind_rule, missing
from .judged import JUDGED


class Survey(UnitYearRow, Attested):
    """A questionnaire for one group of people (满意度调查), with the frame that its sample was drawn from."""

    sheet = "surveys"
    number = 31
    papers = JUDGED
    record = "survey"

    name = models.TextField("调查名称")
    group = models.CharField("对象")
    population = models.PositiveIntegerField("总体人数", null=True, blank=True)
    issued = models.PositiveIntegerField("发放份数", null=True, blank=True)
    returned = models.PositiveIntegerField("回收份数", null=True, blank=True)
    seed = models.CharField("抽样种子", blank=True)
    target = models.CharField("目标值", blank=True)
    printed_result = models.CharField("印出的综合满意度", blank=True)
    note = models.TextField("备注", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "满意度调查"
        constraints = [
            *UnitYearRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(issued__isnull=True)
                | Q(returned__isnull=True)
                | Q(returned__lte=models.F("issued")),
                name="performance_survey_returned_of_issued",
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        issued, returned = row.values.get("issued"), row.values.get("returned")
        if isinstance(issued, int) and isinstance(returned, int) and returned > issued:
            yield problem(
                row, "回收多于发放", "returned", f"回收 {returned} 份，多于发放 {issued} 份", "核对两个份数"
            )


class SurveyAnswer(UnitYearRow, Attested):
    """How many chose one option of one question. Answers are counts; nobody is named."""

    sheet = "survey_answers"
    number = 32
    papers = JUDGED
    record = "survey_answer"

    survey = models.CharField("满意度调查")
    order = models.PositiveIntegerField("顺序", default=1)
    question = models.TextField("问题")
    option = models.CharField("选项")
    count = models.PositiveIntegerField("人数")
    printed_share = models.CharField("印出的占比", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "满意度"


class ActualKind(models.TextChoices):
    """How an actual came about."""

    ENTERED = "entered", "填报"
    COMPUTED = "computed", "台账计算"
    MEASURED = "measured", "业务查询"


class Actual(UnitYearRow, Dated, Evidenced):
    """What an indicator had reached on a day. The value is written like a target and typed by `scoring`.

    Of a computed or measured one `measure` or `query` (its own, or its indicator's) gives the value, which is left
    blank here; `system_value` is what the system gave where somebody wrote another value over it.
    """

    sheet = "actuals"
    number = 33
    papers = JUDGED
    record = "actual"

    indicator = models.CharField("绩效指标")
    kind = models.CharField("取得方式", choices=ActualKind.choices)
    measure = models.CharField("取数口径", blank=True)
    query = models.CharField("业务查询", blank=True)
    value = models.TextField("实际完成值", blank=True)
    system_value = models.TextField("系统得出的值", blank=True)
    override_reason = models.TextField("改写理由", blank=True)
    note = models.TextField("备注", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "实际完成值"
        constraints = [
            *UnitYearRow.Meta.constraints,
            dated_rule(),
            kind_rule(),
            one_of("kind", ActualKind),
            models.CheckConstraint(condition=PROVED | Q(value=""), name="performance_actual_proved"),
            models.CheckConstraint(
                condition=~Q(value="") | ~Q(kind=ActualKind.ENTERED), name="performance_actual_value_given"
            ),
            models.CheckConstraint(
                condition=(Q(measure="") | Q(kind=ActualKind.COMPUTED))
                & (Q(query="") | Q(kind=ActualKind.MEASURED)),
                name="performance_actual_way_to_measure",
            ),
            models.CheckConstraint(
                condition=Q(system_value="", override_reason="")
                | (
                    ~Q(value="")
                    & ~Q(system_value="")
                    & ~Q(override_reason="")
                    & ~Q(system_value=models.F("value"))
                ),
                name="performance_actual_override_explained",
            ),
            models.CheckConstraint(
                condition=Q(system_value="") | ~Q(kind=ActualKind.ENTERED),
                name="performance_actual_override_of_the_system",
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        yield from kind_problems(row)
        if row.text("value") and not is_proved(row):
            yield missing(row, "value", "实际完成值")
        yield from _way_problems(row)
        yield from _override_problems(row)


_WAYS = (("measure", "取数口径", ActualKind.COMPUTED), ("query", "业务查询", ActualKind.MEASURED))


def _way_problems(row: SheetRow) -> Iterator[Problem]:
    if row.text("kind") == ActualKind.ENTERED and not row.text("value"):
        yield problem(
            row, "必填栏为空", "value", "取得方式是填报，没有填实际完成值",
            "填写实际完成值；由系统得出的，取得方式改为台账计算或业务查询",
        )  # fmt: skip
    for column, title, kind in _WAYS:
        if row.text(column) and row.text("kind") != kind:
            yield problem(
                row,
                "取数矛盾",
                column,
                f"填了{title}，取得方式却不是{kind.label}",
                f"取得方式改为{kind.label}，或清空{title}",
            )


def _override_problems(row: SheetRow) -> Iterator[Problem]:
    value, system, reason = (row.text(name) for name in ("value", "system_value", "override_reason"))
    if (system or reason) and not value:
        yield problem(
            row, "改写矛盾", "value", "填了改写的内容，没有填改写后的实际完成值",
            "补填改写后的值，或清空系统得出的值和改写理由",
        )  # fmt: skip
        return
    if system and row.text("kind") == ActualKind.ENTERED:
        yield problem(
            row, "改写矛盾", "kind", f"填了系统得出的值“{system}”，取得方式却是填报",
            "取得方式改为台账计算或业务查询，或清空系统得出的值",
        )  # fmt: skip
    if system and system == value:
        yield problem(
            row,
            "改写矛盾",
            "value",
            "改写的值与系统得出的值相同",
            "清空系统得出的值和改写理由，或改正实际完成值",
        )
    elif system and not reason:
        yield problem(
            row, "改写没有理由", "override_reason", f"系统得出“{system}”，改写为“{value}”，没有写理由",
            "写明为什么改写；无须改写的，填系统得出的值",
        )  # fmt: skip
    if reason and not system:
        yield problem(
            row,
            "改写矛盾",
            "system_value",
            "写了改写理由，没有填系统得出的值",
            "补填系统得出的值，或清空改写理由",
        )
