"""Private files: what they hold, and which there are."""

from forum.crypto import decrypt
from forum.models import StoredFile


def content_of(stored: StoredFile, *, sealed_for: str) -> bytes:
    """The bytes of a sealed file, for the place it belongs to.

    Raises `FileNotFoundError` when they have been erased, `DecryptionError` when they belong elsewhere.
    """
    try:
        return _opened(stored, sealed_for)
    except FileNotFoundError:
        # Between reading the row and the file a rotation may have moved the bytes.
        stored.refresh_from_db(fields=["file"])
        return _opened(stored, sealed_for)


def _opened(stored: StoredFile, sealed_for: str) -> bytes:
    with stored.file.open("rb") as kept:
        return decrypt(kept.read(), aad=sealed_for)


def sealed_purposes() -> list[str]:
    """Purposes whose files are sealed."""
    return list(StoredFile.objects.exclude(sealed_for="").order_by().values_list("purpose", flat=True).distinct())


def names_of_purpose(purpose: str) -> set[str]:
    """Where the files of a purpose lie."""
    return set(StoredFile.objects.filter(purpose=purpose).values_list("file", flat=True))
