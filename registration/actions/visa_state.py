"""Moving a visa case. The table in `registration.enums` says what may happen; `move_case` makes it happen."""

from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.papers import void_paper
from forum.errors import DomainError
from forum.models import Account
from registration.actions.documents import note
from registration.actions.visa_letters import tell_data_wanted, tell_letter_void
from registration.enums import HAS_LETTER, VISA_MOVES, VisaState
from registration.models import Registration, VisaCase
from registration.queries.visas import due_of, letter_of


def lock_case(registration: Registration) -> VisaCase | None:
    """The case as it stands now, locked. The caller holds the locks of the person and the application."""
    case = VisaCase.objects.select_for_update(of=("self",)).select_related("rule").filter(registration=registration)
    found = case.first()
    if found:
        found.registration = registration
    return found


def move_case(
    case: VisaCase,
    to: VisaState,
    *,
    by: Account | None,
    reason: str = "",
    as_applicant: bool = False,
    tell: bool = True,
) -> None:
    """The only writer of `state`. The caller holds the locks and owns the transaction.

    A letter that is valid only in the state that is left becomes void. Whoever has to give data now is written to, and so is
    whoever loses a letter (unless `tell` is False). Raises `DomainError("visa.move_refused")` for a move not in the table.
    """
    was = VisaState(case.state)
    if to not in VISA_MOVES[was]:
        message = _("This is no longer possible: the visa case is now “%(state)s”.") % {"state": was.label}
        raise DomainError("visa.move_refused", message)
    case.state = to
    case.version += 1
    if to == VisaState.WANTED:
        case.wanted_at, case.told_days = now(), None
    case.save(update_fields=["state", "version", "wanted_at", "told_days", "changed_at"])
    note(case.registration, f"registration.visa_{to}", by=by, as_applicant=as_applicant, reason=reason, was=was)
    if to not in HAS_LETTER:
        void_letter(case, by=by, reason=reason, as_applicant=as_applicant, tell=tell)
    if to == VisaState.WANTED and tell:
        tell_data_wanted(case, due=due_of(case))


def void_letter(
    case: VisaCase, *, by: Account | None, reason: str = "", as_applicant: bool = False, tell: bool = True
) -> bool:
    """The valid letter, if there is one, is valid no longer, and its bytes go. Part of a move, or of issuing a new one."""
    paper = letter_of(case.registration)
    if paper is None or not void_paper(paper):
        return False
    case.letter_outdated_at = None
    case.save(update_fields=["letter_outdated_at", "changed_at"])
    note(
        case.registration,
        "registration.letter_void",
        by=by,
        as_applicant=as_applicant,
        reason=reason,
        number=paper.number,
    )
    if tell:
        tell_letter_void(case, paper)
    return True
