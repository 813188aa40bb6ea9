"""Sealing everything anew with the current key, beside people at work, as often as one likes.

Rows are locked a few at a time and without waiting: what somebody else has in hand is met in the next round, so nobody
waits long for us and we wait for nobody. What is done stays done: after a break the command goes on where it ended.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from time import sleep

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from forum.actions.audit import record
from forum.crypto import DecryptionError, current_key_id, is_current, reseal
from forum.crypto.fields import Sealed
from forum.errors import DomainError
from forum.models import StoredFile
from forum.queries.sealed import SealedTable, old_files, sealed_tables
from forum.second_factor import reseal_secret, sealed_secrets

BATCH = 100
ROUNDS = 20
PAUSE = 0.5
"""Seconds before the next round, when something was in somebody's hands."""
LOCK = 7_301_846
"""Of PostgreSQL: one rotation at a time."""


@dataclass
class Rotation:
    """Place -> values sealed anew; `unreadable` did not open with any key we have, `left` were in use to the end."""

    resealed: dict[str, int] = field(default_factory=dict)
    unreadable: dict[str, int] = field(default_factory=dict)
    left: int = 0

    @property
    def is_complete(self) -> bool:
        """Only then an old key may be dropped."""
        return not self.left and not any(self.unreadable.values())

    def count(self, place: str, number: int = 1) -> None:
        """One more sealed anew."""
        self.resealed[place] = self.resealed.get(place, 0) + number

    def miss(self, place: str) -> None:
        """One more that does not open."""
        self.unreadable[place] = self.unreadable.get(place, 0) + 1


def rotate() -> Rotation:
    """Seal every value anew that another key has sealed. Raises `DomainError` while another rotation is at work."""
    with _alone():
        done = Rotation()
        for number in range(ROUNDS):
            done.unreadable, done.left = {}, 0
            _one_round(done)
            if not done.left:
                break
            sleep(PAUSE if number + 1 < ROUNDS else 0)
        record(
            "keys.rotated",
            on=("field_key", current_key_id()),
            forum=None,
            resealed=done.resealed,
            unreadable=done.unreadable,
            left=done.left,
        )
        return done


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise DomainError("keys.rotating", "Another rotation of keys is at work. Wait until it ends.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _one_round(done: Rotation) -> None:
    for table in sealed_tables():
        _walk(table.old_rows().only("pk", *table.needed), partial(_reseal_row, table), done)
    _walk(old_files(), _reseal_file, done)
    _walk(Authenticator.objects.order_by("pk"), _reseal_secrets, done)


def _walk(rows: QuerySet[Model], act: Callable[[Model, Rotation], None], done: Rotation) -> None:
    """Every row once, a batch in each transaction, by the primary key; those that are locked are counted as left."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            locked = list(rows.filter(pk__in=batch).select_for_update(skip_locked=True, no_key=True, of=("self",)))
            for row in locked:
                act(row, done)
        seen = {row.pk for row in locked}
        done.left += rows.filter(pk__in=[pk for pk in batch if pk not in seen]).count()
        last = batch[-1]


def _reseal_row(table: SealedTable, row: Model, done: Rotation) -> None:
    fresh = {}
    for one in table.fields:
        sealed = row.__dict__[one.attname]
        if sealed is None or is_current(sealed):
            continue
        place = table.place(one)
        try:
            fresh[one.name] = Sealed(reseal(sealed, aad=one.aad(row)))
        except DecryptionError:
            done.miss(place)
        else:
            done.count(place)
    if fresh:
        table.model._base_manager.filter(pk=row.pk).update(**fresh)


def _reseal_file(row: Model, done: Rotation) -> None:
    """New bytes under a new name, then the row, then the old bytes: whoever reads meanwhile finds one of the two."""
    stored = row if isinstance(row, StoredFile) else StoredFile.objects.get(pk=row.pk)
    old = str(stored.file.name)
    try:
        with stored.file.open("rb") as kept:
            sealed = kept.read()
        content = reseal(sealed, aad=stored.sealed_for)
    except (DecryptionError, FileNotFoundError):
        done.miss("files")
        return
    if content is not sealed:
        path = f"{stored.purpose}/{stored.public_id.hex[:2]}/{stored.public_id.hex}-{current_key_id()}"
        stored.file.name = default_storage.save(path, ContentFile(content))
        stored.size, stored.sha256 = len(content), sha256(content).hexdigest()
        transaction.on_commit(partial(default_storage.delete, old), robust=True)
        done.count("files")
    stored.sealed_with = current_key_id()
    stored.save(update_fields=["file", "size", "sha256", "sealed_with"])


def _reseal_secrets(row: Model, done: Rotation) -> None:
    """allauth keeps them as text in JSON; there are few, so each is looked at."""
    authenticator = row if isinstance(row, Authenticator) else Authenticator.objects.get(pk=row.pk)
    old = [secret for secret in sealed_secrets(authenticator.data) if secret.key_id != current_key_id()]
    for secret in old:
        try:
            authenticator.data[secret.name] = reseal_secret(authenticator.data[secret.name])
        except DecryptionError:
            done.miss("second factor")
        else:
            done.count("second factor")
    if old:
        authenticator.save(update_fields=["data"])
