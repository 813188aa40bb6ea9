"""One row by a statement that is built once."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models.signals import post_save
from django.forms import model_to_dict

from forum.actions.inserting import insert, insert_once, update
from forum.models import AuditEntry, Region
from tests.factories.forum import make_forum, make_regions
from tests.factories.registration import make_person

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


def test_fields_are_changed_as_save_changes_them_and_others_are_left() -> None:
    row = insert(entry(reason="before", forum=make_forum(), changed=["surname"]))
    region = make_regions()["RU-KEM"]
    region.name_ru, region.name_en, region.timezone = "Кузбасс «%s»", "Elsewhere", "Asia/Tashkent"
    update(region, "name_ru", "timezone")
    stored = Region.objects.get(pk=region.pk)
    assert (stored.name_ru, stored.timezone) == ("Кузбасс «%s»", "Asia/Tashkent")
    assert stored.name_en != "Elsewhere"
    assert AuditEntry.objects.get(pk=row.pk).reason == "before"


def test_a_whole_row_is_the_same_by_either_way() -> None:
    """With an array, a JSON, nulls, texts in several languages."""
    forum = make_forum()
    one, two = make_person(forum), make_person(forum)
    changes = {"languages": ["ru", "uz"], "surname": "O‘g‘li", "birth_date": None, "email": "new@example.org"}
    for person in (one, two):
        for name, value in changes.items():
            setattr(person, name, value)
    update(one)
    two.save()
    left_out = ("id", "public_id", "created_at")
    rows = [model_to_dict(type(p).objects.get(pk=p.pk), exclude=left_out) for p in (one, two)]
    assert rows[0] == rows[1]
    assert rows[0]["languages"] == ["ru", "uz"]


def test_whoever_listens_hears_which_fields_were_changed() -> None:
    region, heard = make_regions()["RU-KEM"], []

    def note(sender: object, created: bool, update_fields: object, **_more: object) -> None:
        heard.append((created, update_fields))

    post_save.connect(note, sender=Region)
    try:
        update(region, "timezone")
        update(region)
    finally:
        post_save.disconnect(note, sender=Region)
    assert heard == [(False, frozenset({"timezone"})), (False, None)]


def test_a_row_that_is_gone_is_told() -> None:
    person = make_person(make_forum())
    type(person).objects.filter(pk=person.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        update(person)
