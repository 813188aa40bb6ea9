"""What becomes of the rows of a list."""

from django.db.models import TextChoices


class ImportOutcome(TextChoices):
    """What a row of an imported list did, or would do. Words: `registration.web.words_team`."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    ERROR = "error"


class ImportUndone(TextChoices):
    """What taking a list back did with a row; `kept` because somebody has touched it since."""

    REMOVED = "removed"
    RESTORED = "restored"
    KEPT = "kept"
