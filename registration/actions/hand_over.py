"""A delegate hands the confirmed place to a substitute by themselves. Nobody consents for another adult: the substitute gets
a letter, consents, fills in and sends; until the place has moved it stays with the giver, who may take it back.

Who leads a delegation names one of its people who has applied already. Both are locked in the order of people.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from registration.actions.documents import note
from registration.actions.hand_over_ends import ENDED, HANDED, end, last_words, tell_substitute, write
from registration.actions.people import write_names
from registration.actions.person_erasing import empty_person
from registration.actions.review import refuse_substitute
from registration.actions.state import lock, refuse_stopped
from registration.enums import ErasureBasis, HandOverEnd, RegistrationState
from registration.models import HandOver, Person, Registration
from registration.queries.hand_over import is_late, may_hand_over, open_hand_over, open_hand_overs

A_DAY = 5
"""Substitutes whom one person may name in a day: our letters must not become a nuisance to strangers."""


@transaction.atomic(durable=True)
def begin_hand_over(
    registration: Registration, *, names: Mapping[str, str], email: str, by: Account | None
) -> HandOver:
    """Make the substitute's draft and write to them. `names` are spellings as `write_names` takes them.

    Raises `DomainError` without a confirmed place, from the forum's first day on, while another hand-over is open, for the
    giver's own address, and for too many in a day.
    """
    registration = lock(registration)
    refuse_stopped(registration)
    _refuse_impossible(registration, email)
    substitute = _draft(registration, names, email)
    begun = HandOver.objects.create(registration=registration, substitute=substitute)
    note(registration, "registration.hand_over_begun", by=by, to=substitute.ref)
    note(substitute, "registration.handed", by=by, source=registration.ref)
    tell_substitute(begun, HANDED)
    return begun


def _refuse_impossible(registration: Registration, email: str) -> None:
    contact = {"email": registration.forum.contact_email}
    if is_late(registration.forum):
        late = _("The forum has begun: a substitute is entered at the desk now. Write to %(email)s.") % contact
        raise DomainError("hand_over.late", late)
    if not may_hand_over(registration):
        raise DomainError("hand_over.no_place", _("Only a confirmed place can be handed over."))
    if open_hand_over(registration):
        raise DomainError("hand_over.open", _("You are handing your place over already. Take it back first."))
    if email == registration.person.email:
        own = _("This is your own address. Give the one of your substitute.")
        raise DomainError("hand_over.own_email", own, fields={"email": own}, status=422)
    if registration.hand_overs.filter(begun_at__gt=now() - timedelta(days=1)).count() >= A_DAY:
        often = _("You have named many substitutes today. Try again tomorrow, or write to %(email)s.") % contact
        raise DomainError("hand_over.often", often, status=429)


def _draft(registration: Registration, names: Mapping[str, str], email: str) -> Registration:
    """Of the same category and group, without a consent: it goes nowhere before its person agrees."""
    person = Person(forum=registration.forum, email=email)
    write_names(person, names)
    person.save()
    return Registration.objects.create(
        forum=registration.forum,
        person=person,
        category=registration.category,
        delegation=registration.delegation,
        sent_by=registration.sent_by,
        language=registration.language,
        awaits_consent=True,
    )


@transaction.atomic(durable=True)
def name_substitute(registration: Registration, *, substitute: Registration, reason: str, by: Account) -> HandOver:
    """Who leads people names one who has applied: the place passes when an officer approves the substitute, not before.

    Naming the same one twice is naming once. Raises `DomainError` as `begin_hand_over` and `refuse_substitute` do.
    """
    registration, substitute = lock_two(registration, substitute)
    found = open_hand_over(registration)
    if found and found.substitute_id == substitute.pk:
        return found
    refuse_stopped(registration)
    refuse_substitute(registration, substitute)
    _refuse_impossible(registration, "")
    if HandOver.objects.filter(substitute=substitute).exists():
        before = _("This person was named as a substitute before. Write to the organisers: an officer replaces then.")
        raise DomainError("hand_over.named_before", before, fields={"substitute": before})
    begun = HandOver.objects.create(registration=registration, substitute=substitute)
    facts: dict[str, Any] = {"by": by, "as_applicant": False, "reason": reason.strip()}
    note(registration, "registration.hand_over_begun", to=substitute.ref, **facts)
    note(substitute, "registration.handed", source=registration.ref, **facts)
    return begun


def lock_two(one: Registration, other: Registration) -> tuple[Registration, Registration]:
    """Both as they stand now, people by key."""
    first, second = sorted((one, other), key=lambda row: row.person_id)
    locked = {row.pk: row for row in (lock(first), lock(second))}
    return locked[one.pk], locked[other.pk]


@transaction.atomic(durable=True)
def take_back(registration: Registration, *, by: Account | None) -> bool:
    """The giver comes after all. What the substitute has not sent is erased; what is sent stays a usual application.

    Taking back twice is taking back once (False).
    """
    found = open_hand_over(registration)
    if found is None:
        return False
    registration, substitute = lock_two(registration, found.substitute)
    if not end(found, HandOverEnd.TAKEN_BACK):
        return False
    note(registration, "registration.hand_over_ended", by=by, outcome=HandOverEnd.TAKEN_BACK)
    letter = last_words(found)
    if substitute.state == RegistrationState.DRAFT:
        empty_person(substitute, basis=ErasureBasis.UNSENT, by=by)
    write(ENDED, substitute, found, letter, to=found.substitute.person.email)
    return True


def end_late() -> int:
    """The forum has begun: places stay where they are. Returns how many hand-overs ended."""
    late = [one for one in open_hand_overs() if is_late(one.registration.forum)]
    return sum(_end_late(one) for one in late)


@transaction.atomic(durable=True)
def _end_late(hand_over: HandOver) -> bool:
    lock(hand_over.registration)
    return end(hand_over, HandOverEnd.LATE)
