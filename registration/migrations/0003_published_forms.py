"""Published forms never change, whoever asks.

Whoever changes a part of a form waits for its row: a publication that is just going on is seen before anything is written.
"""

from django.db import migrations

_FUNCTIONS = """
CREATE FUNCTION registration_keep_form() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'form % is published', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION registration_refuse_published(id_of_form bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE published timestamptz;
BEGIN
    SELECT published_at INTO published FROM registration_form WHERE id = id_of_form FOR SHARE;
    IF published IS NOT NULL THEN
        RAISE EXCEPTION 'form % is published', id_of_form USING ERRCODE = 'restrict_violation';
    END IF;
END
$$;

CREATE FUNCTION registration_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM registration_refuse_published(OLD.form_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM registration_refuse_published(NEW.form_id); RETURN NEW; END IF;
    RETURN OLD;
END
$$;

CREATE FUNCTION registration_keep_choice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM registration_refuse_published((SELECT form_id FROM registration_question WHERE id = OLD.question_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM registration_refuse_published((SELECT form_id FROM registration_question WHERE id = NEW.question_id));
        RETURN NEW;
    END IF;
    RETURN OLD;
END
$$;
"""
_NAMES = ("keep_choice()", "keep_part()", "refuse_published(bigint)", "keep_form()")
_TABLES = {
    "registration_form": ("UPDATE OR DELETE", "registration_keep_form"),
    "registration_section": ("INSERT OR UPDATE OR DELETE", "registration_keep_part"),
    "registration_question": ("INSERT OR UPDATE OR DELETE", "registration_keep_part"),
    "registration_choice": ("INSERT OR UPDATE OR DELETE", "registration_keep_choice"),
}


class Migration(migrations.Migration):
    """Functions first, then a trigger for each table."""

    dependencies = [("registration", "0002_append_only")]
    operations = [
        migrations.RunSQL(_FUNCTIONS, "".join(f"DROP FUNCTION IF EXISTS registration_{name};" for name in _NAMES)),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_published BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
                f"DROP TRIGGER {table}_published ON {table}",
            )
            for table, (when, function) in _TABLES.items()
        ),
    ]
