"""The log of writes only grows."""

from django.db import migrations

from yiheng.people.guards import protecting


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(*protecting("people", "LogEntry"))]
