"""Sampling frames (抽样框), journal rows like all others: append-only from the first."""

import django.db.models.deletion
from django.db import migrations, models

from yiheng.people.guards import protecting


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_rows_are_append_only"),
        ("performance", "0004_evaluations_are_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="SurveyFrame",
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
                ("position", models.BigIntegerField(default=0, verbose_name="次序")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("place", models.TextField(blank=True, verbose_name="出处")),
                ("survey", models.CharField(verbose_name="满意度调查")),
                (
                    "group",
                    models.CharField(
                        choices=[("staff", "职工"), ("insured", "参保人"), ("providers", "定点机构")],
                        verbose_name="对象类别",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("simple", "简单随机抽样"), ("census", "全面调查")], verbose_name="抽样方法"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="抽样框总数")),
                ("sample", models.PositiveIntegerField(verbose_name="样本量")),
                ("seed", models.CharField(blank=True, verbose_name="抽样种子")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="名单日期")),
                ("digest", models.CharField(blank=True, verbose_name="名单校验值")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
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
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.load",
                        verbose_name="装载批次",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="performance.surveyframe",
                        verbose_name="取代",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "抽样框",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="performance_surveyframe_uy")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "version"), name="performance_surveyframe_one_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="performance_surveyframe_key_given",
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
                        name="performance_surveyframe_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["staff", "insured", "providers"])),
                        name="performance_surveyframe_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["simple", "census"])),
                        name="performance_surveyframe_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sample__gte", 1), ("sample__lte", models.F("size")), ("size__gte", 1)
                        ),
                        name="performance_surveyframe_sample_of_frame",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "simple"), models.Q(("seed", ""), _negated=True)),
                            models.Q(("method", "census"), ("sample", models.F("size")), ("seed", "")),
                            _connector="OR",
                        ),
                        name="performance_surveyframe_drawn_by_seed",
                    ),
                ],
            },
        ),
        migrations.RunPython(*protecting("performance", "SurveyFrame")),
    ]
