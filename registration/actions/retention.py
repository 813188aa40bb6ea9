"""What goes by itself when its time is over. Each step is safe to repeat; each person is a transaction of their own.

Documents, pictures, answers and files of lists have terms and sweeps of their own (`erasing`, `answer_erasure`, `imports`).
"""

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now

from forum.actions.messages import forget_sent, queue_message
from forum.enums import Lane
from registration.actions.documents import note
from registration.actions.notices import letter_context
from registration.actions.person_erasing import empty_person
from registration.actions.state import lock
from registration.enums import ErasedData, ErasureBasis
from registration.models import Erasure, HandOver, ImportedPerson, Person, Registration
from registration.queries.retention import REMINDER, birth_dates_due, people_due, to_remind, unsent_to_erase


def sweep() -> None:
    """Remind first, so that nobody is erased who could still be told."""
    remind_unsent()
    erase_unsent()
    erase_birth_dates()
    erase_people()
    forget_last_addresses()


def remind_unsent() -> int:
    """Once in the life of an application: it is erased in a week unless something happens. Returns how many letters."""
    due = list(to_remind(now()).select_related("person", "forum").order_by("person_id"))
    return sum(_remind(registration) for registration in due)


@transaction.atomic(durable=True)
def _remind(registration: Registration) -> bool:
    registration = lock(registration)
    if not to_remind(now()).filter(pk=registration.pk).exists():
        return False
    queue_message(
        REMINDER,
        about=("registration", registration.ref),
        occasion="once",
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=_reminder(registration),
        lane=Lane.BULK,
    )
    return True


def _reminder(registration: Registration) -> dict[str, str]:
    """Whom a list or a delegate has brought in is known by the address.

    One that was typed into a draft may be a stranger's: no name, and a link that opens nothing.
    """
    named = HandOver.objects.filter(substitute=registration).exists()
    if named or ImportedPerson.objects.filter(registration=registration).exists():
        return letter_context(registration)
    with translation.override(registration.language):
        return {"name": "", "ref": registration.ref, "link": reverse("registration:my")}


def erase_unsent() -> int:
    """Applications that nobody has sent or touched in time. Returns how many."""
    due = list(unsent_to_erase(now()).select_related("person", "forum", "category").order_by("person_id"))
    return sum(_erase_unsent(registration) for registration in due)


@transaction.atomic(durable=True)
def _erase_unsent(registration: Registration) -> bool:
    """Unless it has been taken up meanwhile, or the person has another application."""
    registration = lock(registration)
    due = unsent_to_erase(now()).filter(pk=registration.pk).exists()
    if not due or registration.person.registrations.exclude(pk=registration.pk).filter(erased_at=None).exists():
        return False
    empty_person(registration, basis=ErasureBasis.UNSENT, by=None)
    return True


def erase_birth_dates() -> int:
    """The forum is over: nobody's age matters any more. Returns how many."""
    due = list(birth_dates_due(localdate()).order_by("pk").values_list("pk", flat=True))
    return sum(_erase_birth_date(pk) for pk in due)


@transaction.atomic(durable=True)
def _erase_birth_date(pk: int) -> bool:
    person = Person.objects.select_for_update().get(pk=pk)
    newest = person.registrations.select_related("forum").order_by("-pk").first()
    if person.birth_date is None or newest is None:
        return False
    person.birth_date = None
    person.save(update_fields=["birth_date"])
    kinds = [ErasedData.BIRTH_DATE]
    Erasure.objects.create(forum=newest.forum, ref=newest.ref, data=kinds, basis=ErasureBasis.TERM)
    note(newest, "registration.birth_date_erased", by=None, as_applicant=False, changed=["birth_date"])
    return True


def erase_people() -> int:
    """Thirty days after the forum nobody of it is named or can be written to any more. Returns how many people."""
    due = people_due(localdate()).values("pk")
    newest = (
        Registration.objects.filter(person__in=due, erased_at=None).order_by("person_id", "-pk").distinct("person_id")
    )
    return sum(_erase_late(one) for one in list(newest.select_related("person", "forum", "category")))


@transaction.atomic(durable=True)
def _erase_late(registration: Registration) -> bool:
    registration = lock(registration)
    if not people_due(localdate()).filter(pk=registration.person_id).exists():
        return False
    empty_person(registration, basis=ErasureBasis.TERM, by=None)
    return True


def forget_last_addresses() -> int:
    """The last letter to somebody whose data are deleted has left: its address goes as well. Returns how many."""
    erased = Registration.objects.filter(erased_at__isnull=False).order_by()
    return forget_sent(kind="registration", subjects=erased.values("ref"))
