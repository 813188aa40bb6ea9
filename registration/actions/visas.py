"""Visa cases: opened by a rule, an officer or the person; the stay is told; officers decide. Nothing here ever blocks
an application.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from registration.actions.documents import note
from registration.actions.state import lock, refuse_stopped
from registration.actions.visa_state import lock_case, move_case
from registration.engine.visas.rules import Rule, Verdict
from registration.enums import VISA_ASKS, VISA_OPEN, VisaOutcome, VisaState
from registration.models import Registration, VisaCase
from registration.queries.documents import needs_of_one
from registration.queries.visas import STAY, document_kinds, is_asked, rules_of, standing_of, verdict_of

S = VisaState
FOLLOWS = {
    VisaOutcome.FREE: S.NOT_NEEDED,
    VisaOutcome.E_VISA: S.NOT_NEEDED,
    VisaOutcome.VISA: S.WANTED,
    VisaOutcome.UNKNOWN: S.CHECKING,
}
"""Where a case begins. An e-visa needs no letter of ours; who wants one asks for it."""
UNDECIDED = frozenset({S.NOT_NEEDED, S.CHECKING, S.WANTED, S.READY})
"""Here the rules may still move a case."""


# --- the rules ---------------------------------------------------------------------------------------------------------------
def assess(registration: Registration, *, rules: Iterable[Rule] | None = None, reopen: bool = False) -> VisaCase | None:
    """Open or move the case as the rules say. The caller holds the locks of the person and the application.

    What an officer has decided, or the person has asked for, stays. `reopen`: the person comes again after all, so a dropped
    case begins anew.
    """
    if not is_asked(registration):
        return None
    case = lock_case(registration)
    found = rules if rules is not None else rules_of(registration.forum, citizenship=registration.person.citizenship)
    document = document_kinds([registration]).get(registration.pk, "")
    said = verdict_of(registration, rules=found, document=document, case=case)
    if case is None:
        return None if said.outcome == VisaOutcome.FREE else _open(registration, said)
    _write_verdict(case, said)
    if reopen and case.state == S.DROPPED:
        case.decided_by = case.asked_at = None
        case.save(update_fields=["decided_by", "asked_at"])
        move_case(case, FOLLOWS[said.outcome], by=None)
    elif case.state in UNDECIDED and case.decided_by is None and case.asked_at is None:
        _follow(case, FOLLOWS[said.outcome])
    return case


def _open(registration: Registration, said: Verdict) -> VisaCase:
    """A new case begins as not needed and is moved, so that its history and letters are those of every move."""
    case = _create(registration, outcome=said.outcome)
    _write_verdict(case, said)
    if FOLLOWS[said.outcome] != case.state:
        move_case(case, FOLLOWS[said.outcome], by=None)
    check_ready(case, by=None)
    return case


def _create(registration: Registration, *, outcome: VisaOutcome) -> VisaCase:
    last = needs_of_one(registration).erase_after(registration.forum)
    return VisaCase.objects.create(registration=registration, state=S.NOT_NEEDED, outcome=outcome, erase_after=last)


def _write_verdict(case: VisaCase, said: Verdict) -> None:
    key = said.rule.key if said.rule else None
    if (case.outcome, case.rule_id) != (said.outcome, key):
        case.outcome, case.rule_id = said.outcome, key
        case.save(update_fields=["outcome", "rule", "changed_at"])


def _follow(case: VisaCase, to: VisaState) -> None:
    if to == S.WANTED and case.state == S.READY:
        return
    if to != case.state:
        move_case(case, to, by=None)
        check_ready(case, by=None)


# --- the person --------------------------------------------------------------------------------------------------------------
@transaction.atomic(durable=True)
def ask_for_letter(registration: Registration, *, by: Account | None, as_applicant: bool = True) -> VisaCase:
    """“I need a letter”, or an officer says so. Asking twice is asking once.

    Raises `DomainError` for people without a place (yet), and for those to whom entry is no question.
    """
    registration = lock(registration)
    refuse_stopped(registration)
    if not is_asked(registration):
        raise DomainError(
            "visa.no_letter", _("A letter can be written once the place is given, for guests from abroad.")
        )
    case = assess(registration) or _create(registration, outcome=VisaOutcome.FREE)
    if case.state in (*VISA_ASKS, S.GRANTED):
        return case
    case.asked_at, case.decided_by = (now(), None) if as_applicant else (case.asked_at, by)
    case.save(update_fields=["asked_at", "decided_by"])
    move_case(case, S.WANTED, by=by, as_applicant=as_applicant, tell=not as_applicant)
    check_ready(case, by=by, as_applicant=as_applicant)
    return case


@transaction.atomic(durable=True)
def stop_asking(registration: Registration, *, by: Account | None) -> bool:
    """The person needs no letter any more; a valid one becomes void. Stopping twice is stopping once."""
    registration = lock(registration)
    case = lock_case(registration)
    if case is None or case.state not in VISA_OPEN:
        return False
    move_case(case, S.DROPPED, by=by, as_applicant=True, tell=False)
    return True


@transaction.atomic(durable=True)
def save_stay(
    registration: Registration,
    *,
    values: Mapping[str, Any],
    version: int,
    by: Account | None,
    as_applicant: bool = True,
) -> VisaCase:
    """Keep when and where somebody arrives and leaves, and at which consulate they apply.

    Raises `DomainError` where nothing asks for it, when somebody saved in between, and for days that cannot be.
    """
    registration = lock(registration)
    refuse_stopped(registration)
    case = lock_case(registration)
    if case is None or case.state not in VISA_ASKS:
        raise DomainError("visa.not_asked", _("Nothing asks for these data now, so nothing of them is kept."))
    if case.version != version:
        raise DomainError("visa.stale", _("Somebody changed these data meanwhile. Load the page again."))
    _refuse_impossible(registration, values)
    changed = [name for name in STAY if values.get(name) != getattr(case, name)]
    if not changed:
        return case
    for name in changed:
        setattr(case, name, values.get(name))
    case.version += 1
    case.erased_at, case.erase_after = None, needs_of_one(registration).erase_after(registration.forum)
    case.save()
    note(registration, "registration.visa_stay_saved", by=by, as_applicant=as_applicant, changed=changed)
    outdate_letter(case)
    assess(registration)
    check_ready(lock_case(registration), by=by, as_applicant=as_applicant)
    return case


def _refuse_impossible(registration: Registration, values: Mapping[str, Any]) -> None:
    fields: dict[str, str] = {}
    for field, words in _impossible(registration, values.get("arrives_on"), values.get("leaves_on")):
        fields.setdefault(field, words)
    if fields:
        raise DomainError("visa.impossible", _("Some days cannot be right."), fields=fields, status=422)


def _impossible(registration: Registration, arrives: date | None, leaves: date | None) -> Iterator[tuple[str, str]]:
    """What is wrong with which day; of one day the first finding is told."""
    forum = registration.forum
    for field, day in (("arrives_on", arrives), ("leaves_on", leaves)):
        if _too_far(day, forum.starts_on):
            yield field, _("This is more than a year from the forum. Check the year.")
    if arrives and arrives > forum.ends_on:
        yield "arrives_on", _("By then the forum is over. Check the day of arrival.")
    if leaves and leaves < forum.starts_on:
        yield "leaves_on", _("By then the forum has not begun. Check the day of departure.")
    if arrives and leaves and leaves < arrives:
        yield "leaves_on", _("The departure cannot be before the arrival. Check both days.")


def _too_far(day: date | None, from_day: date) -> bool:
    return day is not None and abs((day - from_day).days) > 366


def check_ready(case: VisaCase | None, *, by: Account | None, as_applicant: bool = False) -> None:
    """Everything is there: ready for the letter. Something went: wanted again."""
    if case is None or case.state not in (S.WANTED, S.READY):
        return
    to = S.READY if standing_of(case).is_complete else S.WANTED
    if to != case.state:
        move_case(case, to, by=by, as_applicant=as_applicant)


def outdate_letter(case: VisaCase) -> None:
    """Something that stands in the valid letter has changed: an officer looks whether a new one is needed."""
    if case.state in (S.ISSUED, S.GRANTED) and case.letter_outdated_at is None:
        case.letter_outdated_at = now()
        case.save(update_fields=["letter_outdated_at", "changed_at"])


# --- the officers ------------------------------------------------------------------------------------------------------------
@transaction.atomic(durable=True)
def decide_case(registration: Registration, to: VisaState, *, remark: str, by: Account) -> VisaCase:
    """An officer says where the case goes; from now on the rules leave it alone. Deciding the same twice is once."""
    registration = lock(registration)
    case = lock_case(registration)
    if case is None:
        raise DomainError("visa.none", _("This person has no visa case."))
    if case.state != to:
        case.decided_by = by
        case.save(update_fields=["decided_by"])
        move_case(case, to, by=by)
        check_ready(case, by=by)
    if remark and remark != case.note:
        case.note, case.erased_at = remark, None
        case.save(update_fields=["note", "erased_at", "changed_at"])
        note(registration, "registration.visa_remark", by=by)
    return case
