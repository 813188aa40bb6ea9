"""Visa cases follow what happens to the application, the person and the document; and their data leave with the document's."""

from django.utils.timezone import localdate, now

from forum.actions.papers import erase_drawing
from forum.models import Account
from registration.actions.visa_state import lock_case, move_case, void_letter
from registration.actions.visas import assess, check_ready, outdate_letter
from registration.enums import ErasureBasis, RegistrationState, VisaPart, VisaState
from registration.models import Registration, VisaCase
from registration.queries.documents import KEPT_FOR, OVER
from registration.queries.visas import COMES, STAY, letters_of

S = VisaState


def follow_move(
    registration: Registration, *, was: RegistrationState, to: RegistrationState, by: Account | None
) -> None:
    """Somebody has a place: the rules are asked. Somebody comes no more: the case ends, the letter is void, the term begins."""
    if to in COMES:
        assess(registration, reopen=to == RegistrationState.APPROVED or was in OVER)
    elif to in OVER:
        _end(registration, by=by)


def _end(registration: Registration, *, by: Account | None) -> None:
    case = lock_case(registration)
    if case is None:
        return
    soon = localdate() + KEPT_FOR
    if case.erase_after > soon:
        case.erase_after = soon
        case.save(update_fields=["erase_after"])
    if case.state != S.DROPPED:
        move_case(case, S.DROPPED, by=by, tell=False)


def follow_person(registration: Registration) -> None:
    """A name or the citizenship was corrected: the letter is no longer right, and another rule may speak."""
    case = lock_case(registration)
    if case:
        outdate_letter(case)
    assess(registration)


def follow_document(registration: Registration, *, by: Account | None) -> None:
    """The document was entered or changed: another kind may fall under another rule; perhaps everything is there now."""
    case = lock_case(registration)
    if case is None:
        return
    outdate_letter(case)
    assess(registration)
    check_ready(lock_case(registration), by=by, as_applicant=by is None)


def erase_case(registration: Registration, *, basis: ErasureBasis, by: Account | None) -> list[VisaPart]:
    """Empty the case and give the letters' bytes up; what went. The caller holds the locks and writes the proof.

    A letter that rests on data which the person takes back is void; one whose term is over is past its last day anyway.
    """
    case = lock_case(registration)
    if case is None:
        return []
    erased = [VisaPart.STAY] if _is_filled(case) else []
    drawn = list(letters_of(registration).filter(file__isnull=False))
    if basis != ErasureBasis.TERM:
        _take_back(case, by=by)
    for paper in drawn:
        erase_drawing(paper)
    _empty(case)
    return [*erased, *([VisaPart.LETTER] if drawn else [])]


def _is_filled(case: VisaCase) -> bool:
    return bool(case.note) or any(getattr(case, name) for name in STAY)


def _take_back(case: VisaCase, *, by: Account | None) -> None:
    """Without data there is no letter: it becomes void, and what it needs is wanted again."""
    void_letter(case, by=by, as_applicant=True)
    if case.state in (S.READY, S.ISSUED):
        move_case(case, S.WANTED, by=by, as_applicant=True, tell=False)


def _empty(case: VisaCase) -> None:
    for name in ("arrives_on", "leaves_on"):
        setattr(case, name, None)
    case.entry_place = case.consulate = case.note = ""
    case.erased_at = now()
    case.version += 1
    case.save()
