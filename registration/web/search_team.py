"""Our room of the team's search box: people by any spelling, by number, by address."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.models import Forum
from forum.queries.access import User
from forum.registry import Hit, SearchRoom
from registration.enums import RegistrationState
from registration.models import Registration
from registration.queries.applications import QueueFilter, queue
from registration.queries.people import name_of
from registration.queries.searching import alike, written
from registration.web.spellings import heading, second_line
from registration.web.standing import TONES

READ = 50
"""Rows read from the database; the page shows fewer."""


def people_hits(user: User, forum: Forum, query: str) -> Iterator[Hit]:
    """Name in both scripts, where from, and where the application stands."""
    yield from map(_hit, written(queue(user, forum=forum, narrowed_by=QueueFilter()), query)[:READ])


def people_alike(user: User, forum: Forum, query: str) -> Iterator[Hit]:
    """The same for people whose names come close."""
    yield from map(_hit, alike(queue(user, forum=forum, narrowed_by=QueueFilter()), query)[:READ])


def _hit(registration: Registration) -> Hit:
    name, state = name_of(registration.person), RegistrationState(registration.state)
    region = registration.delegation.region.name if registration.delegation else ""
    parts = (second_line(name), registration.organisation, region)
    return Hit(
        title=heading(name) or registration.ref,
        text=" · ".join(part for part in parts if part),
        url=reverse("people:detail", args=[registration.ref]),
        state=(TONES[state], str(state.label)),
    )


ROOM = SearchRoom("people", _("People"), "people", 100, "registration.view_people", people_hits, people_alike)
