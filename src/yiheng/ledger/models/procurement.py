"""Government procurement (政府采购): what is planned and what was agreed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import DONE, PLANNED, Amounted, ProjectRow, UnitYearRow, not_negative, quantum_rule


def _part_of_amount(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0, f"{field}__lte": F("amount")}),
        name=f"ledger_procurement_{field}_within",
    )


class Procurement(UnitYearRow, ProjectRow, Amounted):
    """A planned purchase (政府采购预算); what is reserved for SMEs and micro-enterprises is part of it."""

    sheet = "procurements"
    number = 12
    papers = PLANNED
    record = "procurement"

    view = models.CharField("口径")
    function = models.CharField("功能分类科目", blank=True)
    item = models.CharField("采购品目", blank=True)
    item_name = models.TextField("品目名称", blank=True)
    kind = models.CharField("采购类别", blank=True)
    sme_amount = models.BigIntegerField("面向中小企业金额", null=True, blank=True)
    micro_amount = models.BigIntegerField("面向小微企业金额", null=True, blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "政府采购"
        constraints = [
            *UnitYearRow.Meta.constraints,
            quantum_rule(),
            not_negative(),
            _part_of_amount("sme_amount"),
            _part_of_amount("micro_amount"),
        ]


class Contract(UnitYearRow, ProjectRow, Amounted):
    """A contract (合同) with the day of award and of signing."""

    sheet = "contracts"
    number = 13
    papers = DONE
    record = "contract"

    procurement = models.CharField("采购行", blank=True)
    """Key of the planned purchase; that it exists is checked on writing, since it has versions."""
    kind = models.CharField("采购类别", blank=True)
    title = models.TextField("合同名称")
    supplier = models.TextField("供应商", blank=True)
    sme = models.BooleanField("中小企业", null=True, blank=True)
    micro = models.BooleanField("小微企业", null=True, blank=True)
    awarded_on = models.DateField("中标日期", null=True, blank=True)
    signed_on = models.DateField("签订日期", null=True, blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "合同"
        constraints = [*UnitYearRow.Meta.constraints, quantum_rule(), not_negative()]
