"""What a unit has (存量): assets, vehicles, staff."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import Attested, JournalRow, Precision, one_of, quantum_rule, register_key


class StockRow(JournalRow, Attested):
    """A journal row about something that a unit holds at a date."""

    unit = register_key("ledger.Unit", "unit", "单位")
    note = models.TextField("备注", blank=True)

    class Meta(JournalRow.Meta):
        abstract = True
        indexes = [models.Index(fields=["unit"], name="%(app_label)s_%(class)s_u")]


class Asset(StockRow):
    """An asset card (资产卡片) with its original value (原值)."""

    sheet = "assets"
    number = 16

    kind = models.CharField("资产类别")
    name = models.TextField("资产名称")
    original_value = models.BigIntegerField("原值")
    quantum = models.BigIntegerField("金额精度", default=0)
    acquired_on = models.DateField("取得日期", null=True, blank=True)
    in_use = models.BooleanField("在用", null=True, blank=True)
    barcode = models.CharField("条码", blank=True)
    location = models.TextField("存放地点", blank=True)

    class Meta(StockRow.Meta):
        verbose_name = "资产"
        constraints = [
            *StockRow.Meta.constraints,
            quantum_rule(),
            models.CheckConstraint(condition=Q(original_value__gte=0), name="ledger_asset_value_from_0"),
        ]


class Vehicle(StockRow):
    """A vehicle (车辆)."""

    sheet = "vehicles"
    number = 17

    kind = models.CharField("车辆类别")
    name = models.TextField("名称", blank=True)
    acquired_on = models.DateField("取得日期", null=True, blank=True)
    disposed_on = models.DateField("处置日期", null=True, blank=True)

    class Meta(StockRow.Meta):
        verbose_name = "车辆"
        constraints = [
            *StockRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(acquired_on__isnull=True)
                | Q(disposed_on__isnull=True)
                | Q(disposed_on__gte=F("acquired_on")),
                name="ledger_vehicle_disposed_after_acquired",
            ),
        ]


class Headcount(StockRow):
    """Staff of one kind on a day: posts established (编制) and persons (实有)."""

    sheet = "headcounts"
    number = 18

    as_of = models.DateField("截至日期")
    as_of_precision = models.CharField("日期精度", choices=Precision.choices, default=Precision.DAY)
    kind = models.CharField("人员类别")
    establishment = models.PositiveIntegerField("编制数", null=True, blank=True)
    actual = models.PositiveIntegerField("实有人数", null=True, blank=True)

    class Meta(StockRow.Meta):
        verbose_name = "人员"
        constraints = [*StockRow.Meta.constraints, one_of("as_of_precision", Precision)]
