"""Scans that count are numbered for each person and point."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

NUMBER = """
ALTER TABLE badges_scan DISABLE TRIGGER badges_scan_append_only;
UPDATE badges_scan SET ordinal = numbered.ordinal FROM (
    SELECT id, row_number() OVER (PARTITION BY registration_id, point_id ORDER BY id) AS ordinal
    FROM badges_scan WHERE counts
) AS numbered WHERE numbered.id = badges_scan.id;
ALTER TABLE badges_scan ENABLE TRIGGER badges_scan_append_only;
"""
NUMBERED = Q(counts=True, registration__isnull=False, ordinal__isnull=False) | Q(counts=False, ordinal=None)


class Migration(migrations.Migration):
    """The only time that stored scans change: they get the number that they would have had."""

    dependencies = [("badges", "0002_append_only")]
    operations = [
        migrations.AddField("scan", "ordinal", models.PositiveIntegerField(null=True)),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "scan",
            models.UniqueConstraint(fields=["registration", "point", "ordinal"], name="scan_ordinal_once"),
        ),
        migrations.AddConstraint("scan", models.CheckConstraint(condition=NUMBERED, name="scan_counted_is_numbered")),
        migrations.AlterField(
            "scan",
            "registration",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="registration.registration",
            ),
        ),
    ]
