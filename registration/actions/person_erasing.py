"""Erasing a person: because they ask, because the application was never sent, or because the forum is long over.

One transaction for each person. What proves something (consents, scans, log, history) is append-only and stays; it points to
a row without a name. The database refuses an erased person with anything left (`person_erased_is_nameless`).
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from forum.actions.accounts import close_account
from forum.actions.messages import drop_unsent, forget_recipients, queue_message
from forum.models import Account
from registration.actions.changes import end_requests
from registration.actions.documents import note
from registration.actions.erasing import erase_document
from registration.actions.merge_memory import forget_memories
from registration.actions.people import NAMES
from registration.actions.state import lock, move
from registration.enums import HOLDS_PLACE, MOVES, ErasedData, ErasureBasis, RegistrationState
from registration.models import Equipment, Erasure, ImportedPerson, ImportRow, Person, Registration
from registration.models.people import NAMELESS
from registration.signals import person_erased

DELETED = "registration.deleted"
_K = ErasedData


@transaction.atomic(durable=True)
def erase_person(
    registration: Registration, *, basis: ErasureBasis, by: Account | None, reason: str = "", as_applicant: bool = False
) -> bool:
    """Empty the person behind `registration`, with all their applications. Asked twice it is done once (False).

    Applications end first (`move`): places go back, badges die. When the term is over, places of the past stay as they
    were, for the figures. Whoever asked gets one last letter; its address is forgotten once it has left
    (`actions.retention.forget_last_addresses`).
    """
    first = lock(registration)
    if first.person.erased_at is not None:
        return False
    empty_person(first, basis=basis, by=by, reason=reason, as_applicant=as_applicant)
    return True


def empty_person(
    registration: Registration, *, basis: ErasureBasis, by: Account | None, reason: str = "", as_applicant: bool = False
) -> None:
    """The same for who holds the person's lock and owns the transaction."""
    person = registration.person
    mine = [lock(one) for one in person.registrations.select_related("forum", "category").order_by("pk")]
    last_letter = (person.email, registration.language) if _is_told(mine, basis) else ("", "")
    kinds = [kind for one in mine for kind in _end(one, basis=basis, by=by, as_applicant=as_applicant)]
    kinds += _empty_person(mine[0].person, email=person.email)
    kinds = list(dict.fromkeys(kinds))
    for one in mine:
        _empty_application(one)
        note(
            one,
            "registration.person_erased",
            by=by,
            as_applicant=as_applicant,
            changed=kinds,
            basis=basis,
            **({"reason": reason} if reason else {}),
        )
    Erasure.objects.create(forum=registration.forum, ref=registration.ref, data=kinds, basis=basis, by=by)
    if last_letter[0]:
        _tell(registration, *last_letter)


def _is_told(mine: Sequence[Registration], basis: ErasureBasis) -> bool:
    """Nobody is written to about a draft of their own: it was never sent, and its email may be somebody else's."""
    return basis == ErasureBasis.ASKED and any(one.submitted_at for one in mine)


def _end(registration: Registration, *, basis: ErasureBasis, by: Account | None, as_applicant: bool) -> list[str]:
    """What hangs on one application: the place, letters, links, answers, document, traces, and what other rooms hold."""
    kinds: list[str] = []
    state = RegistrationState(registration.state)
    over = basis == ErasureBasis.TERM and state in HOLDS_PLACE | {RegistrationState.BLOCKED}
    if RegistrationState.CANCELLED in MOVES[state] and not over:
        move(registration, RegistrationState.CANCELLED, by=by, as_applicant=as_applicant, tell=False)
    person_erased.send(Registration, registration=registration, basis=basis, by=by, kinds=kinds)
    if basis != ErasureBasis.TERM:  # these have terms and sweeps of their own
        erase_document(registration, basis=basis, by=by)
        if registration.answers.all().delete()[0]:
            kinds.append(_K.ANSWERS)
    about = [("registration", registration.ref)]
    if drop_unsent(about=about) + forget_recipients(about=about):
        kinds.append(_K.LETTERS)
    gone = [rows.all().delete()[0] for rows in (registration.return_links, registration.email_changes)]
    if sum([*gone, registration.deletion_codes.all().delete()[0]]):
        kinds.append(_K.LINKS)
    if ImportedPerson.objects.filter(registration=registration).delete()[0]:
        kinds.append(_K.LISTS)
    ImportRow.objects.filter(registration=registration).update(before=None)
    if Equipment.objects.filter(registration=registration).delete()[0]:
        kinds.append(_K.EQUIPMENT)
    end_requests(registration)
    if registration.changes.exclude(why="", answer="").update(why="", answer=""):
        kinds.append(_K.CHANGES)
    forget_memories(registration)
    if registration.organisation or registration.position:
        kinds.append(_K.WORK)
    return kinds


def _empty_application(registration: Registration) -> None:
    registration.organisation = registration.position = registration.position_short = registration.note = ""
    registration.erased_at = now()
    registration.version += 1
    registration.save()


def _empty_person(person: Person, *, email: str) -> list[str]:
    """Names, dates, the address and the login; gives the kinds of data that were there."""
    held = {
        _K.NAMES: any(getattr(person, field) for field in NAMES),
        _K.CONTACTS: bool(email),
        _K.BIRTH_DATE: person.birth_date is not None,
        _K.ORIGIN: bool(person.citizenship or person.languages),
    }
    account = person.account
    for field, empty in NAMELESS.items():
        setattr(person, field, empty)
    person.birth_date, person.languages, person.account = None, [], None
    person.erased_at = now()
    person.processing_stopped_at = person.processing_stopped_at or now()
    person.save()
    kinds: list[str] = [kind for kind, was_there in held.items() if was_there]
    return kinds + ([_K.LOGIN] if account and _close(account, email) else [])


def _close(account: Account, email: str) -> bool:
    """Whoever looks after others, or belongs to the team, goes on signing in."""
    locked = Account.objects.select_for_update().get(pk=account.pk)
    if locked.people.exists() or not close_account(locked):
        return False
    forget_recipients(to=email)
    return True


def _tell(registration: Registration, email: str, language: str) -> None:
    """“Your data are deleted”: no name, no link."""
    queue_message(
        DELETED,
        about=("registration", registration.ref),
        occasion="deleted",
        to=email,
        language=language,
        forum=registration.forum,
    )
