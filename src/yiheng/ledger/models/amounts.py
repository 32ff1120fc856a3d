"""Plans, movements and what is left: the amounts of the department-year."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import (
    DONE,
    PLANNED,
    Amounted,
    Dated,
    JournalRow,
    ProjectRow,
    UnitYearRow,
    dated_rule,
    not_negative,
    one_of,
    quantum_rule,
    register_key,
)


class Side(models.TextChoices):
    """Whether an amount is planned or final."""

    BUDGET = "budget", "预算"
    ACCOUNTS = "accounts", "决算"


class Dimensions(ProjectRow):
    """What an amount of spending is for and paid from; blank: not attested (未列明)."""

    view = models.CharField("口径")
    category = models.CharField("支出类别", blank=True)
    function = models.CharField("功能分类科目", blank=True)
    economic = models.CharField("经济分类科目", blank=True)
    fund = models.CharField("预算类型", blank=True)
    source = models.CharField("资金来源", blank=True)
    program = models.CharField("拨款类别", blank=True)
    basic_kind = models.CharField("基本支出类别", blank=True)

    class Meta:
        abstract = True


class Costing(UnitYearRow, ProjectRow, Amounted):
    """An item of a project's costing (项目测算): quantity × price × periods where all three are given."""

    sheet = "costing"
    number = 5
    papers = PLANNED
    record = "costing"

    item = models.TextField("测算项")
    purpose = models.TextField("用途", blank=True)
    # Fifteen digits come back exactly from SQLite's eight-byte numbers; nothing is computed on them in SQL.
    quantity = models.DecimalField("数量", max_digits=15, decimal_places=4, null=True, blank=True)
    price = models.BigIntegerField("单价", null=True, blank=True)
    """In fen."""
    periods = models.DecimalField("期数", max_digits=15, decimal_places=4, null=True, blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "项目测算"
        constraints = [*UnitYearRow.Meta.constraints, quantum_rule(), not_negative()]


class BudgetLine(UnitYearRow, Dimensions, Amounted):
    """A leaf of the budget (支出预算) at one stage of its compilation."""

    sheet = "budget_lines"
    number = 6
    papers = PLANNED

    stage = models.CharField("编制阶段")

    class Meta(UnitYearRow.Meta):
        verbose_name = "支出预算"
        constraints = [*UnitYearRow.Meta.constraints, quantum_rule(), not_negative()]


class Adjustment(UnitYearRow, Dimensions, Dated, Amounted):
    """A movement of the approved budget within the year (预算调整); may be negative."""

    sheet = "adjustments"
    number = 7
    papers = DONE

    reason = models.TextField("事由", blank=True)
    approval = models.TextField("批准文号", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "预算调整"
        constraints = [*UnitYearRow.Meta.constraints, quantum_rule(), dated_rule()]


class Payment(UnitYearRow, Dimensions, Dated, Amounted):
    """A payment (支付), of which spending (支出决算) is the sum; a refund (退回) is negative."""

    sheet = "payments"
    number = 8
    papers = DONE

    reason = models.TextField("事由", blank=True)
    approval = models.TextField("批准文号", blank=True)
    payee = models.TextField("收款人", blank=True)
    contract = models.CharField("合同", blank=True)
    """Key of the contract; that it exists is checked on writing, since a contract has versions."""
    summary = models.TextField("摘要", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "支付"
        constraints = [*UnitYearRow.Meta.constraints, quantum_rule(), dated_rule()]


class Revenue(UnitYearRow, ProjectRow, Dated, Amounted):
    """Income (收入), planned or received."""

    sheet = "revenues"
    number = 9
    paper_column = "stage"

    stage = models.CharField("阶段", choices=Side.choices)
    view = models.CharField("口径")
    function = models.CharField("功能分类科目", blank=True)
    fund = models.CharField("预算类型", blank=True)
    source = models.CharField("资金来源", blank=True)
    program = models.CharField("拨款类别", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "收入"
        constraints = [
            *UnitYearRow.Meta.constraints,
            quantum_rule(),
            dated_rule(),
            one_of("stage", Side),
            models.CheckConstraint(
                condition=~Q(stage=Side.BUDGET) | Q(amount__gte=0), name="ledger_revenue_budget_from_0"
            ),
        ]


class BalanceKind(models.TextChoices):
    """What was there, what was used, what is left."""

    OPENING = "opening", "年初结转和结余"
    RESERVE_USE = "reserve_use", "使用非财政拨款结余"
    SURPLUS_ALLOCATION = "surplus_allocation", "结余分配"
    CARRY_FORWARD = "carry_forward", "结转下年"


class Balance(UnitYearRow, ProjectRow, Amounted):
    """Money carried over the turn of the year (结转结余)."""

    sheet = "balances"
    number = 10
    paper_column = "stage"

    kind = models.CharField("类别", choices=BalanceKind.choices)
    stage = models.CharField("阶段", choices=Side.choices)
    fund = models.CharField("预算类型", blank=True)
    source = models.CharField("资金来源", blank=True)
    function = models.CharField("功能分类科目", blank=True)
    category = models.CharField("支出类别", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "结转结余"
        constraints = [
            *UnitYearRow.Meta.constraints,
            quantum_rule(),
            one_of("kind", BalanceKind),
            one_of("stage", Side),
        ]


class ThreePublicStage(models.TextChoices):
    """Which of the three figures of a 三公 item."""

    BUDGET = "budget", "年初预算"
    ADJUSTED = "adjusted", "调整预算"
    ACCOUNTS = "accounts", "决算"


class ThreePublic(UnitYearRow, Amounted):
    """An item of 三公经费 as a paper prints it; where economic codes are known it is derived instead."""

    sheet = "three_public"
    number = 11
    paper_column = "stage"

    stage = models.CharField("阶段", choices=ThreePublicStage.choices)
    item = models.CharField("分项")

    class Meta(UnitYearRow.Meta):
        verbose_name = "三公经费"
        constraints = [
            *UnitYearRow.Meta.constraints,
            quantum_rule(),
            not_negative(),
            one_of("stage", ThreePublicStage),
        ]


class Transfer(UnitYearRow, ProjectRow, Amounted):
    """A special transfer from above (上级专项转移支付): a part of other rows, never added to them."""

    sheet = "transfers"
    number = 14
    papers = PLANNED
    record = "transfer"

    function = models.CharField("功能分类科目", blank=True)
    project_name = models.TextField("印发的项目名称", blank=True)
    level = models.CharField("拨付级次", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "上级专项转移支付"
        constraints = [*UnitYearRow.Meta.constraints, quantum_rule(), not_negative()]


class Elimination(JournalRow, Amounted):
    """Money moved between two units of one department (内部往来); the department's accounts leave it out."""

    sheet = "eliminations"
    number = 15
    papers = DONE
    unit_column = "from_unit"

    year = models.PositiveSmallIntegerField("年度")
    from_unit = register_key("ledger.Unit", "from_unit", "付出单位")
    to_unit = register_key("ledger.Unit", "to_unit", "收到单位")
    category = models.CharField("支出类别", blank=True)
    function = models.CharField("功能分类科目", blank=True)
    fund = models.CharField("预算类型", blank=True)
    reason = models.TextField("事由", blank=True)

    class Meta(JournalRow.Meta):
        verbose_name = "内部往来抵销"
        indexes = [models.Index(fields=["from_unit", "year"], name="ledger_elimination_fy")]
        constraints = [
            *JournalRow.Meta.constraints,
            quantum_rule(),
            not_negative(),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="ledger_elimination_two_units"),
        ]
