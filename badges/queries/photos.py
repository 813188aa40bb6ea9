"""Photos for badge and desk: opened only where one is drawn or shown."""

import logging
from collections.abc import Iterable

from badges.engine.photo import for_paper
from badges.queries.rows import FactsRow
from forum.crypto import DecryptionError
from registration.enums import PictureKind
from registration.models import PersonPicture
from registration.queries.pictures import content_of_picture

logger = logging.getLogger(__name__)
PHOTOS = PersonPicture.objects.filter(kind=PictureKind.PHOTO).select_related("file")


def photo_of(row: FactsRow) -> PersonPicture | None:
    """The picture that the badge of `row` shows."""
    return PHOTOS.select_related("registration").filter(pk=row.photo_pk).first() if row.photo_pk else None


def for_badge(picture: PersonPicture | None) -> bytes:
    """Small enough for paper; empty where there is none, or where it cannot be opened: a badge is needed all the same."""
    try:
        return for_paper(content_of_picture(picture)) if picture else b""
    except (OSError, DecryptionError):
        logger.exception("a photo cannot be opened; the badge is drawn without it")
        return b""


def still_there(keys: Iterable[int | None]) -> bool:
    """Whether every one of these pictures is kept. Their rows are locked: whoever erases one waits, and finds what we made."""
    wanted = {key for key in keys if key}
    rows = PersonPicture.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return len(rows.values_list("pk", flat=True)) == len(wanted) if wanted else True
