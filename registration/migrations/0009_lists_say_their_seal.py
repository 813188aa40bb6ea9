"""Files of lists say for which place they are sealed, so that a rotation of keys finds them."""

from django.db import migrations

SAY = """
UPDATE forum_storedfile SET sealed_for = 'registration_importrun.file:' || run.public_id::text
FROM registration_importrun run WHERE run.file_id = forum_storedfile.id AND sealed_for = ''
"""


class Migration(migrations.Migration):
    """May be run again; going back leaves it, since nothing else reads it."""

    dependencies = [("registration", "0008_columns_of_tables"), ("forum", "0004_sealed_files")]
    operations = [migrations.RunSQL(SAY, migrations.RunSQL.noop)]
