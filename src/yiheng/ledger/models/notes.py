"""What goes with the amounts: published figures, reasons, texts, accepted findings."""

from __future__ import annotations

from django.db import models

from .base import DONE, Attested, PaperKind, ProjectRow, UnitYearRow, one_of, quantum_rule


class Statistic(UnitYearRow, ProjectRow, Attested):
    """A figure known only as a paper printed it (已公布数): a comparative, a stock total. Taken as it is."""

    sheet = "statistics"
    number = 19
    papers = DONE

    measure = models.CharField("指标")
    view = models.CharField("口径", blank=True)
    item = models.CharField("分项", blank=True)
    function = models.CharField("功能分类科目", blank=True)
    category = models.CharField("支出类别", blank=True)
    fund = models.CharField("预算类型", blank=True)
    source = models.CharField("资金来源", blank=True)
    stage = models.CharField("阶段", blank=True)
    value = models.BigIntegerField("数值")
    """Fen where `uom` is 元, otherwise a plain count."""
    uom = models.CharField("计量单位")
    quantum = models.BigIntegerField("金额精度", default=0)
    note = models.TextField("备注", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "已公布数"
        constraints = [*UnitYearRow.Meta.constraints, quantum_rule()]


class Reason(UnitYearRow, Attested):
    """Why a figure changed (变动原因), for the sentence about `subject`."""

    sheet = "reasons"
    number = 20
    paper_column = "kind"
    record = "reason"

    kind = models.CharField("类别", choices=PaperKind.choices)
    subject = models.CharField("事项")
    text = models.TextField("原因")

    class Meta(UnitYearRow.Meta):
        verbose_name = "变动原因"
        constraints = [*UnitYearRow.Meta.constraints, one_of("kind", PaperKind)]


class Text(UnitYearRow, Attested):
    """A paragraph of the narrative (说明文字) that is not computed."""

    sheet = "texts"
    number = 21
    paper_column = "kind"
    record = "text"

    kind = models.CharField("类别", choices=PaperKind.choices)
    section = models.CharField("段落")
    order = models.PositiveIntegerField("顺序", default=1)
    text = models.TextField("文字")

    class Meta(UnitYearRow.Meta):
        verbose_name = "说明文字"
        constraints = [*UnitYearRow.Meta.constraints, one_of("kind", PaperKind)]


class AcceptedFinding(UnitYearRow):
    """A finding that the department-year accepts (已接受的问题), with the reason."""

    sheet = "accepted_findings"
    number = 22
    paper_column = "kind"
    record = "accepted_finding"

    kind = models.CharField("类别", choices=PaperKind.choices)
    rule = models.CharField("规则")
    cell = models.CharField("单元格", blank=True)
    reason = models.TextField("理由")

    class Meta(UnitYearRow.Meta):
        verbose_name = "已接受的问题"
        constraints = [*UnitYearRow.Meta.constraints, one_of("kind", PaperKind)]
