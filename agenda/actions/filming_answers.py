"""What the coordinator and the plants do with wishes to film: put to the plant, answered, told of a withdrawal, listed."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.actions.filming import move_wish
from agenda.enums import FILMING_ANSWERS, FilmingState
from agenda.models import FilmingWish, VisitProgramme
from agenda.queries.plant_consents import agreed_with
from forum.actions.audit import record
from forum.actions.messages import queue_message
from forum.errors import DomainError
from forum.models import Account
from forum.templatetags.times import day_text
from registration.actions.disclosures import lock_people, note_handed
from registration.actions.documents import note
from registration.actions.notices import letter_context
from registration.actions.state import lock
from registration.enums import ConsentPurpose
from registration.models import Registration

ANSWERED = "agenda.filming_answered"
LABELS = {ANSWERED: gettext_lazy("Answer of a plant to a wish to film")}
"""What the team calls the letter."""


@transaction.atomic(durable=True)
def put_to_plant(programme: VisitProgramme, *, wishes: Iterable[FilmingWish], by: Account) -> int:
    """The plant's contact sees them from now on. What was put or withdrawn meanwhile is left as it is; where the plant
    has a text of consent, a wish waits until its person has agreed.
    """
    keys = [wish.pk for wish in wishes]
    lock_people(Registration.objects.filter(filming_wishes__in=keys))
    rows = FilmingWish.objects.select_for_update(of=("self",)).filter(
        pk__in=keys, programme=programme, state=FilmingState.ASKED
    )
    found = list(rows.select_related("registration__forum").order_by("pk"))
    agreed = agreed_with(programme)
    found = [row for row in found if agreed is None or row.registration.person_id in agreed]
    note_handed(list({row.registration for row in found}), receiver=programme.host, purpose=ConsentPurpose.PLANT_ACCESS)
    for row in found:
        move_wish(row, FilmingState.PUT, put_at=now())
        note(row.registration, "filming.put", by=by, as_applicant=False, plant=programme.slug)
    return len(found)


@transaction.atomic(durable=True)
def answer_wish(one: FilmingWish, *, state: FilmingState, answer: str, version: int, by: Account) -> FilmingWish:
    """What the plant says. The same answer again changes nothing and writes nobody.

    Raises `DomainError` when somebody was faster (`filming.stale`), and for conditions without words.
    """
    registration = lock(one.registration)
    row = FilmingWish.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=one.pk)
    answer = answer.strip()
    if row.state == state and row.answer == answer:
        return row
    _refuse_bad_answer(row, state=state, answer=answer, version=version)
    move_wish(row, state, answer=answer, decided_at=now(), decided_by=by)
    note(registration, "filming.answered", by=by, as_applicant=False, plant=row.programme.slug, answer=state)
    _tell(row, registration)
    return row


def _refuse_bad_answer(row: FilmingWish, *, state: FilmingState, answer: str, version: int) -> None:
    if state not in FILMING_ANSWERS:
        raise DomainError("filming.no_answer", _("Choose what the plant says."), status=422)
    if row.version != version:
        message = _("This wish has changed meanwhile. Look at it again before you answer.")
        raise DomainError("filming.stale", message, yours=version, current=row.version)
    if state == FilmingState.ALLOWED_IF and not answer:
        message = _("Write down the conditions: the person reads them.")
        raise DomainError("filming.conditions", message, fields={"answer": message}, status=422)


def _tell(row: FilmingWish, registration: Registration) -> None:
    """One letter for each answer. Nobody is written to whose data may not be used any more."""
    person = registration.person
    if not person.email or person.processing_stopped_at is not None:
        return
    with translation.override(registration.language):
        said = {"what": row.programme.title, "plant": row.programme.host.name, "day": day_text(row.day)}
        context = letter_context(registration) | said | {"state": row.state, "answer": row.answer}
    queue_message(
        ANSWERED,
        about=("registration", registration.ref),
        occasion=f"filming:{row.public_id}:{row.version}",
        to=person.email,
        language=registration.language,
        forum=registration.forum,
        context=context,
    )


@transaction.atomic(durable=True)
def plant_was_told(one: FilmingWish, *, by: Account) -> bool:
    """The plant knows that the wish is withdrawn. Saying it twice is saying it once."""
    row = FilmingWish.objects.select_for_update(of=("self",)).select_related("registration__forum", "programme")
    found = row.filter(pk=one.pk, tell_plant=True).first()
    if found is None:
        return False
    found.tell_plant = False
    found.save(update_fields=["tell_plant"])
    note(found.registration, "filming.told", by=by, as_applicant=False, plant=found.programme.slug)
    return True


@transaction.atomic
def note_filming_list(programme: VisitProgramme, *, kind: str, lines: int, by: Account) -> None:
    """That a list with names left the system; the list itself is not kept."""
    on = ("visit_programme", programme.slug)
    record("filming.list_made", on=on, forum=programme.forum, by=by, format=kind, lines=lines)
