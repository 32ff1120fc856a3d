"""Sampling frames (抽样框): how many there are of a group, how many are asked, and by which seed they are drawn.

Who is in the frame is never stored: the list stays with whoever keeps it, holds pseudonymous keys only, and is told by
its hash. Answers are counts, so no answer can be joined to a key.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models.base import Attested, UnitYearRow, one_of
from yiheng.ledger.validation.problem import problem
from yiheng.reading.problems import Problem

from .judged import JUDGED


class Group(models.TextChoices):
    """Who is asked."""

    STAFF = "staff", "职工"
    INSURED = "insured", "参保人"
    PROVIDERS = "providers", "定点机构"


class DrawMethod(models.TextChoices):
    """How those who are asked were chosen."""

    SIMPLE = "simple", "简单随机抽样"
    CENSUS = "census", "全面调查"


class SurveyFrame(UnitYearRow, Attested):
    """The frame of one survey: a survey asks one group, and has one frame."""

    sheet = "survey_frames"
    number = 36
    papers = JUDGED
    record = "survey_frame"

    survey = models.CharField("满意度调查")
    """Key of the survey; that it exists is checked on writing, since a survey has versions."""
    group = models.CharField("对象类别", choices=Group.choices)
    method = models.CharField("抽样方法", choices=DrawMethod.choices)
    size = models.PositiveIntegerField("抽样框总数")
    sample = models.PositiveIntegerField("样本量")
    seed = models.CharField("抽样种子", blank=True)
    dated = models.DateField("名单日期", null=True, blank=True)
    digest = models.CharField("名单校验值", blank=True)
    """SHA-256 of the keys (`scoring.sampling.frame_digest`)."""
    note = models.TextField("备注", blank=True)

    class Meta(UnitYearRow.Meta):
        verbose_name = "抽样框"
        constraints = [
            *UnitYearRow.Meta.constraints,
            one_of("group", Group),
            one_of("method", DrawMethod),
            models.CheckConstraint(
                condition=Q(size__gte=1, sample__gte=1, sample__lte=F("size")),
                name="performance_surveyframe_sample_of_frame",
            ),
            models.CheckConstraint(
                condition=(Q(method=DrawMethod.SIMPLE) & ~Q(seed=""))
                | Q(method=DrawMethod.CENSUS, seed="", sample=F("size")),
                name="performance_surveyframe_drawn_by_seed",
            ),
        ]

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterator[Problem]:
        size, sample = row.values.get("size"), row.values.get("sample")
        method, seed = row.text("method"), row.text("seed")
        if not isinstance(size, int) or not isinstance(sample, int):
            return  # told by the structure
        for column, count in (("size", size), ("sample", sample)):
            if count < 1:
                yield problem(row, "抽样数量不对", column, f"填了 {count}", "填写大于 0 的整数")
        if sample > size:
            yield problem(
                row, "样本多于总体", "sample", f"样本量 {sample}，多于抽样框总数 {size}", "核对两个数"
            )
        if method == DrawMethod.SIMPLE and not seed:
            yield problem(
                row,
                "缺少抽样种子",
                "seed",
                "没有种子，样本无法重现",
                "填写任意一串字符，抽样前定好，之后不改",
            )
        if method == DrawMethod.CENSUS and (seed or sample != size):
            yield problem(
                row, "全面调查不抽样", "seed" if seed else "sample",
                "全面调查问到每一个，没有种子，样本量就是总数", "清空种子、改正样本量，或把方法改为简单随机抽样",
            )  # fmt: skip
