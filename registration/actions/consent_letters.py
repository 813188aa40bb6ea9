"""A newer text of a consent, or the first one of a receiver: whoever has to read it gets one letter, and decides on their
own page.
"""

from django.db import transaction
from django.utils import translation

from forum.actions.bell import hurry_lane
from forum.actions.jobs import Progress, start_job
from forum.actions.messages import queue_message
from forum.enums import Lane
from forum.models import Account, Job
from registration.actions.notices import letter_context
from registration.actions.state import lock
from registration.models import ConsentDocument, Registration
from registration.queries.consent_register import concerned_by, owe_reading
from registration.queries.consents import matters_of

LETTER, ASKS = "registration.newer_text", "registration.receiver_asks"
TELL = "registration.tell_of_text"


def tell_of_text(document: ConsentDocument, *, by: Account) -> None:
    """Start the letters, where somebody has agreed to an older text, or a receiver gets data of somebody."""
    people = len(_readers(document))
    if people:
        start_job(TELL, forum=document.forum, owner=by, total=people, document=document.pk)


def _readers(document: ConsentDocument) -> list[Registration]:
    """Who has agreed to an older text; of a receiver's first text whom it concerns."""
    if document.version > 1:
        return list(owe_reading(document))
    return concerned_by(document) if document.receiver_id else []


def run_telling(job: Job, progress: Progress) -> None:
    """The work: one letter to each person for one text. Safe to run again. A text that a newer one has followed asks
    nobody.
    """
    document = ConsentDocument.objects.select_related("forum", "receiver").get(pk=job.params["document"])
    for registration in _readers(document):
        if registration.person.email:
            _tell(registration, document)
        progress.step()
    hurry_lane(Lane.BULK)


@transaction.atomic
def _tell(registration: Registration, document: ConsentDocument) -> None:
    """Looked at once more under the lock: the person may have decided, or left, meanwhile."""
    registration = lock(registration)
    person = registration.person
    matter = next((one for one in matters_of(person) if one.document.pk == document.pk), None)
    if person.processing_stopped_at is not None or matter is None or matter.withdrawn:
        return
    if matter.given and not matter.has_newer_text:
        return
    with translation.override(registration.language):
        said = {"title": document.title, "receiver": document.receiver.name if document.receiver else ""}
    queue_message(
        LETTER if matter.given else ASKS,
        about=("registration", registration.ref),
        occasion=f"text:{document.pk}",
        to=person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration) | said,
        lane=Lane.BULK,
        hurry=False,
    )
