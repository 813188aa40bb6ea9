"""Our parts of the home page, and what else we hand down."""

import pytest
import time_machine
from django.test import Client

from agenda.actions.releases import publish_release
from agenda.enums import Admission, SessionKind
from agenda.web.home import SHOWN
from forum.enums import Role
from forum.models import Forum
from forum.queries.rights import roles_to_grant, scope_choices
from tests.factories.agenda import at, make_organisation, make_programme, make_session, make_slot


def home(client: Client) -> str:
    """The page in English."""
    response = client.get("/en/")
    assert response.status_code == 200
    return response.content.decode()


def test_teaser_shows_what_guests_come_for(forum: Forum, client: Client) -> None:
    """No meals, no team meetings, nothing only for the School; at most six."""
    for kind, admission in (
        (SessionKind.SERVICE, Admission.OPEN),
        (SessionKind.INTERNAL, Admission.STAFF_ONLY),
        (SessionKind.WORKSHOP, Admission.SCHOOL_ONLY),
    ):
        make_session(forum, kind=kind, admission=admission, title={"ru": "Нет", "en": "Hidden"})
    for number in range(SHOWN + 1):
        make_session(forum, title={"ru": "Да", "en": f"Shown {number}"})
    publish_release(forum, by=None)
    html = home(client)
    assert "Hidden" not in html
    assert [f"Shown {number}" in html for number in range(SHOWN + 1)] == [True] * SHOWN + [False]
    assert "The whole day, 10 sessions" in html


@pytest.mark.parametrize(
    ("day", "clock", "title"),
    [
        (-20, "12:00", "First"),
        (0, "10:30", "First"),
        (0, "20:00", "Second"),
        (1, "10:30", "Second"),
        (9, "12:00", "First"),
    ],
)
def test_teaser_is_of_the_day_that_comes(forum: Forum, client: Client, day: int, clock: str, title: str) -> None:
    """Day one until it is over, then day two; afterwards day one again."""
    make_session(forum, title={"ru": "Р1", "en": "First"})
    make_session(forum, title={"ru": "Р2", "en": "Second"}, day=1)
    publish_release(forum, by=None)
    with time_machine.travel(at(forum, clock, day=day), tick=False):
        html = home(client)
    assert (title in html, {"First": "Second", "Second": "First"}[title] in html) == (True, False)


def test_plants_are_cards_whatever_the_number_of_visits(forum: Forum, client: Client) -> None:
    """One card with both visits and the lower age."""
    host = make_organisation(name_ru="Завод", name_en="The Plant")
    make_slot(make_programme(forum, host=host, min_age=18, title={"ru": "А", "en": "Shop"}))
    make_programme(forum, host=host, min_age=6, title={"ru": "Б", "en": "Museum of the plant"})
    html = home(client)
    assert html.count("card visit") == 1
    assert "Museum of the plant" in html
    assert "from 6 years" in html
    assert "1 plant opens its gate" in html


def test_home_is_silent_before_the_programme_is_public(forum: Forum, client: Client) -> None:
    """Neither sessions nor plants nor their numbers."""
    make_session(forum, title={"ru": "Р", "en": "Hidden"})
    make_programme(forum, title={"ru": "Р", "en": "Hidden"})
    publish_release(forum, by=None)
    Forum.objects.filter(pk=forum.pk).update(programme_public=False)
    assert "Hidden" not in home(client)


def test_escort_can_be_granted_when_there_is_a_visit(forum: Forum) -> None:
    """A run is what the grant is limited to."""
    assert Role.ESCORT not in roles_to_grant(forum)
    slot = make_slot(make_programme(forum))
    assert Role.ESCORT in roles_to_grant(forum)
    assert [key for key, _name in scope_choices("visit_slot", forum=forum)] == [str(slot.public_id)]
