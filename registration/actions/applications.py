"""What an applicant does: start, answer, send, confirm, withdraw."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.inserting import update
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions.answers import Filled, carry_over, forget_hidden, hold_choices, refuse_full, write_answers
from registration.actions.consents import note_consent
from registration.actions.documents import follow_citizenship
from registration.actions.entrance_use import refuse_locked, skips_review, use_entrance
from registration.actions.facts import DECIDING, give_login, note_changes, refuse_stale, write_own, write_person
from registration.actions.review import approve_if_free
from registration.actions.state import lock, move
from registration.enums import EDITABLE, ConsentEvidence, RegistrationState
from registration.models import Category, ConsentDocument, Person, Registration
from registration.queries.hand_over import giver_of
from registration.queries.questions import missing_of


@transaction.atomic(durable=True)
def start_application(
    *,
    forum: Forum,
    category: Category,
    document: ConsentDocument,
    language: str,
    ip: str | None = None,
    account: Account | None = None,
    by: Account | None = None,
) -> Registration:
    """Open a draft. The consent is the first thing stored: no personal data comes before it.

    `by` is a team member who opens it for somebody of the team or of a plant; applicants cannot choose those categories.
    Raises `DomainError` when applications are closed or the category is not open to applicants.
    """
    if by is None:
        _refuse_closed(forum, category)
    return open_draft(category=category, document=document, language=language, ip=ip, account=account, by=by)


def open_draft(
    *,
    category: Category,
    document: ConsentDocument,
    language: str,
    ip: str | None = None,
    account: Account | None = None,
    by: Account | None = None,
    came_by: str = "",
) -> Registration:
    """The draft with its consent; whether somebody may begin here, the caller has looked."""
    person = Person.objects.create(forum=category.forum, account=account)
    note_consent(person, document=document, language=language, evidence=ConsentEvidence.OWN_TICK, ip=ip)
    registration = Registration.objects.create(
        forum=category.forum, person=person, category=category, language=language, came_by=came_by
    )
    record(
        "registration.started",
        on=("registration", registration.ref),
        forum=category.forum,
        by=by or account,
        as_applicant=True,
        consent=f"{document.purpose}:{document.version}",
        came_by=came_by,
    )
    return registration


def _refuse_closed(forum: Forum, category: Category) -> None:
    if not forum.applications_open:
        raise DomainError(
            "registration.closed", _("Applications are closed. Write to %(email)s.") % {"email": forum.contact_email}
        )
    if not category.open_to_applicants:
        raise DomainError("registration.category_closed", _("This kind of participation is by invitation only."))


def refuse_without_consent(registration: Registration) -> None:
    """Raise `DomainError` for an application that was entered from a list and not agreed to by its person yet."""
    if registration.awaits_consent:
        raise DomainError(
            "registration.consent_missing",
            _("First read the consent and agree to it; then go on with the application."),
        )


@transaction.atomic(durable=True)
def save_answers(
    registration: Registration,
    *,
    version: int,
    answers: Mapping[str, Any],
    questions: Filled | None = None,
    by: Account | None = None,
) -> Registration:
    """Keep a step of the form. `answers` maps field names of the person and the registration to cleaned values,
    `questions` are answers to the form of the category.

    Only drafts and applications sent back may change. Raises `DomainError` with status 409 when somebody saved in between
    (`version` is stale), when there are other questions by now (`questions.changed`), or when a chosen answer has no place
    left (`questions.full`); the caller keeps what was typed.
    """
    registration = lock(registration)
    if _take_over(registration, version=version, answers=answers, questions=questions, by=by):
        update(registration)
    return registration


@busy_in_words
@transaction.atomic(durable=True)
def save_and_send(
    registration: Registration, *, version: int, answers: Mapping[str, Any], by: Account | None = None
) -> Registration:
    """`save_answers` and `submit` at once: all of it or nothing. Raises what they raise."""
    registration = _locked_with_giver(registration)
    _take_over(registration, version=version, answers=answers, questions=None, by=by, sends=True)
    hand_in(registration, by=by, as_applicant=True)
    return registration


def _take_over(
    registration: Registration,
    *,
    version: int,
    answers: Mapping[str, Any],
    questions: Filled | None,
    by: Account | None,
    sends: bool = False,
) -> bool:
    """Write what has changed, but for the row of the application itself, which the caller saves or moves. Whether anything
    has. The caller holds the locks.
    """
    if registration.state not in EDITABLE:
        raise DomainError("registration.locked", _("The application has been sent and can no longer be changed here."))
    refuse_without_consent(registration)
    refuse_stale(registration, version)
    refuse_locked(registration, answers)
    own = write_own(registration, answers)
    changed = write_person(registration, answers, with_login=sends) + own
    changed += _follow_questions(registration, changed, questions)
    if changed:
        note_changes(registration, "registration.answered", changed, by=by, as_applicant=True)
    if "citizenship" in changed:
        follow_citizenship(registration)
    return bool(changed)


def _follow_questions(registration: Registration, changed: list[str], questions: Filled | None) -> list[str]:
    """Keep answers to the category's questions, and those alone that still apply."""
    if "category" in changed:
        return carry_over(registration)
    if questions is None:
        return forget_hidden(registration) if DECIDING & set(changed) else []
    written = write_answers(registration, questions)
    if registration.submitted_at:
        hold_choices(registration)
    else:
        refuse_full(registration, questions)
    return written


@busy_in_words
@transaction.atomic(durable=True)
def submit(registration: Registration, *, by: Account | None = None) -> Registration:
    """Send the application to the officers. Sending twice is sending once.

    Makes the login for the email, so that the person can come back by emailed code. Raises `DomainError` with one message
    per missing answer.
    """
    registration = _locked_with_giver(registration)
    if registration.state in EDITABLE:
        hand_in(registration, by=by, as_applicant=True)
    return registration


def _locked_with_giver(registration: Registration) -> Registration:
    """The application as it stands; before it, whoever hands their place over to it: the older row first, as everywhere."""
    if giver := giver_of(registration):
        lock(giver)
    return lock(registration)


def hand_in(registration: Registration, *, by: Account | None, as_applicant: bool, needs_address: bool = True) -> None:
    """Send the application, by whomever; the caller holds the locks and owns the transaction. Raises as `submit` does.

    Without `needs_address` an email may be missing: the person has signed on paper and is told by the desk.
    """
    refuse_without_consent(registration)
    missing = missing_of(registration)
    if not needs_address:
        missing.pop("email", None)
    if missing:
        raise DomainError("registration.incomplete", _("Some answers are still missing."), fields=missing, status=400)
    if registration.person.account is None and registration.person.email:
        give_login(registration)
    registration.submitted_at = registration.submitted_at or now()
    at_once = skips_review(registration) or not registration.category.needs_approval
    is_first = registration.state == RegistrationState.DRAFT
    move(registration, RegistrationState.SUBMITTED, by=by, as_applicant=as_applicant)
    if at_once:
        approve_if_free(registration)
    if registration.category.form_id:
        hold_choices(registration)
    if is_first:
        use_entrance(registration)


@transaction.atomic(durable=True)
def confirm(registration: Registration, *, by: Account | None = None) -> Registration:
    """The delegate says “I am coming”. Confirming twice is confirming once.

    Raises `DomainError("registration.confirm_late")` after the deadline, even before the sweep has taken the place back.
    """
    registration = lock(registration)
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    if registration.confirm_by and registration.confirm_by <= now():
        raise DomainError(
            "registration.confirm_late",
            _("The time to confirm has passed and the place went to somebody else. Write to %(email)s.")
            % {"email": registration.forum.contact_email},
        )
    move(registration, RegistrationState.CONFIRMED, by=by, as_applicant=True)
    return registration


@transaction.atomic(durable=True)
def withdraw(registration: Registration, *, by: Account | None = None) -> Registration:
    """The applicant will not come: the place goes back and every badge dies. Withdrawing twice is withdrawing once.

    Nobody is written to about a draft: it was never sent, and its email may be somebody else's.
    """
    registration = lock(registration)
    if registration.state != RegistrationState.CANCELLED:
        tell = registration.state != RegistrationState.DRAFT
        move(registration, RegistrationState.CANCELLED, by=by, as_applicant=True, tell=tell)
    return registration
