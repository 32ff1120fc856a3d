"""The three administrators hold no post and no scope, and stay what they were made."""

from django.db import migrations

from yiheng.people.separation import join, separate


class Migration(migrations.Migration):
    dependencies = [("people", "0003_posts_sessions_and_factors")]
    operations = [migrations.RunPython(separate, join)]
