"""Consents of the demo to receivers: most visitors of one plant have agreed, one has taken it back after the list was sent."""

from datetime import time

from agenda.actions.visitor_lists import note_list
from agenda.queries.bookables import Bookable, bookable_visits
from agenda.queries.visitors import visitors
from forum.demo import DemoContext
from registration.actions.consents import give_consent, withdraw_consent
from registration.enums import ConsentPurpose, RegistrationState
from registration.models import ConsentDocument, Registration
from registration.queries.abroad import receivers_abroad
from registration.queries.consents import key_of, matters_of

SILENT = 2
"""Visitors who have not decided yet."""


def build_consents(context: DemoContext) -> None:
    """Of the plant and the organisation abroad that have a text."""
    for document in ConsentDocument.objects.filter(forum=context.forum, receiver__isnull=False).select_related(
        "receiver"
    ):
        if document.purpose == ConsentPurpose.PLANT_ACCESS:
            _plant(context, document)
        else:
            _abroad(context, document)


def _plant(context: DemoContext, document: ConsentDocument) -> None:
    for place in bookable_visits(context.forum):
        if place.slot and place.slot.programme.host == document.receiver:
            _of_run(context, place, document)


def _of_run(context: DemoContext, place: Bookable, document: ConsentDocument) -> None:
    people = list(visitors(place))
    agreed = people[: max(len(people) - SILENT, 0)]
    with context.at(context.moment(-15, time(12))):
        for one in agreed:
            give_consent(one, document=document, language=one.language, by=None)
    if len(agreed) > 1:
        with context.at(context.moment(-6, time(17))):
            note_list(place, kind="xlsx", people=agreed, by=context.by)
        with context.at(context.moment(-5, time(20))):
            _take_back(agreed[-1], document)


def _take_back(registration: Registration, document: ConsentDocument) -> None:
    matter = next(one for one in matters_of(registration.person) if key_of(one.document) == key_of(document))
    withdraw_consent(registration, matter=matter, language=registration.language, by=None)


def _abroad(context: DemoContext, document: ConsentDocument) -> None:
    """Every second one of those whom it concerns."""
    rows = Registration.objects.filter(forum=context.forum, state=RegistrationState.CONFIRMED)
    people = list(rows.select_related("forum", "person", "category", "delegation__region").order_by("pk"))
    found = receivers_abroad(people)
    concerned = [one for one in people if document.receiver_id in found[one.pk]]
    with context.at(context.moment(-14, time(12))):
        for one in concerned[::2]:
            give_consent(one, document=document, language=one.language, by=None)
