"""Every place where something is sealed with the keys of the fields, and with which key.

Columns are found in the models themselves, so a new one cannot be forgotten; files by `StoredFile.sealed_for`; secrets of
the second factor stand in allauth's table. `tests/forum/test_rotation.py` refuses a fourth way of sealing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection
from django.db.models import BinaryField, F, Func, Model, Q, QuerySet, Value

from forum.crypto import current_head, current_key_id
from forum.crypto.fields import EncryptedTextField
from forum.models import StoredFile
from forum.second_factor import sealed_secrets


@dataclass(frozen=True)
class SealedTable:
    """A model with encrypted columns."""

    model: type[Model]
    fields: tuple[EncryptedTextField, ...]

    @property
    def names(self) -> list[str]:
        """Of the columns."""
        return [field.name for field in self.fields]

    @property
    def needed(self) -> list[str]:
        """What has to be read to seal a row anew."""
        return [*self.names, *{field.aad_from for field in self.fields}]

    def place(self, field: EncryptedTextField) -> str:
        """Name of a column for reports."""
        return f"{self.model._meta.db_table}.{field.column}"

    def old_rows(self) -> QuerySet[Model]:
        """Rows with at least one value under another key than the current one. Values are not opened."""
        head = current_head()
        rows, old = self.model._base_manager.order_by("pk"), Q()
        for name in self.names:
            begins = Func(F(name), Value(1), Value(len(head)), function="substring", output_field=BinaryField())
            rows = rows.annotate(**{f"head_of_{name}": begins})
            old |= Q(**{f"{name}__isnull": False}) & ~Q(**{f"head_of_{name}": head})
        return rows.filter(old)


def sealed_tables() -> Iterator[SealedTable]:
    """Every model with an encrypted column of its own, by the name of the table."""
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.db_table):
        found = [one for one in model._meta.local_concrete_fields if isinstance(one, EncryptedTextField)]
        if found and model._meta.managed and not model._meta.proxy:
            yield SealedTable(model, tuple(found))


def old_files() -> QuerySet[StoredFile]:
    """Sealed files under another key, or one we do not know yet."""
    return StoredFile.objects.exclude(sealed_for="").exclude(sealed_with=current_key_id()).order_by("pk")


def keys_in_use() -> dict[str, Counter[str]]:
    """Place -> key id -> how many values. Only the heads of the values are read."""
    found = {}
    for table in sealed_tables():
        for field in table.fields:
            found[table.place(field)] = _keys_of(table.model._meta.db_table, str(field.column))
    files = StoredFile.objects.exclude(sealed_for="").order_by("pk")
    found["files"] = Counter(files.values_list("sealed_with", flat=True))
    secrets = (one for data in Authenticator.objects.values_list("data", flat=True) for one in sealed_secrets(data))
    found["second factor"] = Counter(secret.key_id for secret in secrets)
    return found


def _keys_of(table: str, column: str) -> Counter[str]:
    quote = connection.ops.quote_name
    head = f"encode(substring({quote(column)} from 2 for get_byte({quote(column)}, 0)), 'escape')"
    # Both names come from our models.
    statement = f"SELECT {head}, count(*) FROM {quote(table)} WHERE length({quote(column)}) > 0 GROUP BY 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return Counter(dict(cursor.fetchall()))
