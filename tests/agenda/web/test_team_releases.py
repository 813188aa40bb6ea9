"""Publishing with the difference before one's eyes."""

import pytest
from django.test import Client
from django.urls import reverse

from agenda.actions.editing import edit_session
from agenda.actions.releases import publish_release
from agenda.models import Session
from forum.models import Forum
from tests.agenda.web.room import html
from tests.factories.agenda import make_session

pytestmark = pytest.mark.django_db


def test_host_publishes_with_the_difference_before_its_eyes(own: Session, host_client: Client) -> None:
    edit_session(own, version=1, title={"ru": "Новое имя", "en": "New"}, by=None)
    page = html(host_client, reverse("programme:releases"))
    assert "Новое имя" in page.partition('id="difference"')[2]
    answer = host_client.post(reverse("programme:publish"), {"note": "Утро"})
    assert answer.status_code == 302
    assert [(r.number, r.note) for r in own.forum.releases.all()] == [(2, "Утро"), (1, "")]


def test_clashes_are_listed_before_and_refused_at_publication(own: Session, host_client: Client) -> None:
    """The note that was typed stays."""
    make_session(own.forum, hall=own.hall, title={"ru": "Соперница", "en": "Rival"})
    page = html(host_client, reverse("programme:releases"))
    assert "Соперница" in page
    assert reverse("programme:publish") not in page
    answer = host_client.post(reverse("programme:publish"), {"note": "Утро"})
    assert answer.status_code == 409
    assert "Соперница" in answer.content.decode()
    assert own.forum.releases.count() == 1


def test_partner_reads_the_difference_of_its_own_sessions(forum: Forum, own: Session, guest_client: Client) -> None:
    other = make_session(forum, title={"ru": "Хозяйская", "en": "Host's"})
    publish_release(forum, by=None)
    edit_session(own, version=1, title={"ru": "Моё новое", "en": "New"}, by=None)
    edit_session(other, version=1, title={"ru": "Чужое новое", "en": "Other"}, by=None)
    page = html(guest_client, reverse("programme:releases"))
    assert "Моё новое" in page
    assert "Чужое новое" not in page
    assert reverse("programme:publish") not in page
    publish_release(forum, by=None)
    history = html(guest_client, reverse("programme:releases"))
    assert "Моё новое" in history
    assert "Чужое новое" not in history


def test_note_that_cannot_be_stored_is_refused_in_words(own: Session, host_client: Client) -> None:
    """PostgreSQL takes no null character; a field that is no form's says so too."""
    edit_session(own, version=1, title={"ru": "Новое имя", "en": "New"}, by=None)
    answer = host_client.post(reverse("programme:publish"), {"note": "Ут\0ро"})
    assert answer.status_code == 400
    assert "нулевой байт" in answer.content.decode()
    assert own.forum.releases.count() == 1
