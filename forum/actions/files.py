"""Keeping files in private storage: plain or sealed, given up, erased."""

import hashlib
import logging
import re
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import now

from forum.crypto import current_key_id, encrypt
from forum.models import Account, StoredFile
from forum.queries.files import kept_purposes, names_of_purpose, nobodys_files

logger = logging.getLogger(__name__)
OURS = re.compile(r"[0-9a-f]{32}([_-]\w+)?")
"""How `forum.models.files.storage_path` names files; whatever else lies in the storage is somebody else's and stays."""
UNKNOWN_FOR = timedelta(days=1)
"""So old is a file that no row will name any more: binding one takes seconds."""


def store_file(
    content: "File[Any]",
    *,
    purpose: str,
    name: str,
    content_type: str,
    owner: Account | None = None,
    erase_after: datetime | None = None,
    sealed_for: str = "",
) -> StoredFile:
    """Keep `content` under a random path. `name` is what a download will be called: nothing personal in it.

    Called outside a transaction where the content is large, since writing a file must not hold locks.
    """
    stored = StoredFile(
        purpose=purpose,
        name=name,
        content_type=content_type,
        size=content.size,
        sha256=_digest(content),
        owner=owner,
        erase_after=erase_after,
        sealed_for=sealed_for,
        sealed_with=current_key_id() if sealed_for else "",
    )
    stored.file.save(stored.public_id.hex, content, save=False)
    stored.save()
    return stored


def store_sealed(content: bytes, *, sealed_for: str, **about: Any) -> StoredFile:
    """The same, encrypted: whoever has the storage alone can read nothing. `about` is as in `store_file`.

    `sealed_for` names the place the file belongs to (`table.column:public id`); it opens for no other one
    (`forum.queries.files.content_of`).
    """
    return store_file(ContentFile(encrypt(content, aad=sealed_for)), sealed_for=sealed_for, **about)


def _digest(content: "File[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def give_up_file(stored: StoredFile) -> None:
    """Nobody needs it any more. Called inside the transaction that drops the last reference; erased after its commit.

    What a crash leaves behind the sweep finds: a row without its bytes is harmless, bytes without a row are not.
    """
    StoredFile.objects.filter(pk=stored.pk).update(given_up_at=now(), erase_after=None)
    transaction.on_commit(partial(erase_file, stored.pk), robust=True)


@transaction.atomic
def erase_file(pk: int) -> bool:
    """The bytes first, then the row, under its lock: a rotation may have moved the bytes. False when it is gone already."""
    stored = StoredFile.objects.select_for_update().filter(pk=pk, given_up_at__isnull=False).first()
    if stored is None:
        return False
    stored.file.delete(save=False)
    stored.delete()
    return True


def erase_given_up() -> int:
    """What a crash left. Returns how many files went."""
    _give_up_nobodys()
    waiting = StoredFile.objects.filter(given_up_at__isnull=False).order_by("pk")
    erased = sum(erase_file(pk) for pk in waiting.values_list("pk", flat=True))
    return erased + sum(_erase_unknown(purpose) for purpose in kept_purposes())


def _give_up_nobodys() -> None:
    """Files whose worker died after storing them and before the row that was to name them: drawings, lists, pictures."""
    left = nobodys_files(before=now() - UNKNOWN_FOR).update(given_up_at=now(), erase_after=None)
    if left:
        logger.warning("%s stored files belong to nothing and are erased", left)


def _erase_unknown(purpose: str) -> int:
    """Bytes that no row names: an upload that was rolled back, a rotation that was cut off."""
    known, erased = names_of_purpose(purpose), 0
    for folder in default_storage.listdir(purpose)[0]:
        for name in default_storage.listdir(f"{purpose}/{folder}")[1]:
            path = f"{purpose}/{folder}/{name}"
            is_ours = OURS.fullmatch(name) and name.startswith(folder)
            if is_ours and path not in known and default_storage.get_modified_time(path) < now() - UNKNOWN_FOR:
                default_storage.delete(path)
                erased += 1
    if erased:
        logger.warning("%s files of %s were named by no row and are erased", erased, purpose)
    return erased
