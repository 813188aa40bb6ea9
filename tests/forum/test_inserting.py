"""One new row by a statement that is built once."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models.signals import post_save

from forum.actions.inserting import insert, insert_once
from forum.models import AuditEntry, Region
from tests.factories.forum import make_forum, make_regions

pytestmark = pytest.mark.django_db


def entry(**facts: object) -> AuditEntry:
    return AuditEntry(action="test.done", object_kind="test", object_id="1", actor_kind="system", **facts)


def test_a_row_is_stored_as_save_stores_it() -> None:
    forum = make_forum()
    row = insert(entry(forum=forum, changed=["surname"], data={"a": "«%s»"}))
    stored = AuditEntry.objects.get(pk=row.pk)
    assert (stored.forum, stored.changed, stored.data) == (forum, ["surname"], {"a": "«%s»"})
    assert stored.at == row.at
    assert not row._state.adding


def test_each_row_has_its_own_values_and_defaults() -> None:
    one, two = insert(entry(reason="one")), insert(entry(reason="two"))
    assert list(AuditEntry.objects.filter(pk__in=[one.pk, two.pk]).order_by("pk").values_list("reason", flat=True)) == [
        "one",
        "two",
    ]


def test_whoever_listens_to_saves_hears_of_it() -> None:
    heard: list[object] = []

    def note(sender: object, instance: object, created: bool, **_more: object) -> None:
        heard.append((instance, created))

    post_save.connect(note, sender=AuditEntry)
    try:
        row = insert(entry())
    finally:
        post_save.disconnect(note, sender=AuditEntry)
    assert heard == [(row, True)]


def test_a_refusal_of_the_database_is_told_and_ends_the_transaction() -> None:
    region = make_regions()["RU-KEM"]
    twin = Region(code=region.code, country="RU", name="Twin", timezone="UTC", tile_x=90, tile_y=90)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(twin)
    assert Region.objects.filter(code=region.code).count() == 1


def test_a_row_that_is_there_already_is_not_stored_again_and_nothing_is_lost() -> None:
    region = make_regions()["RU-KEM"]
    twin = Region(code=region.code, country="RU", name="Twin", timezone="UTC", tile_x=90, tile_y=90)
    other = Region(code="XX", country="XX", name="Other", timezone="UTC", tile_x=91, tile_y=91)
    with transaction.atomic():
        assert not insert_once(twin)
        assert insert_once(other)
    assert twin.pk is None
    assert Region.objects.get(code="XX") == other
