"""Asking the programme room, and what its forms send."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils.timezone import now

from agenda.actions.proposals import propose_move
from agenda.models import Session
from agenda.queries.conflicts import Place
from tests.factories.agenda import at, make_hall, partner

ROOM = "/team/programme/"


def html(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def content(session: Session, **changes: Any) -> dict[str, Any]:
    """What the form sends when nobody touches it, besides `changes`."""
    texts = {
        f"{f}_{code}": getattr(session, f"{f}_{code}") or ""
        for f in ("title", "description")
        for code in ("ru", "en", "uz", "be")
    }
    stored = texts | {"languages": session.languages, "interpretation": session.interpretation}
    was = {f"was-{name}": value for name, value in stored.items()}
    return {"version": session.version, **was, **stored, **changes}


def ask(session: Session, **changes: Any) -> Any:
    """An open proposal of the partner: another hall, in the afternoon."""
    forum = session.forum
    place = Place(hall=make_hall(forum), starts=at(forum, "14:00"), ends=at(forum, "15:00"))
    values = {
        "version": 1,
        "place": place,
        "reason": "why",
        "answer_by": now() + timedelta(1),
        "side": partner(forum),
        "by": None,
    }
    return propose_move(session, **values | changes)


def choose(client: Client, url: str, answer: Any, picks: dict[str, str]) -> Any:
    """Send the comparison as the page holds it."""
    data: dict[str, Any] = {"version": answer.context["session"].version}
    for name, value in answer.context["carried"]:
        data.setdefault(name, []).append(value)
    data["ask"] = [row["name"] for row in answer.context["rows"] if not row["picked"]]
    return client.post(url, data | {f"pick-{name}": pick for name, pick in picks.items()})
