"""The first tables of this app."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=150, unique=True, verbose_name="登录名")),
                ("name", models.CharField(max_length=150, verbose_name="姓名")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
            ],
            options={
                "verbose_name": "用户",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username", ""), _negated=True), name="people_user_username_given"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="UnitScope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scopes", to="people.user"
                    ),
                ),
                ("unit", models.CharField(max_length=200, verbose_name="单位键")),
                (
                    "work",
                    models.CharField(
                        choices=[
                            ("budget", "部门预算"),
                            ("accounts", "部门决算"),
                            ("performance", "绩效"),
                            ("administration", "系统管理"),
                            ("audit", "审计"),
                        ],
                        max_length=20,
                        verbose_name="工作种类",
                    ),
                ),
                (
                    "right",
                    models.CharField(
                        choices=[("read", "查看"), ("write", "填报"), ("approve", "审批")],
                        max_length=20,
                        verbose_name="权限",
                    ),
                ),
            ],
            options={
                "verbose_name": "权限范围",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "unit", "work", "right"), name="people_unitscope_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit", ""), _negated=True), name="people_unitscope_unit_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("work__in", ["budget", "accounts", "performance", "administration", "audit"])
                        ),
                        name="people_unitscope_work_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("right__in", ["read", "write", "approve"])),
                        name="people_unitscope_right_known",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.user",
                        verbose_name="用户",
                    ),
                ),
                ("actor", models.CharField(max_length=200, verbose_name="操作者")),
                ("action", models.CharField(max_length=40, verbose_name="动作")),
                ("table", models.CharField(max_length=100, verbose_name="对象表")),
                ("key", models.CharField(blank=True, max_length=200, verbose_name="对象键")),
                ("before", models.JSONField(blank=True, null=True, verbose_name="变更前")),
                ("after", models.JSONField(blank=True, null=True, verbose_name="变更后")),
                ("batch", models.CharField(blank=True, max_length=64, verbose_name="批次")),
                ("prev_hash", models.CharField(max_length=64, unique=True, verbose_name="前一条的校验值")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="校验值")),
            ],
            options={
                "verbose_name": "操作日志",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["table", "key"], name="people_logentry_object"),
                    models.Index(fields=["batch"], name="people_logentry_batch"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor", ""), _negated=True), name="people_logentry_actor_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action", ""), _negated=True), name="people_logentry_action_given"
                    ),
                ],
            },
        ),
    ]
