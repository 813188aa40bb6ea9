from django.db import migrations


class Migration(migrations.Migration):
    """Which pictures are taken is a switch of each category (`registration.0027` has copied it)."""

    dependencies = [
        ("forum", "0007_delegations"),
    ]

    operations = [
        migrations.RemoveField(model_name="forum", name="takes_photos"),
        migrations.RemoveField(model_name="forum", name="takes_scans"),
    ]
