"""Private files: what they hold, and which there are."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet

from forum.crypto import decrypt
from forum.models import StoredFile


def content_of(stored: StoredFile, *, sealed_for: str) -> bytes:
    """The bytes of a sealed file, for the place it belongs to.

    Raises `FileNotFoundError` when they have been erased, `DecryptionError` when they belong elsewhere.
    """
    try:
        return _opened(stored, sealed_for)
    except FileNotFoundError:
        # Between reading the row and the file a rotation may have moved the bytes, or an erasure have taken both.
        fresh = StoredFile.objects.filter(pk=stored.pk).first()
        if fresh is None:
            raise
        return _opened(fresh, sealed_for)


def _opened(stored: StoredFile, sealed_for: str) -> bytes:
    with stored.file.open("rb") as kept:
        return decrypt(kept.read(), aad=sealed_for)


def kept_purposes() -> list[str]:
    """Purposes that have a folder in the storage. Others, such as `lost+found` of a disk, are not ours."""
    folders = default_storage.listdir("")[0] if default_storage.exists("") else []
    return sorted(folder for folder in folders if folder.isidentifier())


def names_of_purpose(purpose: str) -> set[str]:
    """Where the files of a purpose lie."""
    return set(StoredFile.objects.filter(purpose=purpose).values_list("file", flat=True))


def nobodys_files(*, before: datetime) -> QuerySet[StoredFile]:
    """Kept before that moment and named by no row of any model: whoever stored one died before binding it."""
    rows = StoredFile.objects.filter(given_up_at=None, created_at__lt=before)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            bound = relation.field.model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            rows = rows.filter(~Exists(bound))
    return rows
