from django.db import migrations, models


class Migration(migrations.Migration):
    """The type of an xlsx has 65 letters."""

    dependencies = [
        ("forum", "0008_pictures_by_category"),
    ]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="content_type",
            field=models.CharField(max_length=100),
        ),
    ]
