"""Scans by day under an index that cannot be taken for the last scan of one person."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    """One index for another."""

    dependencies = [("badges", "0003_scans_are_numbered")]
    operations = [
        migrations.RemoveIndex("scan", "scan_counted_by_time"),
        migrations.AddIndex("scan", BrinIndex(fields=["at"], name="scan_by_day", autosummarize=True)),
    ]
