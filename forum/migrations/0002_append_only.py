"""Rows that prove something never change."""

from django.db import migrations

from forum.append_only import create_function, keep_papers, protect


class Migration(migrations.Migration):
    """Triggers that refuse update and delete."""

    dependencies = [("forum", "0001_initial")]
    operations = [
        create_function(),
        protect("forum_auditentry"),
        keep_papers(),
    ]
