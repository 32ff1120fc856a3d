"""A certified version is corrected by a further one, never changed."""

from django.db import migrations

from yiheng.people.guards import protecting


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_publications_and_reviews")]
    operations = [migrations.RunPython(*protecting("casework", "Publication"))]
