"""A text column that is encrypted in the database and plain on the instance."""

from typing import Any, cast

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from forum.crypto.sealing import DecryptionError, decrypt, encrypt, reseal


class Sealed(bytes):
    """What the database holds; it becomes text when somebody reads the attribute."""


class _SealedAttribute(DeferredAttribute):
    """Opens the value on first reading: a list that never shows the value never needs the key."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open(value, instance=instance)
        return value

    def __set__(self, instance: models.Model, value: str | Sealed | None) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]  # no subscript at run time
    """Text, sealed with the table, the column and a value of the row as additional data.

    `aad_from` names a field that is set before the first insert and never changes, such as a UUID `public_id`: the
    primary key does not exist yet when the value is sealed. A value copied to another row or column does not open.
    Renaming the table or the column needs a re-encryption, or a pinned `db_table` / `db_column`.

    The value cannot be filtered on (keep a `keyed_hash` beside it), written by `update()` or `bulk_update()`, or dumped
    as a fixture; each of these is refused loudly.
    """

    descriptor_class = _SealedAttribute
    # What django-stubs reads: text goes in, text comes out.
    _pyi_private_set_type: str | None
    _pyi_private_get_type: str  # type: ignore[assignment]  # a BinaryField gives bytes

    def __init__(self, *args: Any, aad_from: str, **kwargs: Any) -> None:
        self.aad_from = aad_from
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"aad_from": self.aad_from}

    def aad(self, instance: models.Model) -> str:
        """`table.column:row`. Raises `ValueError` when the row's value is still missing."""
        row = getattr(instance, self.aad_from)
        if not row:
            raise ValueError(f"{self.model.__name__}.{self.aad_from} must be set before {self.name} is sealed")
        return f"{self.model._meta.db_table}.{self.column}:{row}"

    def open(self, sealed: bytes, *, instance: models.Model) -> str:
        """The text of a sealed value. Raises `DecryptionError`."""
        return decrypt(sealed, aad=self.aad(instance)).decode()

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        if isinstance(value, Sealed):
            return self.reseal(value, instance=model_instance)
        return Sealed(encrypt(value.encode(), aad=self.aad(model_instance)))

    def reseal(self, sealed: Sealed, *, instance: models.Model) -> Sealed:
        """Under the current key: a row that was read before a rotation and is saved after it must not bring the old key
        back. What does not open is kept as it is.
        """
        try:
            return Sealed(reseal(sealed, aad=self.aad(instance)))
        except DecryptionError:
            return sealed

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: write it with save() or bulk_create()")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is encrypted and is not dumped")

    def get_default(self) -> Any:
        """BinaryField's empty default is bytes; ours is text."""
        default = super().get_default()
        return "" if default == b"" else cast(Any, default)
