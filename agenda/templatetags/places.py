"""Words of places: periods, states, what stands against one. `{% load places %}`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.timezone import now
from django.utils.translation import pgettext

from agenda.engine.eligibility import Stretch
from agenda.queries.bookables import bookable_sessions, bookable_visits
from agenda.queries.my_places import MyPlace, my_places
from agenda.queries.people import own_name
from agenda.web.my import participants
from forum.models import Forum
from forum.templatetags.times import when_text
from forum.templatetags.ui import chip

register = template.Library()
TONES = {"held": "ok", "offered": "new", "waiting": "wait", "free": "ok", "full": "off", "refused": "ask"}


@register.filter
def periods(stretches: Iterable[Stretch], zone: str) -> str:
    """When a place takes one up, zone named: both windows of a long visit."""
    return "; ".join(when_text(stretch.starts, zone=zone, end=stretch.ends) for stretch in stretches)


@register.filter
def told_periods(pairs: Iterable[tuple[str, str]], zone: str) -> str:
    """The same out of a letter's context, where moments travel as text."""
    moments = [(datetime.fromisoformat(starts), datetime.fromisoformat(ends)) for starts, ends in pairs]
    return "; ".join(when_text(starts, zone=zone, end=ends) for starts, ends in moments)


@register.filter
def told_moment(moment: str, zone: str) -> str:
    """A moment out of a letter's context."""
    return when_text(datetime.fromisoformat(moment), zone=zone) if moment else ""


@register.inclusion_tag("forum/components/chip.html")
def place_chip(state: str) -> dict[str, str]:
    """Where one stands with a place (`agenda.queries.my_places`)."""
    words = {
        "held": pgettext("place", "you have a place"),
        "offered": pgettext("place", "offered to you"),
        "waiting": pgettext("place", "you wait in line"),
        "free": pgettext("place", "open to you"),
        "full": pgettext("place", "full"),
        "refused": pgettext("place", "not possible"),
    }
    return chip(TONES[state], words[state])


@register.inclusion_tag("agenda/my/in_session.html", takes_context=True)
def my_places_in_session(context: template.Context, forum: Forum, slug: str) -> dict[str, Any]:
    """On the page of a session: where each of the reader's people stands, with the buttons. No query for strangers."""
    mine = _mine(context["request"], forum, what="sessions")
    return _shown(context["request"], [one for one in mine if one.place.key == slug])


@register.inclusion_tag("agenda/my/in_run.html", takes_context=True)
def my_places_in_run(context: template.Context, forum: Forum, visit: str, run: str) -> dict[str, Any]:
    """The same on the page of a visit, for one of its runs."""
    mine = _mine(context["request"], forum, what="visits")
    return _shown(context["request"], [one for one in mine if one.place.key == f"{visit}/{run}"])


def _mine(request: HttpRequest, forum: Forum, *, what: str) -> list[MyPlace]:
    """Asked for once in a request, however many runs stand on the page."""
    kept = request.__dict__.setdefault("_my_places", {})
    if what not in kept:
        people = participants(request)
        places = (bookable_sessions if what == "sessions" else bookable_visits)(forum) if people else []
        kept[what] = [one for person in people for one in my_places(person, places, at=now())]
    found: list[MyPlace] = kept[what]
    return found


def _shown(request: HttpRequest, mine: list[MyPlace]) -> dict[str, Any]:
    several = len(mine) > 1
    # Read by `agenda.web.public.marked`: what is about the reader is no page for everybody.
    request.__dict__["is_personal"] = bool(mine) or request.__dict__.get("is_personal", False)
    rows = [{"mine": one, "name": own_name(one.registration.person) if several else ""} for one in mine]
    return {"rows": rows, "request": request, "csrf_token": get_token(request) if rows else ""}
