"""Scans under indexes that cannot be taken for the last scan of one person."""

import django.db.models.deletion
from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    """One index for two."""

    dependencies = [("badges", "0003_scans_are_numbered")]
    operations = [
        migrations.RemoveIndex("scan", "scan_counted_by_time"),
        migrations.AddIndex("scan", BrinIndex(fields=["at"], name="scan_by_day", autosummarize=True)),
        migrations.AlterField(
            "scan",
            "point",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="badges.point",
            ),
        ),
    ]
