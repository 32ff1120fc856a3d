"""Posts, the three administrators, sessions and second factors."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_log_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoginSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_hash", models.CharField(max_length=64, unique=True, verbose_name="会话校验值")),
                ("started_at", models.DateTimeField(verbose_name="登录时间")),
                ("seen_at", models.DateTimeField(verbose_name="最近活动")),
                ("address", models.CharField(blank=True, max_length=64, verbose_name="来源地址")),
                ("agent", models.CharField(blank=True, max_length=300, verbose_name="浏览器")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("ended_why", models.CharField(blank=True, max_length=40, verbose_name="结束原因")),
            ],
            options={
                "verbose_name": "会话",
                "ordering": ["-seen_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("preparer", "经办"),
                            ("unit_head", "单位负责人"),
                            ("planning", "规划财务处"),
                            ("leader", "局领导"),
                            ("finance_bureau", "财政部门"),
                            ("evaluator", "外部评价人"),
                            ("auditor", "审计人员"),
                        ],
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                ("unit", models.CharField(max_length=200, verbose_name="单位键")),
            ],
            options={
                "verbose_name": "岗位",
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_hash", models.CharField(max_length=64, verbose_name="校验值")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="使用时间")),
            ],
            options={
                "verbose_name": "恢复码",
            },
        ),
        migrations.RemoveConstraint(
            model_name="unitscope",
            name="people_unitscope_work_known",
        ),
        migrations.RemoveConstraint(
            model_name="unitscope",
            name="people_unitscope_right_known",
        ),
        migrations.AddField(
            model_name="user",
            name="administrator",
            field=models.CharField(
                blank=True,
                choices=[
                    ("system_admin", "系统管理员"),
                    ("security_admin", "安全管理员"),
                    ("audit_admin", "审计管理员"),
                ],
                default="",
                max_length=20,
                verbose_name="管理员",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="failed_attempts",
            field=models.PositiveIntegerField(default=0, verbose_name="连续登录失败次数"),
        ),
        migrations.AddField(
            model_name="user",
            name="locked_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="锁定至"),
        ),
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(default=False, verbose_name="须修改密码"),
        ),
        migrations.AddField(
            model_name="user",
            name="password_changed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="密码修改时间"),
        ),
        migrations.AddField(
            model_name="user",
            name="sso_subject",
            field=models.CharField(
                blank=True, max_length=255, null=True, unique=True, verbose_name="单点登录标识"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="totp_confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="动态口令启用时间"),
        ),
        migrations.AddField(
            model_name="user",
            name="totp_last_step",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="已用过的动态口令时间步"),
        ),
        migrations.AddField(
            model_name="user",
            name="totp_secret",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="动态口令密钥"),
        ),
        migrations.AlterField(
            model_name="unitscope",
            name="right",
            field=models.CharField(
                choices=[("read", "查看"), ("write", "填报"), ("approve", "审批"), ("certify", "签发")],
                max_length=20,
                verbose_name="权限",
            ),
        ),
        migrations.AlterField(
            model_name="unitscope",
            name="work",
            field=models.CharField(
                choices=[
                    ("budget", "部门预算"),
                    ("execution", "执行与采购"),
                    ("accounts", "部门决算"),
                    ("performance", "绩效"),
                    ("disclosure", "公开"),
                    ("review", "审校"),
                    ("administration", "系统管理"),
                    ("audit", "审计"),
                ],
                max_length=20,
                verbose_name="工作种类",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitscope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "work__in",
                        [
                            "budget",
                            "execution",
                            "accounts",
                            "performance",
                            "disclosure",
                            "review",
                            "administration",
                            "audit",
                        ],
                    )
                ),
                name="people_unitscope_work_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitscope",
            constraint=models.CheckConstraint(
                condition=models.Q(("right__in", ["read", "write", "approve", "certify"])),
                name="people_unitscope_right_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("administrator__in", ["", "system_admin", "security_admin", "audit_admin"])
                ),
                name="people_user_administrator_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("totp_confirmed_at__isnull", True),
                    models.Q(("totp_secret", ""), _negated=True),
                    _connector="OR",
                ),
                name="people_user_totp_confirmed_has_secret",
            ),
        ),
        migrations.AddField(
            model_name="loginsession",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="login_sessions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="recoverycode",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="recovery_codes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="loginsession",
            index=models.Index(fields=["user", "ended_at"], name="people_loginsession_open"),
        ),
        migrations.AddConstraint(
            model_name="loginsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_why", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="people_loginsession_end_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("user", "role", "unit"), name="people_post_once"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit", ""), _negated=True), name="people_post_unit_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        (
                            "preparer",
                            "unit_head",
                            "planning",
                            "leader",
                            "finance_bureau",
                            "evaluator",
                            "auditor",
                        ),
                    )
                ),
                name="people_post_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverycode",
            constraint=models.UniqueConstraint(fields=("user", "code_hash"), name="people_recoverycode_once"),
        ),
    ]
