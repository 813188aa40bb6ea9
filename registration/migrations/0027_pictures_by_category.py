from django.db import migrations, models


def as_the_forum_had_it(apps, schema_editor):
    """Every category takes what its edition took. Safe to run again."""
    Category = apps.get_model("registration", "Category")
    for forum in apps.get_model("forum", "Forum").objects.all():
        Category.objects.filter(forum=forum).update(takes_photos=forum.takes_photos, takes_scans=forum.takes_scans)


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0007_delegations"),
        ("registration", "0026_handed_out"),
    ]
    run_before = [("forum", "0008_pictures_by_category")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="takes_photos",
            field=models.BooleanField(db_default=False, default=False, verbose_name="people may hand in a photo"),
        ),
        migrations.AddField(
            model_name="category",
            name="takes_scans",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="people may hand in a picture of the document"
            ),
        ),
        migrations.RunPython(as_the_forum_had_it, migrations.RunPython.noop, elidable=True),
    ]
