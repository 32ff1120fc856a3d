"""The new journal rows are never changed; the indicators' table was rebuilt on SQLite and is guarded again."""

from typing import Any

from django.db import migrations

from yiheng.people.guards import protecting

NEW = (
    "Evaluation", "EvaluationRow", "CriterionScore", "CriterionInput", "Survey", "SurveyAnswer", "Actual",
)  # fmt: skip
guard, release = protecting("performance", "Indicator")


def guard_again(apps: Any, editor: Any) -> None:
    release(apps, editor)
    guard(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("performance", "0003_evaluations")]
    operations = [
        migrations.RunPython(*protecting("performance", *NEW)),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
