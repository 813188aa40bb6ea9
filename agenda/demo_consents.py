"""Consents of the demo to organisations abroad; those to plants are made where their lists are (`agenda.demo_plant_lists`)."""

from datetime import time

from forum.demo import DemoContext
from registration.actions.consents import give_consent
from registration.enums import ConsentPurpose, RegistrationState
from registration.models import ConsentDocument, Registration
from registration.queries.abroad import receivers_abroad


def build_consents(context: DemoContext) -> None:
    """To the organisation abroad that has a text."""
    texts = ConsentDocument.objects.filter(forum=context.forum, purpose=ConsentPurpose.ABROAD)
    for document in texts.select_related("receiver"):
        _abroad(context, document)


def _abroad(context: DemoContext, document: ConsentDocument) -> None:
    """Every second one of those whom it concerns."""
    rows = Registration.objects.filter(forum=context.forum, state=RegistrationState.CONFIRMED)
    people = list(rows.select_related("forum", "person", "category", "delegation__region").order_by("pk"))
    found = receivers_abroad(people)
    concerned = [one for one in people if document.receiver_id in found[one.pk]]
    with context.at(context.moment(-14, time(12))):
        for one in concerned[::2]:
            give_consent(one, document=document, language=one.language, by=None)
