"""The registers (名录): documents, units, department-years, projects."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import PLANNED, Attested, PaperKind, Register, one_of, quantum_rule, register_key


class Document(Register):
    """A paper that rows were transcribed from (来源文件)."""

    sheet = "documents"
    number = 1
    record = "document"

    title = models.TextField("标题")
    publisher = models.TextField("发布单位", blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    file = models.TextField("文件名", blank=True)
    sha256 = models.CharField("文件校验值", blank=True)
    note = models.TextField("备注", blank=True)

    class Meta(Register.Meta):
        verbose_name = "来源文件"

    def __str__(self) -> str:
        return self.title


class UnitKind(models.TextChoices):
    """The two levels of a budget unit."""

    DEPARTMENT = "department", "主管部门"
    UNIT = "unit", "基层单位"


class Unit(Register):
    """A budget unit (预算单位). The code is official: blank where none is printed, never invented."""

    sheet = "units"
    number = 2
    record = "unit"

    code = models.CharField("单位编码", blank=True)
    name = models.TextField("单位名称")
    short_name = models.TextField("简称", blank=True)
    parent = register_key("self", "parent", "上级单位", null=True)
    kind = models.CharField("单位类别", choices=UnitKind.choices)
    nature = models.TextField("单位性质", blank=True)
    jurisdiction = models.CharField("地区", blank=True)

    class Meta(Register.Meta):
        verbose_name = "单位"
        constraints = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="ledger_unit_code_once"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("key")), name="ledger_unit_not_own_parent"
            ),
            one_of("kind", UnitKind),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentYear(Register):
    """What one set of papers is compiled from (部门年度). Its key is unit/year/kind, made by the program."""

    sheet = "department_years"
    number = 3
    record = "department_year"
    bookkeeping = Register.bookkeeping | {"key"}

    unit = register_key("ledger.Unit", "unit", "单位")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", choices=PaperKind.choices)
    title = models.TextField("标题", blank=True)
    family = models.CharField("表式", blank=True)
    """Table family (表式); blank: the one in force by policy."""
    document = register_key("ledger.Document", "document", "来源文件", null=True)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    synthetic = models.BooleanField("虚构演示", default=False)

    class Meta(Register.Meta):
        verbose_name = "部门年度"
        constraints = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "year", "kind"], name="ledger_departmentyear_once"),
            one_of("kind", PaperKind),
        ]

    def __str__(self) -> str:
        return self.title or self.key


class Project(Register, Attested):
    """A budget project (项目) with its attributes as declared; `total_amount` is 项目总金额."""

    sheet = "projects"
    number = 4
    papers = PLANNED
    unit_column = "department"
    record = "project"

    code = models.CharField("项目编码", blank=True)
    name = models.TextField("项目名称")
    department = register_key("ledger.Unit", "department", "主管单位")
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    """The fiscal year that this declaration is for; blank: any."""
    project_type = models.CharField("项目类型", blank=True)
    period_type = models.CharField("实施期限", blank=True)
    arrangement = models.CharField("预算安排方式", blank=True)
    purpose = models.CharField("资金用途", blank=True)
    office = models.CharField("主管处室", blank=True)
    start = models.DateField("开始日期", null=True, blank=True)
    end = models.DateField("结束日期", null=True, blank=True)
    total_amount = models.BigIntegerField("项目总金额", null=True, blank=True)
    quantum = models.BigIntegerField("金额精度", default=0)
    overview = models.TextField("项目概况", blank=True)
    basis = models.TextField("申报依据", blank=True)
    objective = models.TextField("年度目标", blank=True)
    long_objective = models.TextField("长期目标", blank=True)
    secret = models.BooleanField("涉密", default=False)
    """Its name, content and targets are withheld from the public; amount and codes are printed."""

    class Meta(Register.Meta):
        verbose_name = "项目"
        constraints = [
            *Register.Meta.constraints,
            quantum_rule(),
            models.CheckConstraint(
                condition=Q(total_amount__isnull=True) | Q(total_amount__gte=0),
                name="ledger_project_total_from_0",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="ledger_project_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
