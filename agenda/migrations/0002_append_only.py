"""Rows that prove something never change."""

from django.db import migrations

from forum.append_only import protect


class Migration(migrations.Migration):
    """Triggers that refuse update and delete."""

    dependencies = [("agenda", "0001_initial"), ("forum", "0002_append_only")]
    operations = [
        protect("agenda_release"),
        protect("agenda_halluse"),
        protect("agenda_proposalstep"),
    ]
