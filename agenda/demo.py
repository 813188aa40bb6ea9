"""The demo programme and plant visits, built by the same actions that the pages call."""

import csv
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from agenda.actions.cast import Part
from agenda.actions.editing import edit_session
from agenda.actions.moving import move_session
from agenda.actions.programme import create_session, create_track
from agenda.actions.releases import publish_release
from agenda.actions.speakers import create_speaker
from agenda.actions.venues import create_hall, create_venue, set_travel_time
from agenda.actions.visits import Leg, create_visit_programme, create_visit_slot
from agenda.demo_consents import build_consents
from agenda.demo_documents import build_documents
from agenda.demo_filming import build_filming
from agenda.demo_places import build_places
from agenda.demo_plant_lists import build_plant_lists
from agenda.demo_together import Together
from agenda.enums import (
    Admission,
    LegKind,
    Outfit,
    PhotoPolicy,
    SessionKind,
    SpeakerRole,
    UnionStatePolicy,
    VenueMode,
)
from agenda.models import Hall, Session, Speaker, Track, Venue, VisitProgramme, VisitSlot
from forum.actions.accounts import grant_role
from forum.demo import ROLE_ACCOUNTS, DemoContext
from forum.enums import Role
from forum.models import Membership, Organisation, Region
from registration.enums import DocumentField
from registration.models import Zone

Row = dict[str, str]
FIRST_RELEASE, SECOND_RELEASE = -49, -38
"""Days before the forum on which the programme was published."""
MOVED, MOVED_FROM = "eco-centre", "tom/metal"
RECAST, JOINED = "int-multilang", "sp-22"


def build(context: DemoContext) -> None:
    """Halls, sessions, two releases, plant visits, the escort of one of them, and who has a place where."""
    with context.at(context.moment(FIRST_RELEASE, time(11, 30))):
        programme = Programme(context)
        programme.draft()
        together = Together(context)
        together.describe()
        publish_release(context.forum, by=context.by)
    with context.at(context.moment(SECOND_RELEASE, time(16, 5))):
        programme.correct()
        publish_release(context.forum, by=context.by)
        slots = _visits(context)
        _escort(context, slots[0])
    together.build()
    build_places(context)
    build_documents(context)
    build_consents(context)
    build_plant_lists(context)
    build_filming(context)


def _rows(name: str) -> Iterator[Row]:
    with (Path(__file__).parent / "demo_data" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _texts(row: Row, field: str) -> dict[str, str]:
    return {code: text for code in ("ru", "en", "uz", "be") if (text := row[f"{field}_{code}"])}


class Programme:
    """The programme on its way from the tables to the database."""

    def __init__(self, context: DemoContext) -> None:
        self.context = context
        self.forum, self.by = context.forum, context.by
        self.regions = {region.code: region for region in Region.objects.all()}
        self.organisations = {own.slug: own for own in Organisation.objects.all()}
        self.halls: dict[str, Hall] = {}
        self.tracks: dict[str, Track] = {}
        self.speakers: dict[str, Speaker] = {}

    def draft(self) -> None:
        """As it was first published: one session in another hall, one speaker not yet invited."""
        self._venues()
        self.tracks = {row["code"]: self._track(row) for row in _rows("tracks")}
        self.speakers = {row["key"]: self._speaker(row) for row in _rows("speakers")}
        for row in _rows("sessions"):
            self._session(row)

    def correct(self) -> None:
        """What has changed until the second release: the tables as they are."""
        rows = {row["slug"]: row for row in _rows("sessions")}
        moved, recast = (Session.objects.get(forum=self.forum, slug=slug) for slug in (MOVED, RECAST))
        starts, ends = self._period(rows[MOVED])
        hall = self.halls[rows[MOVED]["hall"]]
        move_session(moved, version=moved.version, hall=hall, starts=starts, ends=ends, by=self.by)
        edit_session(recast, version=recast.version, cast=self._cast(rows[RECAST]), by=self.by)

    def _venues(self) -> None:
        zones = {zone.code: zone for zone in Zone.objects.filter(forum=self.forum)}
        venues = {
            row["slug"]: create_venue(
                self.forum,
                slug=row["slug"],
                name=_texts(row, "name"),
                city=_texts(row, "city") or None,
                region=self.regions.get(row["region"]),
                timezone=row["timezone"],
                mode=VenueMode(row["mode"]),
                by=self.by,
            )
            for row in _rows("venues")
        }
        for row in _rows("travel"):
            set_travel_time(venues[row["one"]], venues[row["other"]], minutes=int(row["minutes"]), by=self.by)
        for row in _rows("halls"):
            self.halls[f"{row['venue']}/{row['slug']}"] = create_hall(
                venues[row["venue"]],
                slug=row["slug"],
                name=_texts(row, "name"),
                capacity=int(row["capacity"]),
                zone=zones[row["zone"]],
                position=int(row["position"]),
                booths=int(row["booths"]),
                hybrid=row["hybrid"] == "1",
                step_free=row["step_free"] == "1",
                by=self.by,
            )

    def _track(self, row: Row) -> Track:
        position = int(row["position"])
        return create_track(self.forum, code=row["code"], name=_texts(row, "name"), position=position, by=self.by)

    def _speaker(self, row: Row) -> Speaker:
        return create_speaker(
            self.forum,
            surname=row["surname"],
            given_name=row["given_name"],
            patronymic=row["patronymic"],
            latin_surname=row["latin_surname"],
            latin_given_name=row["latin_given_name"],
            native_name=row["native_name"],
            position=_texts(row, "position"),
            organisation=self.organisations[row["organisation"]],
            region=self.regions[row["region"]],
            languages=row["languages"].split(),
            remote=row["remote"] == "1",
            publication_consent=row["publication_consent"] == "1",
            by=self.by,
        )

    def _session(self, row: Row) -> Session:
        starts, ends = self._period(row)
        first = row["slug"] == MOVED
        return create_session(
            self.forum,
            slug=row["slug"],
            title=_texts(row, "title"),
            track=self.tracks[row["track"]],
            kind=SessionKind(row["kind"]),
            admission=Admission(row["admission"]),
            host_region=self.regions[row["host_region"]],
            hall=self.halls[MOVED_FROM if first else row["hall"]],
            starts=starts,
            ends=ends,
            languages=row["languages"].split(),
            interpretation=row["interpretation"].split(),
            linked_halls=[self.halls[key] for key in row["linked_halls"].split()],
            co_hosts=[self.regions[code] for code in row["co_hosts"].split()],
            managed_by=[self.organisations[slug] for slug in row["managed_by"].split()],
            cast=[part for part in self._cast(row) if (row["slug"], part.speaker) != (RECAST, self.speakers[JOINED])],
            places=int(row["places"]) if row["places"] else None,
            by=self.by,
        )

    def _period(self, row: Row) -> tuple[datetime, datetime]:
        return _moment(self.context, row, "starts"), _moment(self.context, row, "ends")

    def _cast(self, row: Row) -> list[Part]:
        parts = [(key, SpeakerRole.MODERATOR) for key in row["moderators"].split()]
        parts += [(key, SpeakerRole.SPEAKER) for key in row["speakers"].split()]
        return [Part(self.speakers[key], role) for key, role in parts]


def _moment(context: DemoContext, row: Row, field: str, *, day: str = "") -> datetime:
    return context.moment(int(day or row["day"]), time.fromisoformat(row[field]))


def _visits(context: DemoContext) -> list[VisitSlot]:
    rows = {row["slug"]: row for row in _rows("visits")}
    programmes = {slug: _visit_programme(context, row) for slug, row in rows.items()}
    titles = {row["key"]: _texts(row, "title") for row in _rows("leg_titles")}
    legs, venues = list(_rows("legs")), {venue.slug: venue for venue in Venue.objects.filter(forum=context.forum)}
    return [
        create_visit_slot(
            programmes[run["visit"]],
            slug=run["slug"],
            day=context.moment(int(run["day"]), time(12)).date(),
            places=int(rows[run["visit"]]["places"]),
            legs=[
                _leg(context, leg, run=run, titles=titles, venues=venues) for leg in legs if leg["slot"] == run["slug"]
            ],
            rule=_texts(run, "rule") or None,
            by=context.by,
        )
        for run in _rows("runs")
    ]


def _visit_programme(context: DemoContext, row: Row) -> VisitProgramme:
    return create_visit_programme(
        context.forum,
        slug=row["slug"],
        host=Organisation.objects.get(slug=row["host"]),
        title=_texts(row, "title"),
        city=_texts(row, "city"),
        drawing=row["drawing"],
        min_age=int(row["min_age"]),
        russian_working_days=int(row["russian_working_days"]),
        foreign_calendar_days=int(row["foreign_calendar_days"]),
        union_state_policy=UnionStatePolicy(row["union_state_policy"]),
        dress_code=[Outfit(item) for item in row["dress_code"].split()],
        lent_by_host=[Outfit(item) for item in row["lent_by_host"].split()],
        photo_policy=PhotoPolicy(row["photo_policy"]),
        needed_fields=[DocumentField(item) for item in row["needed_fields"].split()],
        step_free=row["step_free"] == "1",
        may_be_cancelled=row["may_be_cancelled"] == "1",
        by=context.by,
    )


def _leg(
    context: DemoContext, row: Row, *, run: Row, titles: dict[str, dict[str, str]], venues: dict[str, Venue]
) -> Leg:
    starts, ends = (_moment(context, row, field, day=run["day"]) for field in ("starts", "ends"))
    return Leg(
        kind=LegKind(row["kind"]),
        title=titles[row["title"]],
        starts=starts,
        ends=ends,
        starts_at=venues.get(row["from"]),
        ends_at=venues.get(row["to"]),
    )


def _escort(context: DemoContext, slot: VisitSlot) -> Membership:
    """Somebody who takes the first group to its plant; the grant ends on the day after the visit, or is already over."""
    email = next(email for _key, email, role, _scope, _label in ROLE_ACCOUNTS if role == Role.ESCORT)
    until = Membership.objects.filter(forum=context.forum).latest("valid_until").valid_until
    return grant_role(
        email=email,
        forum=context.forum,
        role=Role.ESCORT,
        valid_until=until,
        scope_id=str(slot.public_id),
        by=context.by,
    )
