"""How a consent was taken back. Until now there was only the person's own click."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns and what binds them; the trigger that keeps the rows minds neither."""

    dependencies = [
        ("registration", "0003_published_forms"),
    ]

    operations = [
        migrations.AddField(
            model_name="consentwithdrawal",
            name="received_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="consentwithdrawal",
            name="way",
            field=models.CharField(
                choices=[
                    ("own_click", "on the person's own page"),
                    ("letter", "by letter"),
                    ("email", "by email"),
                    ("desk", "at the desk"),
                ],
                db_default="own_click",
                default="own_click",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="consentwithdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_on", None), ("way", "own_click")),
                    models.Q(models.Q(("way", "own_click"), _negated=True), ("received_on__isnull", False)),
                    _connector="OR",
                ),
                name="withdrawal_received_has_day",
            ),
        ),
    ]
