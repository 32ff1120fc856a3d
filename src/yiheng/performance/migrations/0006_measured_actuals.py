"""What gives the value of an actual: a measure or a query. Both tables are rebuilt on SQLite and are guarded again."""

from typing import Any

from django.db import migrations, models

from yiheng.people.guards import protecting

guard, release = protecting("performance", "Actual", "Indicator")


def guard_again(apps: Any, editor: Any) -> None:
    release(apps, editor)
    guard(apps, editor)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_rows_are_append_only"),
        ("performance", "0005_survey_frames"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="actual",
            name="performance_actual_proved",
        ),
        migrations.RemoveConstraint(
            model_name="actual",
            name="performance_actual_override_explained",
        ),
        migrations.AddField(
            model_name="actual",
            name="measure",
            field=models.CharField(blank=True, verbose_name="取数口径"),
        ),
        migrations.AddField(
            model_name="actual",
            name="query",
            field=models.CharField(blank=True, verbose_name="业务查询"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="measure",
            field=models.CharField(blank=True, verbose_name="取数口径"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="query",
            field=models.CharField(blank=True, verbose_name="业务查询"),
        ),
        migrations.AlterField(
            model_name="actual",
            name="value",
            field=models.TextField(blank=True, verbose_name="实际完成值"),
        ),
        migrations.AddConstraint(
            model_name="actual",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("evidence", ""), _negated=True),
                    ("document__isnull", False),
                    ("value", ""),
                    _connector="OR",
                ),
                name="performance_actual_proved",
            ),
        ),
        migrations.AddConstraint(
            model_name="actual",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("value", ""), _negated=True),
                    models.Q(("kind", "entered"), _negated=True),
                    _connector="OR",
                ),
                name="performance_actual_value_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="actual",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("measure", ""), ("kind", "computed"), _connector="OR"),
                    models.Q(("query", ""), ("kind", "measured"), _connector="OR"),
                ),
                name="performance_actual_way_to_measure",
            ),
        ),
        migrations.AddConstraint(
            model_name="actual",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("override_reason", ""), ("system_value", "")),
                    models.Q(
                        models.Q(("value", ""), _negated=True),
                        models.Q(("system_value", ""), _negated=True),
                        models.Q(("override_reason", ""), _negated=True),
                        models.Q(("system_value", models.F("value")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="performance_actual_override_explained",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("measure", ""), ("query", ""), _connector="OR"),
                name="performance_indicator_one_way_to_measure",
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
