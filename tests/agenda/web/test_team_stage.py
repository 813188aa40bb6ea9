"""Who is on stage, and the entries of speakers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agenda.models import Session, Speaker
from forum.models import AuditEntry, Forum, Organisation
from tests.factories.agenda import make_speaker, partner

pytestmark = pytest.mark.django_db


def cast_data(session: Session, **changes: Any) -> dict[str, Any]:
    ids = [str(row.speaker.public_id) for row in session.cast.select_related("speaker")]
    places = {f"place-{key}": n for n, key in enumerate(ids, start=1)}
    return {"version": session.version, "speaker": ids, **places, **changes}


def test_cast_is_ordered_extended_and_reduced(forum: Forum, own: Session, guest_client: Client) -> None:
    first, second = own.speakers.get(), make_speaker(forum, region=partner(forum))
    url = reverse("programme:cast", args=["own"])
    guest_client.post(url, cast_data(own, add=str(second.public_id), add_role="moderator"))
    own.refresh_from_db()
    guest_client.post(url, cast_data(own, **{f"place-{second.public_id}": 0, f"role-{second.public_id}": "moderator"}))
    assert [row.speaker for row in own.cast.all()] == [second, first]
    own.refresh_from_db()
    guest_client.post(url, cast_data(own, **{f"remove-{first.public_id}": "on"}))
    assert [(row.speaker, row.role) for row in own.cast.all()] == [(second, "speaker")]


def test_foreign_speaker_cannot_be_added(forum: Forum, own: Session, guest_client: Client) -> None:
    foreign = make_speaker(forum)
    answer = guest_client.post(reverse("programme:cast", args=["own"]), cast_data(own, add=str(foreign.public_id)))
    assert answer.status_code == 404
    assert foreign.public_id not in {s.public_id for s in own.speakers.all()}


def test_two_lists_of_speakers_are_compared(
    forum: Forum, own: Session, guest_client: Client, host_client: Client
) -> None:
    """409 with both; choosing mine saves it on the new version."""
    first, url = own.speakers.get(), reverse("programme:cast", args=["own"])
    added = make_speaker(forum, surname="Новая", region=partner(forum))
    typed = cast_data(own, add=str(added.public_id))
    host_client.post(url, cast_data(own, **{f"remove-{first.public_id}": "on"}))
    answer = guest_client.post(url, typed)
    assert answer.status_code == 409
    assert "Новая" in answer.content.decode()
    mine = [str(part.speaker.public_id) for part in answer.context["mine"]]
    guest_client.post(url, {"version": answer.context["session"].version, "speaker": mine, "pick-cast": "mine"})
    assert (
        [str(row.speaker.public_id) for row in own.cast.all()] == mine == [str(first.public_id), str(added.public_id)]
    )


def entry(**changes: Any) -> dict[str, Any]:
    values = {
        "version": 1,
        "surname": "Новикова",
        "latin_surname": "NOVIKOVA",
        "position_ru": "методист",
        "position_en": "methodologist",
        "new_organisation": "Музей труда",
        "languages": ["ru", "en"],
        "role": "speaker",
    }
    return values | changes


def test_new_speaker_is_kept_by_the_region_and_stands_last(forum: Forum, own: Session, guest_client: Client) -> None:
    region = forum.guest_regions.get(code="UZ")
    answer = guest_client.post(reverse("programme:new_speaker", args=["own"]), entry(region=region.pk))
    assert answer.status_code == 302
    made = Speaker.objects.latest("pk")
    assert (made.kept_by, made.region, made.publication_consent) == (partner(forum), region, False)
    assert made.organisation == Organisation.objects.get(name_ru="Музей труда")
    assert own.cast.last().speaker == made
    assert "Новикова" not in str(AuditEntry.objects.values_list("data", "changed"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"surname": ""}, "surname"),
        ({"position_ru": "д" * 251}, "position_ru"),
        ({"new_organisation": ""}, "organisation"),
        ({"languages": []}, "languages"),
        ({"region": ""}, "region"),
    ],
)
def test_mistake_in_an_entry_is_said_and_the_rest_stays(
    forum: Forum, own: Session, guest_client: Client, changes: dict[str, Any], field: str
) -> None:
    data = entry(region=partner(forum).pk, given_name="Оставленное") | changes
    answer = guest_client.post(reverse("programme:new_speaker", args=["own"]), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Оставленное" in answer.content.decode()


def test_two_corrections_of_one_entry_are_compared(own: Session, forum: Forum, guest_client: Client) -> None:
    speaker = own.speakers.get()
    url = reverse("programme:speaker", args=[speaker.public_id])
    data = entry(region=partner(forum).pk, publication_consent="on")
    assert guest_client.post(url, data | {"surname": "Первая"}).status_code == 302
    answer = guest_client.post(url, data | {"surname": "Вторая"})
    assert answer.status_code == 409
    stored = {str(row["label"]): (row["stored"], row["typed"]) for row in answer.context["differing"]}
    assert ("Первая", "Вторая") in stored.values()
    speaker.refresh_from_db()
    assert speaker.surname == "Первая"
    again = guest_client.post(url, data | {"surname": "Вторая", "version": answer.context["version"]})
    assert again.status_code == 302
