"""Visitors of a plant, as complete as a list for it wants them."""

from typing import Any

from agenda.actions.bookings import take
from agenda.actions.plant_lists import make_plant_list
from agenda.enums import ListKind
from agenda.exports.plant_lists import plant_list_pdf
from agenda.models import PlantList, VisitSlot
from agenda.queries.bookables import Bookable, of_slot
from agenda.queries.plant_lists import host_of
from forum.enums import Role
from forum.models import Account, Forum
from registration.actions.consents import give_consent, withdraw_consent
from registration.enums import ConsentPurpose
from registration.models import Registration
from registration.queries.consents import matters_of
from tests.factories.agenda import make_delegate, make_programme, make_slot
from tests.factories.documents import agree, save
from tests.factories.forum import make_staff
from tests.factories.registration import make_consent_document


def make_visit(forum: Forum, *fields: str, **changes: Any) -> Bookable:
    """A run of a plant that needs `fields` of the document and has a consent text of its own."""
    slot = make_slot(make_programme(forum, needed_fields=list(fields), **changes))
    place = of_slot(VisitSlot.objects.select_related("programme__host", "pool").get(pk=slot.pk), forum=forum)
    make_consent_document(forum, purpose="plant_access", receiver=host_of(place))
    return place


def agree_to_plant(registration: Registration, place: Bookable) -> None:
    """That this plant gets the data."""
    document = make_consent_document(registration.forum, purpose="plant_access", receiver=host_of(place))
    give_consent(registration, document=document, language="ru", by=None)


def make_visitor(place: Bookable, **changes: Any) -> Registration:
    """Somebody with a place, who has agreed to everything and entered the document."""
    registration = make_delegate(place.forum, **changes)
    take(place, registration=registration)
    agree(registration)
    save(registration)
    agree_to_plant(registration, place)
    return Registration.objects.select_related("person", "forum", "category").get(pk=registration.pk)


def make_list(place: Bookable, *, by: Account | None = None) -> PlantList:
    """On paper."""
    by = by or make_staff(place.forum, Role.VISIT_COORDINATOR)
    made, _content = make_plant_list(place, kind=ListKind.PDF, reason="Для проходной", draw=plant_list_pdf, by=by)
    return made


def take_back(registration: Registration, purpose: ConsentPurpose, *, place: Bookable | None = None) -> None:
    """A consent: to the plant of `place`, or to a purpose without a receiver."""
    receiver = host_of(place) if place else None
    matter = next(
        one for one in matters_of(registration.person) if (one.purpose, one.document.receiver) == (purpose, receiver)
    )
    withdraw_consent(registration, matter=matter, language="ru", by=None)
