"""Which applications a browser may open, when it presses twice at one moment."""

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.http import HttpRequest
from pytest_django import DjangoAssertNumQueries

from forum.models import Forum
from registration.models import Person, Registration
from registration.sessions import expect, knows, remember, session_refs
from tests.factories.registration import make_person, make_registration

pytestmark = pytest.mark.django_db


def request_of(key: str | None = None) -> HttpRequest:
    """A request of the browser whose session has this key, its session read."""
    request = HttpRequest()
    request.session = SessionStore(key)
    request.session.get("anything")
    return request


@pytest.fixture
def mine(forum: Forum) -> Registration:
    """The application of the browser under test."""
    return make_registration(forum)


def changed(registration: Registration, email: str) -> Registration:
    """The same, read again after its email has changed."""
    Person.objects.filter(pk=registration.person_id).update(email=email)
    return Registration.objects.select_related("person").get(pk=registration.pk)


def browser_that_knows(registration: Registration) -> str | None:
    """The key of a session that opened the application."""
    first = request_of()
    remember(first, registration)
    first.session.save()
    return first.session.session_key


def test_a_press_that_read_its_session_before_the_other_changed_the_email_is_no_stranger(mine: Registration) -> None:
    key = browser_that_knows(mine)
    slow, fast = request_of(key), request_of(key)
    expect(fast, mine, email="new@example.org")
    assert knows(slow, changed(mine, "new@example.org"))


def test_another_browser_is_shut_out(mine: Registration) -> None:
    old, other = request_of(browser_that_knows(mine)), request_of(browser_that_knows(mine))
    expect(other, mine, email="new@example.org")
    assert not knows(old, changed(mine, "new@example.org"))


def test_who_began_it_goes_on_with_the_first_address_and_nothing_is_written(
    forum: Forum, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begun = make_registration(forum, person=make_person(forum, email=""))
    key = browser_that_knows(begun)
    request = request_of(key)
    with django_assert_num_queries(0):
        expect(request, begun, email="first@example.org")
        remember(request, begun)
    assert not request.session.modified
    assert knows(request_of(key), changed(begun, "first@example.org"))
    assert not knows(request_of(key), changed(begun, "second@example.org"))


def test_who_expected_another_address_than_came_is_shut_out(mine: Registration) -> None:
    """A former holder may try to replace the address and be refused; when the owner replaces it, they must be out."""
    key = browser_that_knows(mine)
    expect(request_of(key), mine, email="mine@example.org")
    assert knows(request_of(key), mine)
    assert not knows(request_of(key), changed(mine, "owner@example.org"))
    assert session_refs(request_of(key)) == []


def test_an_address_that_is_taken_away_shuts_out_like_another_one(mine: Registration) -> None:
    key = browser_that_knows(mine)
    assert not knows(request_of(key), changed(mine, ""))
    assert session_refs(request_of(key)) == []


def test_an_address_after_one_was_taken_away_is_expected_like_another_one(mine: Registration) -> None:
    bare = changed(mine, "")
    key = browser_that_knows(bare)
    other = browser_that_knows(bare)
    expect(request_of(key), bare, email="new@example.org")
    assert knows(request_of(key), changed(bare, "new@example.org"))
    assert not knows(request_of(other), changed(bare, "new@example.org"))


def test_the_same_address_again_opens_nothing(mine: Registration) -> None:
    key, own = browser_that_knows(mine), mine.person.email
    changed(mine, "other@example.org")
    assert not knows(request_of(key), changed(mine, own))


def test_only_the_database_counts(mine: Registration) -> None:
    person = mine.person
    for email, told, counted in (("a@example.org", 7, 1), ("a@example.org", 0, 1), ("", 0, 2), ("b@example.org", 9, 2)):
        person.email, person.addresses_given_up = email, told
        person.save()
        person.refresh_from_db()
        assert person.addresses_given_up == counted


def test_who_never_opened_it_costs_no_query(
    mine: Registration, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert not knows(request_of(), mine)
