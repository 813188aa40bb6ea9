"""Tables whose rows never change: a trigger refuses update and delete, whoever asks.

Emptying a table with TRUNCATE stays possible for its owner: test databases are emptied that way.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION forum_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
"""


def create_function() -> migrations.RunSQL:
    """The trigger function, made once by the ground."""
    return migrations.RunSQL(FUNCTION, "DROP FUNCTION IF EXISTS forum_refuse_change()")


def protect(table: str) -> migrations.RunSQL:
    """Refuse every later change of a row of `table`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION forum_refuse_change()",
        f"DROP TRIGGER {table}_append_only ON {table}",
    )
