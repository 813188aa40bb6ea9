"""Where an application stands, said to the applicant: one line of truth, the next thing to do, what happened."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.templatetags.times import day_text, reader_locale, when_text
from registration.actions.bulk_undo import UNDONE
from registration.actions.merging import MERGED
from registration.actions.offers import OFFER_LAPSED
from registration.actions.sweeps import NOT_CONFIRMED
from registration.enums import MOVES, RegistrationState
from registration.models import Registration, RegistrationMove
from registration.queries.line import InLine
from registration.queries.questions import PREFIX, missing_of, owes_answers
from registration.web.answers import STEP_FIELDS
from registration.web.waiting import offer_address, waiting_hint, waiting_line

_S = RegistrationState
TONES = {
    _S.DRAFT: "off",
    _S.SUBMITTED: "wait",
    _S.NEEDS_CHANGES: "ask",
    _S.APPROVED: "new",
    _S.WAITLISTED: "wait",
    _S.REJECTED: "no",
    _S.CONFIRMED: "ok",
    _S.CANCELLED: "off",
    _S.REPLACED: "off",
    _S.BLOCKED: "no",
}
"""Tones of the chips of the design system."""
TOLD = frozenset({_S.NEEDS_CHANGES, _S.APPROVED, _S.WAITLISTED, _S.REJECTED})
"""States whose note was written for the applicant; the reason of a block was not."""


@dataclass(frozen=True)
class NextStep:
    """The one button: a link, or a form that posts."""

    label: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Standing:
    """`line` is the truth in one sentence, `hint` what it means, `note` what an officer wrote to the applicant."""

    line: str
    hint: str
    note: str = ""
    step: NextStep | None = None
    asks: NextStep | None = None
    """Beside the step: questions that have come since."""


def standing(registration: Registration, waits: InLine | None = None) -> Standing:
    """What the applicant reads first; `waits` is how somebody on the waiting list stands in it."""
    if registration.state == _S.WAITLISTED:
        return _waitlisted(registration, waits)
    says = _SAYS[RegistrationState(registration.state)](registration)
    return replace(says, asks=_new_questions(registration)) if owes_answers(registration) else says


def _new_questions(registration: Registration) -> NextStep:
    return NextStep(_("Answer the questions"), reverse("registration:answer_again", args=[registration.ref]))


def may_withdraw(registration: Registration) -> bool:
    """Whether the applicant may take the application back by themselves; a blocked person asks the organiser."""
    state = RegistrationState(registration.state)
    return state not in (_S.DRAFT, _S.BLOCKED) and _S.CANCELLED in MOVES[state]


def first_missing_step(registration: Registration) -> str:
    """The step with the first missing answer; the summary where nothing is missing."""
    missing = missing_of(registration)
    usual = next((step for step, fields in STEP_FIELDS.items() if missing.keys() & set(fields)), "")
    return usual or ("questions" if any(name.startswith(PREFIX) for name in missing) else "summary")


def step_url(registration: Registration, step: str) -> str:
    """The address of a step of the form."""
    if step in ("summary", "questions"):
        return reverse(f"registration:{step}", args=[registration.ref])
    return reverse("registration:step", args=[registration.ref, step])


def _draft(registration: Registration) -> Standing:
    if registration.awaits_consent:
        agree = NextStep(_("Read the consent and go on"), reverse("registration:agree", args=[registration.ref]))
        return Standing(
            _("Prepared for you, not sent."),
            _("What is known is filled in. Read the consent, check every answer, then send it yourself."),
            step=agree,
        )
    step = NextStep(_("Continue the application"), step_url(registration, first_missing_step(registration)))
    return Standing(_("Not sent yet."), _("We see the application only after you send it."), step=step)


def _submitted(registration: Registration) -> Standing:
    return Standing(
        _("Under review since %(day)s.") % {"day": _day(registration.submitted_at, registration)},
        _("There is nothing to do now. The answer comes by email, usually within a few working days."),
    )


def _day(moment: datetime | None, registration: Registration) -> str:
    """The day on the forum's calendar, without its weekday."""
    if moment is None:
        return ""
    locale = reader_locale()
    pattern = "d-MMMM" if locale.language == "uz" else "d MMMM"
    return format_date(moment.astimezone(ZoneInfo(registration.forum.timezone)).date(), pattern, locale=locale)


def _needs_changes(registration: Registration) -> Standing:
    step = NextStep(_("Correct and send again"), step_url(registration, "summary"))
    return Standing(
        _("Your application needs a correction."), _("This is what the organisers ask for:"), registration.note, step
    )


def _approved(registration: Registration) -> Standing:
    step = NextStep(_("I am coming"), reverse("registration:confirm", args=[registration.ref]), posts=True)
    deadline = registration.confirm_by
    if deadline is None:
        return Standing(
            _("Approved. Please confirm."), _("Tell us that you are coming; then we make your badge."), "", step
        )
    if deadline <= now():
        return _too_late(registration)
    line = _("Approved. Confirm by %(deadline)s.") % {"deadline": when_text(deadline, zone=registration.forum.timezone)}
    return Standing(line, _("Tell us that you are coming; then we make your badge."), registration.note, step)


def _too_late(registration: Registration) -> Standing:
    return Standing(
        _("The place was not confirmed in time."),
        _("It goes to the next person in line. If you still want to come, write to %(email)s.")
        % {"email": registration.forum.contact_email},
    )


def _waitlisted(registration: Registration, waits: InLine | None) -> Standing:
    address = offer_address(registration, waits)
    step = NextStep(_("Accept the place"), address, posts=True) if address else None
    note = "" if address else registration.note
    return Standing(waiting_line(registration, waits), waiting_hint(registration, waits), note, step)


def _rejected(registration: Registration) -> Standing:
    return Standing(
        _("We could not accept the application."),
        _("Questions? Write to %(email)s.") % {"email": registration.forum.contact_email},
        registration.note,
    )


def _confirmed(registration: Registration) -> Standing:
    forum = registration.forum
    return Standing(
        _("You are taking part."),
        _("We are waiting for you in %(city)s from %(day)s.") % {"city": forum.city, "day": day_text(forum.starts_on)},
    )


def _cancelled(registration: Registration) -> Standing:
    if registration.note == NOT_CONFIRMED:
        return _too_late(registration)
    if registration.note == OFFER_LAPSED:
        return _not_answered(registration)
    if registration.note == MERGED:
        return _merged(registration)
    return Standing(
        _("Withdrawn."), _("The place has been given back. You may apply again while applications are open.")
    )


def _not_answered(registration: Registration) -> Standing:
    return Standing(
        _("The offer of a place was not answered in time."),
        _("It went to the next person in line. If you still want to come, write to %(email)s.")
        % {"email": registration.forum.contact_email},
    )


def _merged(registration: Registration) -> Standing:
    return Standing(
        _("Joined with your other application."),
        _("You had applied twice; the other application goes on. Is this a mistake? Write to %(email)s.")
        % {"email": registration.forum.contact_email},
    )


def _replaced(registration: Registration) -> Standing:
    return Standing(_("Another person comes in your place."), _("This application is closed."))


def _blocked(registration: Registration) -> Standing:
    return Standing(
        _("Your participation is suspended."),
        _("The badge does not work now. Please write to %(email)s.") % {"email": registration.forum.contact_email},
    )


_SAYS = {
    _S.DRAFT: _draft,
    _S.SUBMITTED: _submitted,
    _S.NEEDS_CHANGES: _needs_changes,
    _S.APPROVED: _approved,
    _S.REJECTED: _rejected,
    _S.CONFIRMED: _confirmed,
    _S.CANCELLED: _cancelled,
    _S.REPLACED: _replaced,
    _S.BLOCKED: _blocked,
}


def time_line(registration: Registration, moves: list[RegistrationMove]) -> list[dict[str, Any]]:
    """What happened, and what is still to come, for the component `timeline`."""
    zone = registration.forum.timezone
    started = {"title": _("Application started"), "moment": registration.created_at, "zone": zone}
    happened = [
        {"title": _move_title(step), "moment": step.at, "zone": zone, "text": _move_text(step)} for step in moves
    ]
    return [started, *happened, *_to_come(registration)]


def _move_title(step: RegistrationMove) -> str:
    if step.to == _S.CANCELLED and step.note == NOT_CONFIRMED:
        return _("Not confirmed in time")
    if step.to == _S.CANCELLED and step.note == OFFER_LAPSED:
        return _("Offer not answered in time")
    if step.to == _S.CANCELLED and step.note == MERGED:
        return _("Joined with your other application")
    if step.note == UNDONE:
        return _("Decision taken back")
    if step.was == _S.BLOCKED and step.to in (_S.APPROVED, _S.CONFIRMED):
        return _("Participation goes on again")
    if step.to == _S.SUBMITTED:
        again = {_S.NEEDS_CHANGES: _("Corrected and sent again"), _S.REJECTED: _("Taken up again")}
        return again.get(RegistrationState(step.was), _("Application sent"))
    titles = {
        _S.NEEDS_CHANGES: _("The organisers asked for a correction"),
        _S.APPROVED: _("Application approved"),
        _S.WAITLISTED: _("Put on the waiting list"),
        _S.REJECTED: _("Application not accepted"),
        _S.CONFIRMED: _("Participation confirmed"),
        _S.CANCELLED: _("Application withdrawn"),
        _S.REPLACED: _("Replaced by another person"),
        _S.BLOCKED: _("Participation suspended"),
    }
    return titles[RegistrationState(step.to)]


def _move_text(step: RegistrationMove) -> str:
    return step.note if step.to in TOLD and step.note not in (UNDONE, MERGED) else ""


def _to_come(registration: Registration) -> list[dict[str, str]]:
    """The rest of the usual way, so that people see what they wait for."""
    days = _("Forum: %(day)s, %(city)s") % {
        "day": day_text(registration.forum.starts_on),
        "city": registration.forum.city,
    }
    way = [_("The organisers decide"), _("You confirm that you are coming"), _("Your badge"), days]
    passed = {_S.SUBMITTED: 0, _S.NEEDS_CHANGES: 0, _S.WAITLISTED: 0, _S.APPROVED: 1, _S.CONFIRMED: 3}
    state = RegistrationState(registration.state)
    if state not in passed:
        return []
    rest = way[passed[state] :]
    return [{"title": title, "state": "current" if n == 0 else "todo"} for n, title in enumerate(rest)]
