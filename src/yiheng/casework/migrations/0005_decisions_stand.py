"""What was handed in and decided is never changed, and a decision names the right maker."""

from django.db import migrations

from yiheng.casework.guards import bind, unbind
from yiheng.people.guards import protecting


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_cycles_approvals_and_cases")]
    operations = [
        migrations.RunPython(*protecting("casework", "Submission", "Decision")),
        migrations.RunPython(bind, unbind),
    ]
