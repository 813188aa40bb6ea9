"""How often a person's email was replaced: whoever came to an application by an earlier one is shut out."""

from django.db import migrations, models

_FUNCTION = """
CREATE FUNCTION registration_count_addresses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.addresses_given_up := OLD.addresses_given_up;
    IF NEW.email <> OLD.email AND OLD.email <> '' THEN
        NEW.addresses_given_up := OLD.addresses_given_up + 1;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER registration_count_addresses BEFORE UPDATE ON registration_person FOR EACH ROW
    WHEN (NEW.email IS DISTINCT FROM OLD.email OR NEW.addresses_given_up IS DISTINCT FROM OLD.addresses_given_up)
    EXECUTE FUNCTION registration_count_addresses();
"""
_BACK = """
DROP TRIGGER IF EXISTS registration_count_addresses ON registration_person;
DROP FUNCTION IF EXISTS registration_count_addresses();
"""


class Migration(migrations.Migration):
    """The column, then who writes it."""

    dependencies = [("registration", "0004_withdrawal_way")]
    operations = [
        migrations.AddField(
            "person",
            "addresses_given_up",
            models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RunSQL(_FUNCTION, _BACK),
    ]
