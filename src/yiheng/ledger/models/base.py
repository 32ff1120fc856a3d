"""What all sheets of the ledger have in common: registers, journal rows, amounts.

A *register* (名录) keeps one row a key: a document, a unit, a department-year, a project. Other rows refer
to it by that key, which the database enforces. A change is made in place and kept, before and after, in the
append-only log; a register row is never deleted, only withdrawn (`active` false).

A *journal row* (流水行) is never changed: triggers refuse UPDATE and DELETE. A correction is a further version
of the same key that replaces the one before it; a removal is a version that reverses it. What counts is the
newest version of each key, unless that is a reversal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Final, cast

from django.conf import settings
from django.db import models
from django.db.models import Q

from yiheng.facts.sheets import SheetRow
from yiheng.reading.problems import Problem


class PaperKind(models.TextChoices):
    """What a department-year is compiled for."""

    BUDGET = "budget", "部门预算"
    ACCOUNTS = "accounts", "部门决算"
    PERFORMANCE = "performance", "绩效"


PLANNED: Final = (PaperKind.BUDGET, PaperKind.ACCOUNTS, PaperKind.PERFORMANCE)
"""Rows that a budget brings, where there is one."""
DONE: Final = (PaperKind.ACCOUNTS, PaperKind.BUDGET, PaperKind.PERFORMANCE)
"""Rows that the accounts bring, where there are any."""


class Precision(models.TextChoices):
    """How finely a date is known (日期精度)."""

    DAY = "day", "日"
    MONTH = "month", "月"
    QUARTER = "quarter", "季"
    YEAR = "year", "年"


class RowKind(models.TextChoices):
    """What a version of a journal row does."""

    ORIGINAL = "original", "原始"
    CORRECTION = "correction", "更正"
    REVERSAL = "reversal", "冲销"


def register_key(to: str, column: str, label: str, *, null: bool = False) -> models.ForeignKey[Any, Any]:
    """A column that holds the key of a register's row, which the database enforces.

    It has no index of its own: rows are read by unit and year, and nothing referred to is ever deleted.
    """
    return models.ForeignKey(
        to,
        on_delete=models.PROTECT,
        to_field="key",
        db_column=column,
        null=null,
        blank=null,
        related_name="+",
        db_index=False,
        verbose_name=label,
    )


class Load(models.Model):
    """One load of content (装载批次) that changed the ledger."""

    at = models.DateTimeField("时间")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.CharField("操作者", max_length=200)
    label = models.TextField("名称", blank=True)
    """What was loaded, for people: a file name, or the operation that wrote the rows."""
    content_hash = models.CharField("内容校验值", max_length=64)
    """SHA-256 of the content as canonical JSON; also the batch of its log entries."""

    class Meta:
        verbose_name = "装载批次"
        constraints = [models.CheckConstraint(condition=~Q(actor=""), name="ledger_load_actor_given")]

    def __str__(self) -> str:
        return f"{self.label or self.content_hash[:12]}（{self.at:%Y-%m-%d %H:%M}，{self.actor}）"


class SheetModel(models.Model):
    """A model whose rows are filled in on a sheet (工作表). Its `verbose_name` is the sheet's title."""

    sheet: ClassVar[str] = ""
    """English name of the sheet."""
    number: ClassVar[int] = 0
    """Place of the sheet in the workbook, in all lists and in loading."""
    papers: ClassVar[tuple[str, ...]] = ()
    """The kinds of department-year that answer for a row, the first that exists; see `coverage`."""
    paper_column: ClassVar[str] = ""
    """The column that names the kind of department-year instead."""
    unit_column: ClassVar[str] = "unit"
    record: ClassVar[str] = ""
    """The kind of `facts.Record` that a row gives, if any."""
    carried_over: ClassVar[bool] = False
    """Whether opening a year copies the rows of the year before."""
    bookkeeping: ClassVar[frozenset[str]] = frozenset({"id"})
    """Columns of the table that are not columns of the sheet."""

    class Meta:
        abstract = True

    @classmethod
    def row_problems(cls, row: SheetRow) -> Iterable[Problem]:
        """What a row breaks of the rules that its own app gives it; see `validation.structure`."""
        return ()


class Register(SheetModel):
    """See the module: one row a key, changed in place, every change logged."""

    bookkeeping = SheetModel.bookkeeping | {"active"}

    key = models.CharField("键", unique=True)
    active = models.BooleanField("有效", default=True)

    class Meta(SheetModel.Meta):
        abstract = True
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="%(app_label)s_%(class)s_key_given")]


class JournalRow(SheetModel):
    """See the module: versions of a key, of which only the newest counts."""

    bookkeeping = SheetModel.bookkeeping | {"version", "kind_of_row", "replaces", "load", "position"}

    key = models.CharField("行号")
    version = models.PositiveIntegerField("版本", default=1)
    kind_of_row = models.CharField("行的性质", choices=RowKind.choices, default=RowKind.ORIGINAL)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="取代",
    )
    load = models.ForeignKey(
        "ledger.Load", on_delete=models.PROTECT, related_name="+", verbose_name="装载批次"
    )
    position = models.BigIntegerField("次序", default=0)
    """Place among the rows of the sheet, in the order in which they were first loaded; a correction keeps it."""

    class Meta(SheetModel.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="%(app_label)s_%(class)s_one_version"),
            models.CheckConstraint(condition=~Q(key=""), name="%(app_label)s_%(class)s_key_given"),
            models.CheckConstraint(
                condition=Q(version=1, kind_of_row=RowKind.ORIGINAL, replaces__isnull=True)
                | Q(
                    version__gt=1,
                    kind_of_row__in=[RowKind.CORRECTION, RowKind.REVERSAL],
                    replaces__isnull=False,
                ),
                name="%(app_label)s_%(class)s_versions",
            ),
        ]


def current(model: type[JournalRow]) -> models.QuerySet[Any, Any]:
    """The rows that count: the newest version of each key that was not removed."""
    rows: Any = model._default_manager.all()
    return cast(
        "models.QuerySet[Any, Any]",
        rows.filter(replaced_by__isnull=True).exclude(kind_of_row=RowKind.REVERSAL),
    )


class UnitYearRow(JournalRow):
    """A journal row of one unit in one fiscal year."""

    unit = register_key("ledger.Unit", "unit", "单位")
    year = models.PositiveSmallIntegerField("年度")

    class Meta(JournalRow.Meta):
        abstract = True
        indexes = [models.Index(fields=["unit", "year"], name="%(app_label)s_%(class)s_uy")]


class Attested(models.Model):
    """Where a row was transcribed from."""

    document = register_key("ledger.Document", "document", "来源文件", null=True)
    place = models.TextField("出处", blank=True)

    class Meta:
        abstract = True


class Amounted(Attested):
    """An amount in whole fen; `quantum` is the step to which it is known, 0 where it is exact."""

    amount = models.BigIntegerField("金额")
    quantum = models.BigIntegerField("金额精度", default=0)
    note = models.TextField("备注", blank=True)

    class Meta:
        abstract = True


class ProjectRow(models.Model):
    """A row that may belong to a project."""

    project = register_key("ledger.Project", "project", "项目", null=True)

    class Meta:
        abstract = True


class Dated(models.Model):
    """A movement with its day, as finely as it is known; no day is known only as "in that year"."""

    date = models.DateField("日期", null=True, blank=True)
    date_precision = models.CharField("日期精度", choices=Precision.choices, blank=True)

    class Meta:
        abstract = True


def quantum_rule(field: str = "quantum") -> models.CheckConstraint:
    """The step of an amount is never negative."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": 0}), name=f"%(app_label)s_%(class)s_{field}"
    )


def not_negative(field: str = "amount") -> models.CheckConstraint:
    """A planned or agreed amount (预算数、合同金额) is never below zero."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": 0}), name=f"%(app_label)s_%(class)s_{field}_from_0"
    )


def dated_rule() -> models.CheckConstraint:
    """A date says how finely it is known; without one, at most the year is."""
    return models.CheckConstraint(
        condition=Q(date__isnull=True, date_precision__in=["", Precision.YEAR])
        | Q(date__isnull=False, date_precision__in=Precision.values),
        name="%(app_label)s_%(class)s_dated",
    )


def one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The column decides what the program does with the row, so it holds one of the values known to it."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}), name=f"%(app_label)s_%(class)s_{field}_known"
    )
