"""Proposing and deciding time and hall; what waits; the export."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from agenda.actions.editing import edit_session
from agenda.actions.releases import publish_release
from agenda.models import Session
from agenda.queries.conflicts import Place
from forum.models import Forum
from tests.agenda.web.room import ROOM, ask, html
from tests.factories.agenda import at, make_session

pytestmark = pytest.mark.django_db


def place_data(forum: Forum, session: Session, **changes: Any) -> dict[str, Any]:
    values = {
        "version": session.version,
        "hall": f"{session.hall.venue.slug}/{session.hall.slug}",
        "day": str(forum.starts_on),
        "starts": "14:00",
        "ends": "15:00",
        "reason": "Поезд приходит в полдень",
        "answer_by": str((now() + timedelta(days=2)).date()),
    }
    return values | changes


def test_proposal_is_previewed_sent_and_accepted(
    forum: Forum, own: Session, guest_client: Client, host_client: Client
) -> None:
    """The whole way: what it would mean, the letter, the decision, the draft."""
    url = reverse("programme:place", args=["own"])
    preview = guest_client.post(url, place_data(forum, own))
    assert preview.status_code == 200
    assert not own.proposals.exists()
    assert "10:00–11:00 (Москва)" in preview.content.decode()
    sent = guest_client.post(url, place_data(forum, own, send="1"))
    proposal = own.proposals.get()
    assert sent["Location"] == reverse("programme:proposal", args=[proposal.public_id])
    assert "Поезд приходит в полдень" in html(host_client, sent["Location"])
    decide = reverse("programme:decide", args=[proposal.public_id, "accept"])
    assert host_client.post(decide, {"note": "Хорошо"}).status_code == 302
    own.refresh_from_db()
    assert own.period.lower == at(forum, "14:00")
    page = html(guest_client, sent["Location"])
    assert "Хорошо" in page
    assert decide not in page


def test_refusal_of_a_decision_keeps_the_note(forum: Forum, own: Session, host_client: Client) -> None:
    """A clash that came meanwhile is said with its reason; the proposal stays open."""
    proposal = ask(own, place=Place(hall=own.hall, starts=at(forum, "14:00"), ends=at(forum, "15:00")))
    make_session(forum, hall=own.hall, starts="14:30", ends="15:30")
    url = reverse("programme:decide", args=[proposal.public_id, "accept"])
    answer = host_client.post(url, {"note": "Моя заметка"})
    assert answer.status_code == 409
    assert "Моя заметка" in answer.content.decode()
    assert (
        host_client.post(reverse("programme:decide", args=[proposal.public_id, "refuse"]), {"note": ""}).status_code
        == 409
    )


def test_host_moves_its_own_session_with_one_key(forum: Forum, host_client: Client) -> None:
    session = make_session(forum)
    publish_release(forum, by=None)
    data = place_data(forum, session, send="1")
    assert host_client.post(reverse("programme:place", args=[session.slug]), data).status_code == 302
    session.refresh_from_db()
    assert session.period.lower == at(forum, "14:00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"ends": "13:00"}, "ends"), ({"hall": "no/where"}, "hall"), ({"reason": ""}, "reason"), ({"day": "soon"}, "day")],
)
def test_nonsense_place_is_said_at_its_field(
    forum: Forum, own: Session, guest_client: Client, changes: dict[str, Any], field: str
) -> None:
    answer = guest_client.post(reverse("programme:place", args=["own"]), place_data(forum, own, send="1", **changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_task_and_room_say_how_much_waits(
    forum: Forum, own: Session, guest_client: Client, host_client: Client
) -> None:
    """For the side that has to answer, not for the one that asked."""
    ask(own)
    tasks = reverse("team:tasks")
    assert "1 предложение ждёт вашего ответа" in html(host_client, tasks)
    assert "ждёт вашего ответа" not in html(guest_client, tasks)
    rooms = {name: html(client, ROOM) for name, client in (("host", host_client), ("guest", guest_client))}
    assert ['class="count"' in text.partition("Программа</span>")[2][:200] for text in rooms.values()] == [True, False]


def test_export_disarms_formulas(forum: Forum, own: Session, guest_client: Client) -> None:
    edit_session(own, version=1, title={"ru": "=1+1", "en": "x"}, by=None)
    text = guest_client.get(reverse("programme:export")).content.decode("utf-8-sig")
    assert ";'=1+1;" in text
    assert ";2" not in text.splitlines()[1].split(own.hall.name)[1][:3]
