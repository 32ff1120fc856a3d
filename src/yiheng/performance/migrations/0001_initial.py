"""The first tables of this app."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Objective",
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
                        to="performance.objective",
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
                ("level", models.CharField(verbose_name="层级")),
                ("task", models.CharField(blank=True, verbose_name="任务")),
                ("order", models.PositiveIntegerField(default=1, verbose_name="顺序")),
                ("text", models.TextField(verbose_name="目标")),
            ],
            options={
                "verbose_name": "绩效目标",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="performance_objective_uy")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "version"), name="performance_objective_one_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="performance_objective_key_given"
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
                        name="performance_objective_versions",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
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
                        to="performance.indicator",
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
                ("level", models.CharField(verbose_name="层级")),
                ("order", models.PositiveIntegerField(default=1, verbose_name="顺序")),
                ("level1", models.TextField(verbose_name="一级指标")),
                ("level2", models.TextField(blank=True, verbose_name="二级指标")),
                ("level3", models.TextField(blank=True, verbose_name="三级指标")),
                ("target", models.TextField(blank=True, verbose_name="指标值")),
                ("explanation", models.TextField(blank=True, verbose_name="指标解释")),
            ],
            options={
                "verbose_name": "绩效指标",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="performance_indicator_uy")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "version"), name="performance_indicator_one_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="performance_indicator_key_given"
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
                        name="performance_indicator_versions",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                        to="performance.task",
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
                ("order", models.PositiveIntegerField(default=1, verbose_name="顺序")),
                ("name", models.TextField(verbose_name="任务名称")),
                ("category", models.CharField(blank=True, verbose_name="支出类别")),
                ("content", models.TextField(blank=True, verbose_name="主要内容")),
            ],
            options={
                "verbose_name": "年度主要任务",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="performance_task_uy")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="performance_task_one_version"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="performance_task_key_given"
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
                        name="performance_task_versions",
                    ),
                ],
            },
        ),
    ]
