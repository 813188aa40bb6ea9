"""The demo programme is whole, in four languages, and free of clashes because it was released."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.timezone import now

from agenda import demo
from agenda.demo_together import GUEST
from agenda.engine.board import board
from agenda.enums import DraftState
from agenda.models import Hall, Proposal, Release, Session, SlotLeg, Speaker, Track, Venue, VisitProgramme, VisitSlot
from agenda.queries.programme import released_programme
from agenda.queries.team_programme import team_programme
from agenda.queries.visits import visits
from forum.demo import STAGES, build_edition
from forum.enums import Role
from forum.models import Account, AuditEntry, Membership
from registration.models import Zone

pytestmark = pytest.mark.django_db
ZONES = Path(settings.BASE_DIR) / "registration" / "demo_data" / "zones.csv"


def build(stage: str = "before"):
    """The edition, its zones, our part."""
    context = build_edition(stage=stage, seed=1, people=0)
    with ZONES.open(encoding="utf-8", newline="") as table:
        Zone.objects.bulk_create(Zone(forum=context.forum, **row) for row in csv.DictReader(table))
    demo.build(context)
    return context


@pytest.mark.parametrize("stage", STAGES)
def test_everything_the_client_counts_is_there(stage: str) -> None:
    """35 sessions, 30 speakers, 6 visit programmes, 7 runs, 11 sessions of the partner, two releases with real changes."""
    context = build(stage)
    assert (Session.objects.count(), Speaker.objects.count()) == (35, 30)
    assert (VisitProgramme.objects.count(), VisitSlot.objects.count()) == (6, 7)
    assert Session.objects.filter(host_region__code="RU-SPE").count() == 11
    assert Speaker.objects.filter(publication_consent=False).count() == 1
    second, first = Release.objects.all()
    assert len(first.snapshot["sessions"]) == len(second.snapshot["sessions"]) == 35
    assert [line["code"] for line in second.changes] == ["moved_hall", "speakers"]
    assert first.published_at < second.published_at <= now()
    assert AuditEntry.objects.filter(action="session.created").count() == 35
    escort = Membership.objects.get(role=Role.ESCORT)
    assert VisitSlot.objects.filter(public_id=escort.scope_id).exists()
    assert context.by.memberships.exists()
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["accepted", "open", "open", "refused"]
    editor = Account.objects.get(email=GUEST)
    seen = team_programme(editor, forum=context.forum, language="ru")
    assert sum(entry.mine for entry in seen.entries) == 11
    assert [one.hall.key for one in seen.occupied] == ["tom/metal"]
    assert DraftState.CHANGED in {entry.state for entry in seen.entries if entry.mine}


def test_everything_is_written_in_four_languages() -> None:
    """Whatever a delegate sees."""
    build()
    texts = {
        Hall: "name",
        Track: "name",
        Session: "title",
        VisitProgramme: "title",
        SlotLeg: "title",
        Speaker: "position",
    }
    for model, field in texts.items():
        for code, _name in settings.LANGUAGES:
            assert not model.objects.filter(**{f"{field}_{code}__in": ["", None]}).exists(), (model, code)
            assert not model.objects.filter(**{f"{field}_{code}": None}).exists(), (model, code)
    assert not Venue.objects.exclude(mode="online").filter(city_uz=None).exists()


@pytest.mark.parametrize("field", ["title_uz", "name_uz"])
def test_uzbek_uses_its_own_signs(field: str) -> None:
    """oʻ and gʻ with U+02BB, never a quotation mark or an apostrophe of the keyboard."""
    build()
    models = {"title_uz": (Session, VisitProgramme, SlotLeg), "name_uz": (Hall, Track, Venue)}[field]
    for model in models:
        for text in model.objects.values_list(field, flat=True):
            assert not set(text) & set("'‘’`´"), text


def test_first_day_has_fewer_halls_than_the_board_can_show() -> None:
    """Seven columns, meals and plenaries across."""
    context = build()
    programme = released_programme(context.forum, language="ru")
    assert programme is not None
    assert [len(board(programme.on(day)).halls) for day in programme.days] == [1, 7, 7]


def test_southern_route_leaves_time_for_the_southern_hall() -> None:
    """Two busy windows, as the client's data say."""
    context = build()
    shaft = next(visit for visit in visits(context.forum, language="ru", at=now()) if visit.slug == "shs")
    zone = context.zone
    windows = [[f"{moment.astimezone(zone):%H:%M}" for moment in window] for window in shaft.runs[0].windows]
    assert windows == [["06:30", "13:40"], ["16:45", "20:15"]]
