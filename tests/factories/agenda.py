"""Unsurprising halls, sessions and visits, made through the actions."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from agenda.actions.cast import Part
from agenda.actions.filming import Wish, ask_to_film
from agenda.actions.filming_answers import put_to_plant
from agenda.actions.programme import create_session, create_track
from agenda.actions.speakers import create_speaker
from agenda.actions.venues import create_hall, create_venue
from agenda.actions.visits import Leg, create_visit_programme, create_visit_slot
from agenda.enums import Admission, FilmingMeans, LegKind, SessionKind, SpeakerRole, UnionStatePolicy, VenueMode
from agenda.models import FilmingWish, Hall, Session, Speaker, Track, Venue, VisitProgramme, VisitSlot
from forum.models import Account, Forum, Organisation, Region
from registration.enums import RegistrationState
from registration.models import Equipment, Registration
from tests.factories.registration import make_person, make_registration, make_zone

_numbers = count(1)


def at(forum: Forum, clock: str, *, day: int = 0) -> datetime:
    """Local time on a day of the forum, counted from 0: at(forum, "10:00")."""
    moment = datetime.combine(forum.starts_on + timedelta(days=day), time.fromisoformat(clock))
    return moment.replace(tzinfo=ZoneInfo(forum.timezone))


def make_venue(forum: Forum, **changes: Any) -> Venue:
    """A congress centre in the city of the forum."""
    values = {
        "slug": f"venue-{next(_numbers)}",
        "name": {"ru": "Конгресс-центр", "en": "Congress Centre"},
        "city": {"ru": "Кемерово", "en": "Kemerovo"},
        "region": forum.host_region,
        "timezone": forum.timezone,
        "mode": VenueMode.ONSITE,
    }
    return create_venue(forum, by=None, **values | changes)


def make_hall(forum: Forum, *, venue: Venue | None = None, **changes: Any) -> Hall:
    """A hall of a hundred seats with two booths and a link to other places."""
    number = next(_numbers)
    values = {
        "slug": f"hall-{number}",
        "name": {"ru": f"Зал {number}", "en": f"Hall {number}"},
        "capacity": 100,
        "zone": make_zone(forum),
        "position": number,
        "booths": 2,
        "hybrid": True,
    }
    return create_hall(venue or make_venue(forum), by=None, **values | changes)


def make_track(forum: Forum, code: str = "INT", **changes: Any) -> Track:
    """A theme; the same code is the same theme."""
    if existing := Track.objects.filter(forum=forum, code=code).first():
        return existing
    values = {"name": {"ru": f"Трек {code}", "en": f"Track {code}"}, "position": next(_numbers)}
    return create_track(forum, code=code, by=None, **values | changes)


def make_organisation(slug: str = "", **changes: Any) -> Organisation:
    """An enterprise of the host region."""
    number = next(_numbers)
    values = {"name_ru": f"Завод {number}", "name_en": f"Plant {number}"}
    return Organisation.objects.create(slug=slug or f"plant-{number}", **values | changes)


def make_speaker(forum: Forum, **changes: Any) -> Speaker:
    """Anna Primerova, who consents to publication."""
    values = {
        "surname": "Примерова",
        "given_name": "Анна",
        "patronymic": "Ильинична",
        "latin_surname": "PRIMEROVA",
        "latin_given_name": "ANNA",
        "position": {"ru": "методист", "en": "methodologist"},
        "region": forum.host_region,
        "languages": ["ru"],
        "publication_consent": True,
    }
    organisation = changes.pop("organisation", None) or make_organisation()
    return create_speaker(forum, organisation=organisation, by=None, **values | changes)


def make_session(
    forum: Forum,
    *,
    starts: str = "10:00",
    ends: str = "11:00",
    day: int = 0,
    speakers: tuple[Speaker, ...] = (),
    **changes: Any,
) -> Session:
    """An open panel in Russian, in a hall of its own."""
    number = next(_numbers)
    values = {
        "slug": f"session-{number}",
        "title": {"ru": f"Сессия {number}", "en": f"Session {number}"},
        "kind": SessionKind.PANEL,
        "admission": Admission.OPEN,
        "host_region": forum.host_region,
        "starts": at(forum, starts, day=day),
        "ends": at(forum, ends, day=day),
        "languages": ["ru"],
        "cast": [Part(speaker, SpeakerRole.SPEAKER) for speaker in speakers],
    }
    track, hall = changes.pop("track", None) or make_track(forum), changes.pop("hall", None) or make_hall(forum)
    return create_session(forum, track=track, hall=hall, by=None, **values | changes)


def partner(forum: Forum) -> Region:
    """The partner region."""
    return forum.partner_regions.get()


def make_programme(forum: Forum, **changes: Any) -> VisitProgramme:
    """A visit that takes Russian data 5 working days and foreign data 20 calendar days ahead."""
    number = next(_numbers)
    values = {
        "slug": f"visit-{number}",
        "title": {"ru": f"Выезд {number}", "en": f"Visit {number}"},
        "city": {"ru": "Кемерово", "en": "Kemerovo"},
        "drawing": "chemical-plant",
        "min_age": 16,
        "russian_working_days": 5,
        "foreign_calendar_days": 20,
        "union_state_policy": UnionStatePolicy.AS_RF,
    }
    host = changes.pop("host", None) or make_organisation()
    return create_visit_programme(forum, host=host, by=None, **values | changes)


def make_slot(
    programme: VisitProgramme,
    *,
    day: date | None = None,
    places: int = 20,
    legs: list[Leg] | None = None,
    rule: dict[str, str] | None = None,
) -> VisitSlot:
    """A run on the second day: bus, gate, tour, bus."""
    forum = programme.forum
    day = day or forum.ends_on
    offset = (day - forum.starts_on).days
    clocks = [
        (LegKind.TRANSFER_EXCURSION, "09:00", "09:30"),
        (LegKind.GATE_CONTROL, "09:30", "09:45"),
        (LegKind.TOUR, "09:45", "11:00"),
        (LegKind.TRANSFER, "11:00", "11:30"),
    ]
    made = [
        Leg(
            kind=kind,
            title={"ru": f"Этап {kind}", "en": f"Leg {kind}"},
            starts=at(forum, starts, day=offset),
            ends=at(forum, ends, day=offset),
        )
        for kind, starts, ends in clocks
    ]
    return create_visit_slot(
        programme,
        slug=f"slot-{next(_numbers)}",
        day=day,
        places=places,
        legs=made if legs is None else legs,
        rule=rule,
        by=None,
    )


def make_leg(
    forum: Forum,
    starts: str,
    ends: str,
    *,
    day: int = 1,
    starts_at: Venue | None = None,
    ends_at: Venue | None = None,
    kind: LegKind = LegKind.TOUR,
) -> Leg:
    """One step, from one venue to another."""
    return Leg(
        kind=kind,
        title={"ru": "Этап", "en": "Leg"},
        starts=at(forum, starts, day=day),
        ends=at(forum, ends, day=day),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def make_bookable_session(forum: Forum, *, places: int = 10, **changes: Any) -> Session:
    """A draft session with limited places; publish it before booking."""
    return make_session(forum, admission=Admission.SEAT_BOOKING, places=places, **changes)


def make_delegate(forum: Forum, **changes: Any) -> Registration:
    """A confirmed delegate, born in 1990."""
    born = changes.pop("birth_date", date(1990, 5, 17))
    person = make_person(forum, birth_date=born, **changes)
    return make_registration(forum, state=RegistrationState.CONFIRMED, person=person)


def wish_of(slot: VisitSlot, **changes: Any) -> Wish:
    """Photo and video with the run, from the person's own list."""
    usual = {
        "programme": slot.programme,
        "slot": slot,
        "day": slot.day,
        "hours": "",
        "subject": "Цех и пульт управления",
        "means": [FilmingMeans.PHOTO, FilmingMeans.VIDEO],
        "devices": [],
    }
    return Wish(**usual | changes)


def make_wish(
    registration: Registration, slot: VisitSlot, *, put_by: Account | None = None, **changes: Any
) -> FilmingWish:
    """Stated by the person, and put to the plant where `put_by` says who did it."""
    devices = list(Equipment.objects.filter(registration=registration))
    wish = ask_to_film(registration, wish=wish_of(slot, **{"devices": devices} | changes), by=None)
    if put_by:
        put_to_plant(slot.programme, wishes=[wish], by=put_by)
        wish.refresh_from_db()
    return wish
