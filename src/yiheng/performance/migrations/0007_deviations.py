"""Deviations and their follow-up (偏差、偏差跟踪), journal rows like all others: append-only from the first."""

import django.db.models.deletion
from django.db import migrations, models

from yiheng.people.guards import protecting


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_rows_are_append_only"),
        ("performance", "0006_measured_actuals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deviation",
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
                ("indicator", models.CharField(blank=True, verbose_name="绩效指标")),
                ("dated", models.DateField(verbose_name="监控日期")),
                ("text", models.TextField(verbose_name="偏差情况")),
                ("cause", models.TextField(verbose_name="原因")),
                ("action", models.TextField(verbose_name="措施")),
                ("responsible", models.TextField(verbose_name="责任人")),
                ("due", models.DateField(verbose_name="完成期限")),
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
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="performance.deviation",
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
                "verbose_name": "偏差",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="performance_deviation_uy")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "version"), name="performance_deviation_one_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="performance_deviation_key_given"
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
                        name="performance_deviation_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dated__year", models.F("year"))),
                        name="performance_deviation_within_the_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due__gte", models.F("dated"))),
                        name="performance_deviation_due_after",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                (
                    "evidence_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("file", "文件"),
                            ("link", "链接"),
                            ("query", "查询"),
                            ("person", "人员"),
                            ("note", "说明"),
                        ],
                        verbose_name="佐证类别",
                    ),
                ),
                ("evidence", models.TextField(blank=True, verbose_name="佐证")),
                ("deviation", models.CharField(verbose_name="偏差")),
                ("dated", models.DateField(verbose_name="日期")),
                (
                    "state",
                    models.CharField(choices=[("open", "整改中"), ("closed", "已关闭")], verbose_name="状态"),
                ),
                ("text", models.TextField(verbose_name="进展")),
                ("responsible", models.TextField(blank=True, verbose_name="经办人")),
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
                        to="performance.followup",
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
                "verbose_name": "偏差跟踪",
                "abstract": False,
                "indexes": [models.Index(fields=["unit", "year"], name="performance_followup_uy")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "version"), name="performance_followup_one_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="performance_followup_key_given"
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
                        name="performance_followup_versions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", ""), ("evidence_kind", "")),
                            models.Q(
                                models.Q(("evidence", ""), _negated=True),
                                ("evidence_kind__in", ["file", "link", "query", "person", "note"]),
                            ),
                            _connector="OR",
                        ),
                        name="performance_followup_evidence_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "closed"])),
                        name="performance_followup_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("evidence", ""), _negated=True),
                            ("document__isnull", False),
                            _connector="OR",
                        ),
                        name="performance_followup_closed_proved",
                    ),
                ],
            },
        ),
        migrations.RunPython(*protecting("performance", "Deviation", "FollowUp")),
    ]
