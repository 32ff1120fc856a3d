"""Journal rows are corrected by further rows, never changed."""

from django.db import migrations

from yiheng.people.guards import protecting


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_initial")]
    operations = [migrations.RunPython(*protecting("performance", "Objective", "Indicator", "Task"))]
