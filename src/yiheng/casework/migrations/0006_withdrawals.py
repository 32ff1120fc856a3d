"""A version may be taken from the public site by two persons; it stays as it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yiheng.casework.guards import settle, unsettle


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_decisions_stand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="撤下理由")),
                ("requested_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("requested", "待签发"), ("withdrawn", "已撤下"), ("declined", "未同意")],
                        default="requested",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="签发时间")),
                ("comment", models.TextField(blank=True, verbose_name="意见")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="casework.publication",
                        verbose_name="公开版本",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
            ],
            options={
                "verbose_name": "撤下",
                "ordering": ["-requested_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["requested", "withdrawn", "declined"])),
                        name="casework_withdrawal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="casework_withdrawal_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            ("decided_by__isnull", True),
                            _connector="OR",
                        ),
                        name="casework_withdrawal_maker_is_not_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "requested"),
                            ),
                            models.Q(
                                models.Q(("state", "requested"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="casework_withdrawal_is_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="casework_withdrawal_refusal_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["requested", "withdrawn"])),
                        fields=("publication",),
                        name="casework_withdrawal_once",
                    ),
                ],
            },
        ),
        migrations.RunPython(settle, unsettle),
    ]
