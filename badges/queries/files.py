"""Files with badges on them: sealed where they show a photo, else as they are."""

from badges.models import Credential
from forum.models import StoredFile
from forum.queries.files import content_of


def seal_of(credential: Credential) -> str:
    """The place for which the drawing of a badge with a photo is sealed."""
    return f"badges_badgefile.file:{credential.public_id}"


def content_of_badge(stored: StoredFile, *, credential: Credential) -> bytes:
    """The PDF. Raises `FileNotFoundError` when it has just been erased."""
    if stored.sealed_for:
        return content_of(stored, sealed_for=seal_of(credential))
    with stored.file.open("rb") as kept:
        return bytes(kept.read())
