from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("badges", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="badgefile",
            name="photo",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="badgefile",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="printrecord",
            name="photo",
            field=models.BigIntegerField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name="badgefile",
            name="badge_file_or_problems",
        ),
        migrations.AddConstraint(
            model_name="badgefile",
            constraint=models.CheckConstraint(
                condition=Q(erased_at=None, file__isnull=False, problems=[])
                | (Q(erased_at=None, file__isnull=True) & ~Q(problems=[]))
                | Q(erased_at__isnull=False, file__isnull=True, problems=[]),
                name="badge_file_or_problems",
            ),
        ),
    ]
