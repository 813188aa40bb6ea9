"""What hangs on one application of an erased person: it ends, and is emptied.

Part of `registration.actions.person_erasing`, which holds the locks and owns the transaction.
"""

from django.utils.timezone import now

from forum.actions.messages import drop_unsent, forget_recipients
from forum.models import Account
from registration.actions.answer_files import drop_files
from registration.actions.changes import end_requests
from registration.actions.erasing import erase_document
from registration.actions.merge_memory import forget_memories
from registration.actions.state import move
from registration.enums import HOLDS_PLACE, MOVES, ErasedData, ErasureBasis, RegistrationState
from registration.models import Equipment, ImportedPerson, ImportRow, Registration
from registration.signals import person_erased

_K = ErasedData


def end_application(
    registration: Registration, *, basis: ErasureBasis, by: Account | None, as_applicant: bool
) -> list[str]:
    """What hangs on one application: the place, letters, links, answers, document, traces, and what other rooms hold."""
    kinds: list[str] = []
    state = RegistrationState(registration.state)
    over = basis == ErasureBasis.TERM and state in HOLDS_PLACE | {RegistrationState.BLOCKED}
    if RegistrationState.CANCELLED in MOVES[state] and not over:
        move(registration, RegistrationState.CANCELLED, by=by, as_applicant=as_applicant, tell=False)
    person_erased.send(Registration, registration=registration, basis=basis, by=by, kinds=kinds)
    if basis != ErasureBasis.TERM:  # these have terms and sweeps of their own
        erase_document(registration, basis=basis, by=by)
        files = drop_files(registration.answer_files.all())
        if registration.answers.all().delete()[0] or files:
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


def empty_application(registration: Registration) -> None:
    """Nothing is told of where the person worked; the row and its state stay."""
    registration.organisation = registration.position = registration.position_short = registration.note = ""
    registration.erased_at = now()
    registration.version += 1
    registration.save()
