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


KEEP_PAPER = """
CREATE OR REPLACE FUNCTION forum_keep_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a paper that was issued stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.forum_id, NEW.kind, NEW.number, NEW.code, NEW.subject_kind, NEW.subject_id, NEW.issued_at)
        IS DISTINCT FROM
       (OLD.forum_id, OLD.kind, OLD.number, OLD.code, OLD.subject_kind, OLD.subject_id, OLD.issued_at)
       OR (OLD.voided_at IS NOT NULL AND NEW.voided_at IS DISTINCT FROM OLD.voided_at) THEN
        RAISE EXCEPTION 'what a paper says of itself does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER forum_paper_kept BEFORE UPDATE OR DELETE ON forum_paper
    FOR EACH ROW EXECUTE FUNCTION forum_keep_paper();
"""


def keep_papers() -> migrations.RunSQL:
    """An issued paper is never deleted or renumbered, and a void one stays void."""
    undo = "DROP TRIGGER forum_paper_kept ON forum_paper; DROP FUNCTION forum_keep_paper()"
    return migrations.RunSQL(KEEP_PAPER, undo)
