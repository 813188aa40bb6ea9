"""Keeping files in private storage."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files import File

from forum.models import Account, StoredFile


def store_file(
    content: "File[Any]",
    *,
    purpose: str,
    name: str,
    content_type: str,
    owner: Account | None = None,
    erase_after: datetime | None = None,
) -> StoredFile:
    """Keep `content` under a random path. `name` is what a download will be called: nothing personal in it.

    Called outside a transaction where the content is large, since writing a file must not hold locks.
    """
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    stored = StoredFile(
        purpose=purpose,
        name=name,
        content_type=content_type,
        size=content.size,
        sha256=digest.hexdigest(),
        owner=owner,
        erase_after=erase_after,
    )
    stored.file.save(stored.public_id.hex, content, save=False)
    stored.save()
    return stored
