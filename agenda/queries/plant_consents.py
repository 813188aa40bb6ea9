"""Plants as receivers of data: whom each concerns, and who has agreed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from agenda.enums import FILMING_LIVE
from agenda.models import FilmingWish, VisitBooking, VisitProgramme
from agenda.queries.bookables import Bookable
from agenda.queries.document_needs import HAS_PLACE
from agenda.queries.visitors import visitors
from forum.models import Forum, Organisation
from registration.disclosures import Disclosure
from registration.enums import ConsentPurpose
from registration.models import Registration
from registration.queries.consents import who_agreed

PLANT = ConsentPurpose.PLANT_ACCESS


def plants_of(registrations: Sequence[Registration]) -> Mapping[int, set[int]]:
    """By application: plants where the person has a place, or wants to film. Two queries."""
    found: dict[int, set[int]] = defaultdict(set)
    places = VisitBooking.objects.filter(registration__in=registrations, claim__state__in=HAS_PLACE)
    wishes = FilmingWish.objects.filter(registration__in=registrations, state__in=FILMING_LIVE)
    for rows, host in ((places, "slot__programme__host"), (wishes, "programme__host")):
        for registration, plant in rows.order_by().values_list("registration", host):
            found[registration].add(plant)
    return found


def plants(forum: Forum) -> QuerySet[Organisation]:
    """Hosts of visits."""
    hosts = VisitProgramme.objects.filter(forum=forum).order_by().values("host")
    return Organisation.objects.filter(pk__in=hosts).order_by("name")


DISCLOSURE = Disclosure(purpose=PLANT, find=plants_of, receivers=plants)


def agreed_with(programme: VisitProgramme) -> set[int] | None:
    """Keys of people who have agreed to the plant; None where it has no text: then nobody is asked."""
    return who_agreed(programme.forum, PLANT, programme.host)


def owes_consent(programme: VisitProgramme, registration: Registration) -> bool:
    """Whether the plant has a text to which this person has not agreed."""
    agreed = agreed_with(programme)
    return agreed is not None and registration.person_id not in agreed


def on_the_list(place: Bookable) -> QuerySet[Registration]:
    """Visitors whose data may go to the plant: where it has a text, those with a live consent to it."""
    agreed = agreed_with(place.slot.programme) if place.slot else None
    rows = visitors(place)
    return rows if agreed is None else rows.filter(person__in=agreed)
