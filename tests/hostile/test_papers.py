"""A naughty text that gets into the rows comes out of every paper harmless: badge, letter, list, table, calendar, export."""

import csv
import io
from email import message_from_bytes, policy

import pytest
from django.test import Client
from icalendar import Calendar

from agenda.actions.releases import publish_release
from agenda.exports.visitors import list_lines, visitors_pdf, visitors_xlsx
from agenda.models import Session
from agenda.queries.bookables import of_slot
from badges.actions.issuing import issue_badge
from forum.enums import Role
from forum.errors import DomainError
from forum.mailing import compose
from forum.models import Account, Forum, Message
from registration.actions.applications import confirm, submit
from registration.actions.review import approve
from registration.models import Registration
from tests.api import program
from tests.badges.api.test_scans import Phone
from tests.factories.agenda import make_programme, make_session, make_slot
from tests.factories.badges import make_device, make_point
from tests.hostile.texts import NAUGHTY
from tests.registration.web.walk import WORK, fill, make_delegation, save
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
SHORT = ("beyond", "calendar", "formula", "header", "long", "null", "script")
KINDS = [*SHORT, *(pytest.param(kind, marks=pytest.mark.long) for kind in sorted(set(NAUGHTY) - set(SHORT)))]
"""In the short run one of each family: markup, line ends, formulas, length, letters without a picture."""


@pytest.fixture(params=KINDS)
def text(request: pytest.FixtureRequest) -> str:
    return NAUGHTY[request.param]


def applicant(client: Client, forum: Forum, text: str) -> tuple[Registration, bool]:
    """An application with this text as organisation and position, or refused with what was typed still there."""
    draft = fill(client, forum)
    values = WORK | {"delegation": str(make_delegation(forum).pk), "organisation": text, "position": text}
    answer = save(client, draft, "work", values)
    draft.refresh_from_db()
    assert answer.status_code in (200, 302, 422)
    return draft, answer.status_code == 302


def test_way_of_a_person_with_a_naughty_organisation(client: Client, forum: Forum, officer: Account, text: str) -> None:
    draft, taken = applicant(client, forum, text)
    confirm(approve(submit(draft), by=officer))
    issue_badge(registration_id=draft.pk)
    assert draft.credentials.count() == 1
    for message in Message.objects.all():
        letter = message_from_bytes(compose(message), policy=policy.default)
        assert letter["Bcc"] is None
        assert letter["To"] == "anna.primerova@example.org"
        assert "\n" not in letter["Subject"]
    page = sign_in(Client(), officer).get(f"/team/people/{draft.ref}/")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    answer = program(forum, Role.ORGANISER).get(f"applications/{draft.ref}")
    assert answer.status_code == 200
    assert taken or answer.json()["organisation"] == WORK["organisation"]


def test_lists_for_plants(client: Client, forum: Forum, text: str) -> None:
    draft, _taken = applicant(client, forum, text)
    place = of_slot(make_slot(make_programme(forum)), forum=forum)
    lines = list_lines([Registration.objects.get(pk=draft.pk)])
    try:
        assert visitors_pdf(place, lines).startswith(b"%PDF")
    except DomainError as refusal:  # letters that the font lacks: the coordinator is told whose, a box is no name
        assert refusal.code == "visit.list_letters"
    assert visitors_xlsx(place, lines).startswith(b"PK")


def test_programme_with_a_naughty_title(client: Client, forum: Forum, organiser_client: Client, text: str) -> None:
    session = make_session(forum, slug="naughty")
    edit = f"/team/programme/sessions/{session.slug}/edit/"
    values = {
        "version": session.version,
        "title_ru": text,
        "title_en": text,
        "description_ru": text,
        "languages": ["ru"],
    }
    assert organiser_client.post(edit, values).status_code in (302, 422)
    stored = Session.objects.get(pk=session.pk)
    assert "\x00" not in stored.title_ru and "\n" not in stored.title_ru
    publish_release(forum, by=None)
    assert client.get("/ru/programme/?day=all").status_code == client.get("/ru/sessions/naughty/").status_code == 200
    events = Calendar.from_ical(client.get("/ru/programme.ics").content).walk("VEVENT")
    assert len(events) == 1
    table = organiser_client.get("/team/programme/export/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";" if ";" in table.splitlines()[0] else ","))
    assert len(rows) == 2
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") and len(cell) > 1 for row in rows for cell in row)


def test_search_at_the_entrance(forum: Forum, text: str) -> None:
    _device, token = make_device(make_point(forum, slug="main"))
    assert Phone(token).find(q=text).status_code in (200, 400)
