"""Which applications a browser may open, when it presses twice at one moment."""

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.http import HttpRequest
from pytest_django import DjangoAssertNumQueries

from forum.models import Forum
from registration.models import Registration
from registration.sessions import expect, knows, remember
from tests.factories.registration import make_registration

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
    """The same after its email has changed."""
    registration.person.email = email
    return registration


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


def test_who_never_opened_it_costs_no_query(
    mine: Registration, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert not knows(request_of(), mine)
