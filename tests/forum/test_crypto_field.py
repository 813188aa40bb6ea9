"""The encrypted column on a table of its own, in the real database."""

import uuid
from collections.abc import Iterator

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from forum.crypto import DecryptionError
from forum.crypto.fields import EncryptedTextField


@pytest.fixture
def secret(db: None) -> Iterator[type[models.Model]]:
    """A model with an encrypted column, its table made for this test."""
    with isolate_apps():

        class Secret(models.Model):
            public_id = models.UUIDField(default=uuid.uuid4)
            label = models.CharField(max_length=10)
            text = EncryptedTextField(aad_from="public_id")
            note = EncryptedTextField(aad_from="public_id", null=True)

            class Meta:
                app_label = "forum"

        with connection.schema_editor() as editor:
            editor.create_model(Secret)
        yield Secret


def stored(model: type[models.Model]) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {model._meta.db_table} ORDER BY id")  # noqa: S608 -- our own table
        return [bytes(row[0]) for row in cursor.fetchall()]


def test_value_is_plain_here_and_sealed_there(secret: type[models.Model]) -> None:
    row = secret.objects.create(text="ТЕСТ-01")
    assert row.text == "ТЕСТ-01"
    assert secret.objects.get().text == "ТЕСТ-01"
    assert "ТЕСТ".encode() not in stored(secret)[0]


def test_empty_and_missing_values(secret: type[models.Model]) -> None:
    secret.objects.create()
    row = secret.objects.get()
    assert (row.text, row.note) == ("", None)
    assert secret.objects.filter(note__isnull=True).count() == 1


def test_bulk_create_seals(secret: type[models.Model]) -> None:
    secret.objects.bulk_create([secret(text="one"), secret(text="two")])
    assert [row.text for row in secret.objects.order_by("pk")] == ["one", "two"]


def test_untouched_value_is_not_sealed_again(secret: type[models.Model]) -> None:
    secret.objects.create(text="x")
    before = stored(secret)
    row = secret.objects.get()
    row.label = "new"
    row.save()
    assert stored(secret) == before


def test_changed_value_is_sealed_again(secret: type[models.Model]) -> None:
    secret.objects.create(text="x")
    row = secret.objects.get()
    row.text = "y"
    row.save(update_fields=["text"])
    row.refresh_from_db()
    assert row.text == "y"
    assert secret.objects.defer("text").get().text == "y"


def test_value_copied_to_another_row_does_not_open(secret: type[models.Model]) -> None:
    one, other = secret.objects.create(text="x"), secret.objects.create(text="y")
    table = secret._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET text = (SELECT text FROM {table} WHERE id = %s)", [one.pk])  # noqa: S608
    assert secret.objects.get(pk=one.pk).text == "x"
    with pytest.raises(DecryptionError):
        _ = secret.objects.get(pk=other.pk).text


def test_value_copied_to_another_column_does_not_open(secret: type[models.Model]) -> None:
    secret.objects.create(text="x")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {secret._meta.db_table} SET note = text")  # noqa: S608 -- our own table
    with pytest.raises(DecryptionError):
        _ = secret.objects.get().note


def test_writing_around_the_seal_is_refused(secret: type[models.Model]) -> None:
    row = secret.objects.create(text="x")
    with pytest.raises(TypeError, match="write it with save"):
        secret.objects.update(text="y")
    row.text = "y"
    with pytest.raises(TypeError, match="write it with save"):
        secret.objects.bulk_update([row], ["text"])


def test_filtering_and_dumping_are_refused(secret: type[models.Model]) -> None:
    row = secret.objects.create(text="x")
    with pytest.raises(FieldError):
        secret.objects.filter(text="x").exists()
    with pytest.raises(TypeError, match="not dumped"):
        serializers.serialize("json", [row])


def test_row_without_its_public_id_is_refused(secret: type[models.Model]) -> None:
    with pytest.raises(ValueError, match="must be set before"):
        secret(text="x", public_id=None).save()


def test_migration_keeps_the_field(secret: type[models.Model]) -> None:
    _, path, args, kwargs = secret._meta.get_field("text").deconstruct()
    assert (path, args, kwargs) == ("forum.crypto.fields.EncryptedTextField", [], {"aad_from": "public_id"})
