"""Editing a session with the optimistic lock."""

import pytest
from django.test import Client
from django.urls import reverse

from agenda.actions.releases import publish_release
from agenda.models import Session
from forum.models import AuditEntry
from tests.agenda.web.room import choose, content, html

pytestmark = pytest.mark.django_db


def test_edit_stays_in_the_draft_until_the_release(own: Session, guest_client: Client, client: Client) -> None:
    """Draft ≠ released: the public page changes with the next release only."""
    url = reverse("programme:edit", args=["own"])
    answer = guest_client.post(url, content(own, title_ru="Новое имя", description_ru="О чём это"))
    assert answer.status_code == 302
    page = html(guest_client, reverse("programme:session", args=["own"]))
    assert "Изменено после выпуска 1" in page
    assert "Новое имя" not in html(client, "/ru/programme/?day=all")
    publish_release(own.forum, by=None)
    assert "Новое имя" in html(client, "/ru/programme/?day=all")
    assert "О чём это" in html(client, "/ru/sessions/own/")


def test_saving_without_a_change_changes_nothing(own: Session, guest_client: Client) -> None:
    guest_client.post(reverse("programme:edit", args=["own"]), content(own))
    own.refresh_from_db()
    assert own.version == 1
    assert not AuditEntry.objects.filter(action="session.edited").exists()


@pytest.mark.parametrize("field", ["title_ru", "title_en", "languages"])
def test_missing_text_is_said_at_its_field_and_the_rest_stays(own: Session, guest_client: Client, field: str) -> None:
    answer = guest_client.post(
        reverse("programme:edit", args=["own"]), content(own, description_en="Kept", **{field: ""})
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Kept" in answer.content.decode()


def test_later_of_two_edits_sees_both_versions(own: Session, guest_client: Client, host_client: Client) -> None:
    """409, field by field; what was typed is there; nothing is overwritten until somebody chooses (PRG-3)."""
    url = reverse("programme:edit", args=["own"])
    mine = content(own, title_ru="Моё", description_ru="Моё описание")
    host_client.post(url, content(own, title_ru="Их", title_en="Theirs"))
    answer = guest_client.post(url, mine)
    assert answer.status_code == 409
    rows = {row["name"]: row for row in answer.context["rows"]}
    assert {name: row["picked"] for name, row in rows.items()} == {
        "title_ru": "",
        "title_en": "theirs",
        "description_ru": "mine",
    }
    assert (rows["title_ru"]["theirs"], rows["title_ru"]["mine"]) == ("Их", "Моё")
    text = answer.content.decode()
    assert "host@example.org" in text
    own.refresh_from_db()
    assert (own.title_ru, own.version) == ("Их", 2)
    choose(guest_client, url, answer, {"title_ru": "mine", "title_en": "theirs", "description_ru": "mine"})
    own.refresh_from_db()
    assert (own.title_ru, own.title_en, own.description_ru, own.version) == ("Моё", "Theirs", "Моё описание", 3)


def test_field_that_both_changed_must_be_decided(own: Session, guest_client: Client, host_client: Client) -> None:
    """A browser without the required mark gets the same page again."""
    url = reverse("programme:edit", args=["own"])
    host_client.post(url, content(own, title_ru="Их"))
    answer = guest_client.post(url, content(own, title_ru="Моё"))
    assert choose(guest_client, url, answer, {}).status_code == 409
    own.refresh_from_db()
    assert own.title_ru == "Их"


def test_third_edit_during_the_comparison_is_compared_again(
    own: Session, guest_client: Client, host_client: Client
) -> None:
    url = reverse("programme:edit", args=["own"])
    host_client.post(url, content(own, title_ru="Их"))
    answer = guest_client.post(url, content(own, title_ru="Моё"))
    own.refresh_from_db()
    host_client.post(url, content(own, title_ru="Третье"))
    again = choose(guest_client, url, answer, {"title_ru": "mine"})
    assert again.status_code == 409
    assert [(row["theirs"], row["mine"]) for row in again.context["rows"]] == [("Третье", "Моё")]


def test_history_says_who_when_and_what(own: Session, guest_client: Client) -> None:
    guest_client.post(reverse("programme:edit", args=["own"]), content(own, title_ru="Новое имя"))
    page = html(guest_client, reverse("programme:session", args=["own"]))
    history = page.partition('id="history-title"')[2]
    assert "guest@example.org" in history
    assert "<ins>Новое имя</ins>" in history
