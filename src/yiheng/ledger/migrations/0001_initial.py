"""The first tables of this app."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Load",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.user",
                    ),
                ),
                ("actor", models.CharField(max_length=200, verbose_name="操作者")),
                ("label", models.TextField(blank=True, verbose_name="名称")),
                ("content_hash", models.CharField(max_length=64, verbose_name="内容校验值")),
            ],
            options={
                "verbose_name": "装载批次",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor", ""), _negated=True), name="ledger_load_actor_given"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(unique=True, verbose_name="键")),
                ("active", models.BooleanField(default=True, verbose_name="有效")),
                ("title", models.TextField(verbose_name="标题")),
                ("publisher", models.TextField(blank=True, verbose_name="发布单位")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年度")),
                ("file", models.TextField(blank=True, verbose_name="文件名")),
                ("sha256", models.CharField(blank=True, verbose_name="文件校验值")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
            ],
            options={
                "verbose_name": "来源文件",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_document_key_given"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(unique=True, verbose_name="键")),
                ("active", models.BooleanField(default=True, verbose_name="有效")),
                ("code", models.CharField(blank=True, verbose_name="单位编码")),
                ("name", models.TextField(verbose_name="单位名称")),
                ("short_name", models.TextField(blank=True, verbose_name="简称")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_column="parent",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="上级单位",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("department", "主管部门"), ("unit", "基层单位")], verbose_name="单位类别"
                    ),
                ),
                ("nature", models.TextField(blank=True, verbose_name="单位性质")),
                ("jurisdiction", models.CharField(blank=True, verbose_name="地区")),
            ],
            options={
                "verbose_name": "单位",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_unit_key_given"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="ledger_unit_code_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("key")), _negated=True),
                            _connector="OR",
                        ),
                        name="ledger_unit_not_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["department", "unit"])),
                        name="ledger_unit_kind_known",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DepartmentYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(unique=True, verbose_name="键")),
                ("active", models.BooleanField(default=True, verbose_name="有效")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "kind",
                    models.CharField(
                        choices=[("budget", "部门预算"), ("accounts", "部门决算"), ("performance", "绩效")],
                        verbose_name="类别",
                    ),
                ),
                ("title", models.TextField(blank=True, verbose_name="标题")),
                ("family", models.CharField(blank=True, verbose_name="表式")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="批复日期")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公开日期")),
                ("synthetic", models.BooleanField(default=False, verbose_name="虚构演示")),
            ],
            options={
                "verbose_name": "部门年度",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_departmentyear_key_given"
                    ),
                    models.UniqueConstraint(
                        fields=("unit", "year", "kind"), name="ledger_departmentyear_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["budget", "accounts", "performance"])),
                        name="ledger_departmentyear_kind_known",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(unique=True, verbose_name="键")),
                ("active", models.BooleanField(default=True, verbose_name="有效")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("code", models.CharField(blank=True, verbose_name="项目编码")),
                ("name", models.TextField(verbose_name="项目名称")),
                (
                    "department",
                    models.ForeignKey(
                        db_column="department",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="主管单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年度")),
                ("project_type", models.CharField(blank=True, verbose_name="项目类型")),
                ("period_type", models.CharField(blank=True, verbose_name="实施期限")),
                ("arrangement", models.CharField(blank=True, verbose_name="预算安排方式")),
                ("purpose", models.CharField(blank=True, verbose_name="资金用途")),
                ("office", models.CharField(blank=True, verbose_name="主管处室")),
                ("start", models.DateField(blank=True, null=True, verbose_name="开始日期")),
                ("end", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("total_amount", models.BigIntegerField(blank=True, null=True, verbose_name="项目总金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("overview", models.TextField(blank=True, verbose_name="项目概况")),
                ("basis", models.TextField(blank=True, verbose_name="申报依据")),
                ("objective", models.TextField(blank=True, verbose_name="年度目标")),
                ("long_objective", models.TextField(blank=True, verbose_name="长期目标")),
                ("secret", models.BooleanField(default=False, verbose_name="涉密")),
            ],
            options={
                "verbose_name": "项目",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_project_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_project_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_amount__isnull", True), ("total_amount__gte", 0), _connector="OR"
                        ),
                        name="ledger_project_total_from_0",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start__isnull", True),
                            ("end__isnull", True),
                            ("end__gte", models.F("start")),
                            _connector="OR",
                        ),
                        name="ledger_project_end_after_start",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Costing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.costing",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("item", models.TextField(verbose_name="测算项")),
                ("purpose", models.TextField(blank=True, verbose_name="用途")),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="数量"
                    ),
                ),
                ("price", models.BigIntegerField(blank=True, null=True, verbose_name="单价")),
                (
                    "periods",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="期数"
                    ),
                ),
            ],
            options={
                "verbose_name": "项目测算",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_costing_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_costing_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_costing_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_costing_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_costing_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="ledger_costing_amount_from_0"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.budgetline",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("view", models.CharField(verbose_name="口径")),
                ("category", models.CharField(blank=True, verbose_name="支出类别")),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("economic", models.CharField(blank=True, verbose_name="经济分类科目")),
                ("fund", models.CharField(blank=True, verbose_name="预算类型")),
                ("source", models.CharField(blank=True, verbose_name="资金来源")),
                ("program", models.CharField(blank=True, verbose_name="拨款类别")),
                ("basic_kind", models.CharField(blank=True, verbose_name="基本支出类别")),
                ("stage", models.CharField(verbose_name="编制阶段")),
            ],
            options={
                "verbose_name": "支出预算",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_budgetline_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_budgetline_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_budgetline_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_budgetline_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_budgetline_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="ledger_budgetline_amount_from_0"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.adjustment",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("date", models.DateField(blank=True, null=True, verbose_name="日期")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "日"), ("month", "月"), ("quarter", "季"), ("year", "年")],
                        verbose_name="日期精度",
                    ),
                ),
                ("view", models.CharField(verbose_name="口径")),
                ("category", models.CharField(blank=True, verbose_name="支出类别")),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("economic", models.CharField(blank=True, verbose_name="经济分类科目")),
                ("fund", models.CharField(blank=True, verbose_name="预算类型")),
                ("source", models.CharField(blank=True, verbose_name="资金来源")),
                ("program", models.CharField(blank=True, verbose_name="拨款类别")),
                ("basic_kind", models.CharField(blank=True, verbose_name="基本支出类别")),
                ("reason", models.TextField(blank=True, verbose_name="事由")),
                ("approval", models.TextField(blank=True, verbose_name="批准文号")),
            ],
            options={
                "verbose_name": "预算调整",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_adjustment_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_adjustment_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_adjustment_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_adjustment_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_adjustment_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date__isnull", True), ("date_precision__in", ["", "year"])),
                            models.Q(
                                ("date__isnull", False),
                                ("date_precision__in", ["day", "month", "quarter", "year"]),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_adjustment_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.payment",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("date", models.DateField(blank=True, null=True, verbose_name="日期")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "日"), ("month", "月"), ("quarter", "季"), ("year", "年")],
                        verbose_name="日期精度",
                    ),
                ),
                ("view", models.CharField(verbose_name="口径")),
                ("category", models.CharField(blank=True, verbose_name="支出类别")),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("economic", models.CharField(blank=True, verbose_name="经济分类科目")),
                ("fund", models.CharField(blank=True, verbose_name="预算类型")),
                ("source", models.CharField(blank=True, verbose_name="资金来源")),
                ("program", models.CharField(blank=True, verbose_name="拨款类别")),
                ("basic_kind", models.CharField(blank=True, verbose_name="基本支出类别")),
                ("reason", models.TextField(blank=True, verbose_name="事由")),
                ("approval", models.TextField(blank=True, verbose_name="批准文号")),
                ("payee", models.TextField(blank=True, verbose_name="收款人")),
                ("contract", models.CharField(blank=True, verbose_name="合同")),
                ("summary", models.TextField(blank=True, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "支付",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_payment_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_payment_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_payment_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_payment_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_payment_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date__isnull", True), ("date_precision__in", ["", "year"])),
                            models.Q(
                                ("date__isnull", False),
                                ("date_precision__in", ["day", "month", "quarter", "year"]),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_payment_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revenue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.revenue",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("date", models.DateField(blank=True, null=True, verbose_name="日期")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "日"), ("month", "月"), ("quarter", "季"), ("year", "年")],
                        verbose_name="日期精度",
                    ),
                ),
                (
                    "stage",
                    models.CharField(choices=[("budget", "预算"), ("accounts", "决算")], verbose_name="阶段"),
                ),
                ("view", models.CharField(verbose_name="口径")),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("fund", models.CharField(blank=True, verbose_name="预算类型")),
                ("source", models.CharField(blank=True, verbose_name="资金来源")),
                ("program", models.CharField(blank=True, verbose_name="拨款类别")),
            ],
            options={
                "verbose_name": "收入",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_revenue_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_revenue_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_revenue_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_revenue_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_revenue_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date__isnull", True), ("date_precision__in", ["", "year"])),
                            models.Q(
                                ("date__isnull", False),
                                ("date_precision__in", ["day", "month", "quarter", "year"]),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_revenue_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["budget", "accounts"])),
                        name="ledger_revenue_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "budget"), _negated=True), ("amount__gte", 0), _connector="OR"
                        ),
                        name="ledger_revenue_budget_from_0",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.balance",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opening", "年初结转和结余"),
                            ("reserve_use", "使用非财政拨款结余"),
                            ("surplus_allocation", "结余分配"),
                            ("carry_forward", "结转下年"),
                        ],
                        verbose_name="类别",
                    ),
                ),
                (
                    "stage",
                    models.CharField(choices=[("budget", "预算"), ("accounts", "决算")], verbose_name="阶段"),
                ),
                ("fund", models.CharField(blank=True, verbose_name="预算类型")),
                ("source", models.CharField(blank=True, verbose_name="资金来源")),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("category", models.CharField(blank=True, verbose_name="支出类别")),
            ],
            options={
                "verbose_name": "结转结余",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_balance_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_balance_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_balance_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_balance_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_balance_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["opening", "reserve_use", "surplus_allocation", "carry_forward"])
                        ),
                        name="ledger_balance_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["budget", "accounts"])),
                        name="ledger_balance_stage_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThreePublic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.threepublic",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "stage",
                    models.CharField(
                        choices=[("budget", "年初预算"), ("adjusted", "调整预算"), ("accounts", "决算")],
                        verbose_name="阶段",
                    ),
                ),
                ("item", models.CharField(verbose_name="分项")),
            ],
            options={
                "verbose_name": "三公经费",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_threepublic_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_threepublic_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_threepublic_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_threepublic_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_threepublic_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="ledger_threepublic_amount_from_0"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["budget", "adjusted", "accounts"])),
                        name="ledger_threepublic_stage_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Procurement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.procurement",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("view", models.CharField(verbose_name="口径")),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("item", models.CharField(blank=True, verbose_name="采购品目")),
                ("item_name", models.TextField(blank=True, verbose_name="品目名称")),
                ("kind", models.CharField(blank=True, verbose_name="采购类别")),
                (
                    "sme_amount",
                    models.BigIntegerField(blank=True, null=True, verbose_name="面向中小企业金额"),
                ),
                (
                    "micro_amount",
                    models.BigIntegerField(blank=True, null=True, verbose_name="面向小微企业金额"),
                ),
            ],
            options={
                "verbose_name": "政府采购",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_procurement_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_procurement_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_procurement_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_procurement_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_procurement_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="ledger_procurement_amount_from_0"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sme_amount__isnull", True),
                            models.Q(("sme_amount__gte", 0), ("sme_amount__lte", models.F("amount"))),
                            _connector="OR",
                        ),
                        name="ledger_procurement_sme_amount_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("micro_amount__isnull", True),
                            models.Q(("micro_amount__gte", 0), ("micro_amount__lte", models.F("amount"))),
                            _connector="OR",
                        ),
                        name="ledger_procurement_micro_amount_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.contract",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("procurement", models.CharField(blank=True, verbose_name="采购行")),
                ("kind", models.CharField(blank=True, verbose_name="采购类别")),
                ("title", models.TextField(verbose_name="合同名称")),
                ("supplier", models.TextField(blank=True, verbose_name="供应商")),
                ("sme", models.BooleanField(blank=True, null=True, verbose_name="中小企业")),
                ("micro", models.BooleanField(blank=True, null=True, verbose_name="小微企业")),
                ("awarded_on", models.DateField(blank=True, null=True, verbose_name="中标日期")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="签订日期")),
            ],
            options={
                "verbose_name": "合同",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_contract_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_contract_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_contract_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_contract_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_contract_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="ledger_contract_amount_from_0"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.transfer",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("project_name", models.TextField(blank=True, verbose_name="印发的项目名称")),
                ("level", models.CharField(blank=True, verbose_name="拨付级次")),
            ],
            options={
                "verbose_name": "上级专项转移支付",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_transfer_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_transfer_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_transfer_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_transfer_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_transfer_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="ledger_transfer_amount_from_0"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Elimination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.elimination",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("amount", models.BigIntegerField(verbose_name="金额")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "from_unit",
                    models.ForeignKey(
                        db_column="from_unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="付出单位",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        db_column="to_unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="收到单位",
                    ),
                ),
                ("category", models.CharField(blank=True, verbose_name="支出类别")),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("fund", models.CharField(blank=True, verbose_name="预算类型")),
                ("reason", models.TextField(blank=True, verbose_name="事由")),
            ],
            options={
                "verbose_name": "内部往来抵销",
                "abstract": False,
                "indexes": [models.Index(fields=["from_unit", "year"], name="ledger_elimination_fy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_elimination_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_elimination_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_elimination_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_elimination_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="ledger_elimination_amount_from_0"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_unit", models.F("to_unit")), _negated=True),
                        name="ledger_elimination_two_units",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.asset",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                ("kind", models.CharField(verbose_name="资产类别")),
                ("name", models.TextField(verbose_name="资产名称")),
                ("original_value", models.BigIntegerField(verbose_name="原值")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("acquired_on", models.DateField(blank=True, null=True, verbose_name="取得日期")),
                ("in_use", models.BooleanField(blank=True, null=True, verbose_name="在用")),
                ("barcode", models.CharField(blank=True, verbose_name="条码")),
                ("location", models.TextField(blank=True, verbose_name="存放地点")),
            ],
            options={
                "verbose_name": "资产",
                "abstract": False,
                "indexes": [models.Index(fields=["unit"], name="ledger_asset_u")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_asset_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_asset_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_asset_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_asset_quantum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("original_value__gte", 0)), name="ledger_asset_value_from_0"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vehicle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.vehicle",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                ("kind", models.CharField(verbose_name="车辆类别")),
                ("name", models.TextField(blank=True, verbose_name="名称")),
                ("acquired_on", models.DateField(blank=True, null=True, verbose_name="取得日期")),
                ("disposed_on", models.DateField(blank=True, null=True, verbose_name="处置日期")),
            ],
            options={
                "verbose_name": "车辆",
                "abstract": False,
                "indexes": [models.Index(fields=["unit"], name="ledger_vehicle_u")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_vehicle_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_vehicle_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_vehicle_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acquired_on__isnull", True),
                            ("disposed_on__isnull", True),
                            ("disposed_on__gte", models.F("acquired_on")),
                            _connector="OR",
                        ),
                        name="ledger_vehicle_disposed_after_acquired",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Headcount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.headcount",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                ("as_of", models.DateField(verbose_name="截至日期")),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[("day", "日"), ("month", "月"), ("quarter", "季"), ("year", "年")],
                        default="day",
                        verbose_name="日期精度",
                    ),
                ),
                ("kind", models.CharField(verbose_name="人员类别")),
                ("establishment", models.PositiveIntegerField(blank=True, null=True, verbose_name="编制数")),
                ("actual", models.PositiveIntegerField(blank=True, null=True, verbose_name="实有人数")),
            ],
            options={
                "verbose_name": "人员",
                "abstract": False,
                "indexes": [models.Index(fields=["unit"], name="ledger_headcount_u")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_headcount_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_headcount_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_headcount_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("as_of_precision__in", ["day", "month", "quarter", "year"])),
                        name="ledger_headcount_as_of_precision_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statistic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.statistic",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_column="project",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.project",
                        to_field="key",
                        verbose_name="项目",
                    ),
                ),
                ("measure", models.CharField(verbose_name="指标")),
                ("view", models.CharField(blank=True, verbose_name="口径")),
                ("item", models.CharField(blank=True, verbose_name="分项")),
                ("function", models.CharField(blank=True, verbose_name="功能分类科目")),
                ("category", models.CharField(blank=True, verbose_name="支出类别")),
                ("fund", models.CharField(blank=True, verbose_name="预算类型")),
                ("source", models.CharField(blank=True, verbose_name="资金来源")),
                ("stage", models.CharField(blank=True, verbose_name="阶段")),
                ("value", models.BigIntegerField(verbose_name="数值")),
                ("uom", models.CharField(verbose_name="计量单位")),
                ("quantum", models.BigIntegerField(default=0, verbose_name="金额精度")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
            ],
            options={
                "verbose_name": "已公布数",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_statistic_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_statistic_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_statistic_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_statistic_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantum__gte", 0)), name="ledger_statistic_quantum"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.reason",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                (
                    "kind",
                    models.CharField(
                        choices=[("budget", "部门预算"), ("accounts", "部门决算"), ("performance", "绩效")],
                        verbose_name="类别",
                    ),
                ),
                ("subject", models.CharField(verbose_name="事项")),
                ("text", models.TextField(verbose_name="原因")),
            ],
            options={
                "verbose_name": "变动原因",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_reason_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_reason_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_reason_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_reason_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["budget", "accounts", "performance"])),
                        name="ledger_reason_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.text",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_column="document",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.document",
                        to_field="key",
                        verbose_name="来源文件",
                    ),
                ),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                (
                    "kind",
                    models.CharField(
                        choices=[("budget", "部门预算"), ("accounts", "部门决算"), ("performance", "绩效")],
                        verbose_name="类别",
                    ),
                ),
                ("section", models.CharField(verbose_name="段落")),
                ("order", models.PositiveIntegerField(default=1, verbose_name="顺序")),
                ("text", models.TextField(verbose_name="文字")),
            ],
            options={
                "verbose_name": "说明文字",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_text_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="ledger_text_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="ledger_text_key_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_text_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["budget", "accounts", "performance"])),
                        name="ledger_text_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AcceptedFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(verbose_name="行号")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "kind_of_row",
                    models.CharField(
                        choices=[("original", "原始"), ("correction", "更正"), ("reversal", "冲销")],
                        default="original",
                        verbose_name="行的性质",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.acceptedfinding",
                        verbose_name="取代",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.unit",
                        to_field="key",
                        verbose_name="单位",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "kind",
                    models.CharField(
                        choices=[("budget", "部门预算"), ("accounts", "部门决算"), ("performance", "绩效")],
                        verbose_name="类别",
                    ),
                ),
                ("rule", models.CharField(verbose_name="规则")),
                ("cell", models.CharField(blank=True, verbose_name="单元格")),
                ("reason", models.TextField(verbose_name="理由")),
            ],
            options={
                "verbose_name": "已接受的问题",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="ledger_acceptedfinding_uy")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "version"), name="ledger_acceptedfinding_one_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="ledger_acceptedfinding_key_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind_of_row", "original"), ("replaces__isnull", True), ("version", 1)),
                            models.Q(
                                ("kind_of_row__in", ["correction", "reversal"]),
                                ("replaces__isnull", False),
                                ("version__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_acceptedfinding_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["budget", "accounts", "performance"])),
                        name="ledger_acceptedfinding_kind_known",
                    ),
                ],
            },
        ),
    ]
