"""A compiled query gives what the ORM gives, with every value, in every thread."""

from threading import Thread

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.fields import BigIntegerField, CharField
from django.db.models.functions import Concat

from forum.models import Forum
from forum.queries.compiled import Compiled, CompiledUpdate, Slot
from registration.models import Registration
from tests.factories.registration import make_registration

pytestmark = pytest.mark.django_db


def by_state() -> Compiled[Registration]:
    rows = Registration.objects.select_related("person", "category").annotate(shown=Concat("ref", Value("!")))
    slots = {"forum": Slot("forum", BigIntegerField()), "state": Slot("state", CharField())}
    return Compiled(lambda: rows.filter(**slots).order_by("pk"))


def test_rows_are_those_of_the_queryset_with_relations_and_annotations(forum: Forum, django_assert_num_queries) -> None:
    confirmed = [make_registration(forum, state="confirmed") for _ in range(3)]
    rejected = make_registration(forum, state="rejected")
    query = by_state()
    with django_assert_num_queries(2):
        found = query.rows(forum=forum.pk, state="confirmed")
        assert [row.person.surname for row in found] == [one.person.surname for one in confirmed]
        assert [row.pk for row in query.rows(forum=forum.pk, state="rejected")] == [rejected.pk]
    assert [(row.pk, row.category, row.shown) for row in found] == [
        (one.pk, one.category, f"{one.ref}!") for one in confirmed
    ]
    assert query.first(forum=forum.pk, state="blocked") is None


def test_missing_value_is_a_programming_error(forum: Forum) -> None:
    with pytest.raises(KeyError):
        by_state().rows(forum=forum.pk)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection(forum: Forum) -> None:
    make_registration(forum, state="confirmed")
    query, found = by_state(), []
    query.rows(forum=forum.pk, state="confirmed")

    def ask() -> None:
        found.append((len(query.rows(forum=forum.pk, state="confirmed")), connection.connection.info.backend_pid))
        connection.close()

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [count for count, _ in found] == [1, 1, 1]
    assert connection.connection.info.backend_pid not in {pid for _, pid in found}


def test_what_is_the_same_each_time_is_written_out_and_quoted(forum: Forum) -> None:
    odd = "it's 100 % \\ «so»"
    make_registration(forum, state="confirmed", organisation=odd)
    query = Compiled(lambda: Registration.objects.filter(organisation=odd, forum=Slot("forum", BigIntegerField())))
    assert query.get(forum=forum.pk).organisation == odd


def test_an_update_changes_the_rows_it_names_and_counts_them(forum: Forum) -> None:
    one, other = (make_registration(forum, state="confirmed") for _ in range(2))
    slots = {"note": Slot("note", CharField()), "version": F("version") + 1}
    update = CompiledUpdate(lambda: (Registration.objects.filter(pk=Slot("pk", BigIntegerField())), slots))
    assert update.run(pk=one.pk, note="100 %") == 1
    assert update.run(pk=0, note="") == 0
    was = one.version
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.note, one.version, other.note) == ("100 %", was + 1, "")
