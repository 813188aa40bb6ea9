"""What an application is and becomes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationState(TextChoices):
    """Where an application stands. Badge issued and checked in are not states: they are derived from scans."""

    DRAFT = "draft", pgettext_lazy("application state", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("application state", "Under review")
    NEEDS_CHANGES = "needs_changes", pgettext_lazy("application state", "Needs changes")
    APPROVED = "approved", pgettext_lazy("application state", "Approved")
    WAITLISTED = "waitlisted", pgettext_lazy("application state", "On the waiting list")
    REJECTED = "rejected", pgettext_lazy("application state", "Not accepted")
    CONFIRMED = "confirmed", pgettext_lazy("application state", "Confirmed")
    CANCELLED = "cancelled", pgettext_lazy("application state", "Withdrawn")
    REPLACED = "replaced", pgettext_lazy("application state", "Replaced")
    BLOCKED = "blocked", pgettext_lazy("application state", "Blocked")


_S = RegistrationState
MOVES: dict[RegistrationState, frozenset[RegistrationState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.CANCELLED}),
    _S.SUBMITTED: frozenset({_S.NEEDS_CHANGES, _S.APPROVED, _S.WAITLISTED, _S.REJECTED, _S.CANCELLED}),
    _S.NEEDS_CHANGES: frozenset({_S.SUBMITTED, _S.REJECTED, _S.CANCELLED}),
    _S.WAITLISTED: frozenset({_S.APPROVED, _S.REJECTED, _S.CANCELLED}),
    _S.APPROVED: frozenset({_S.CONFIRMED, _S.CANCELLED, _S.BLOCKED}),
    _S.CONFIRMED: frozenset({_S.CANCELLED, _S.REPLACED, _S.BLOCKED}),
    _S.REJECTED: frozenset({_S.SUBMITTED}),
    _S.BLOCKED: frozenset({_S.CONFIRMED, _S.CANCELLED}),
    _S.CANCELLED: frozenset(),
    _S.REPLACED: frozenset(),
}
"""The only moves there are; `registration.actions.state.move` is the only writer."""
HOLDS_PLACE = frozenset({_S.APPROVED, _S.CONFIRMED})
"""A quota counts approved and confirmed people."""
HAS_PLACE = [(s.value, s.label) for s in _S if s in HOLDS_PLACE]
"""The same as choices."""
SEEN = [(s.value, s.label) for s in _S if s != _S.DRAFT]
"""States as the team sees them: drafts belong to their applicants alone."""
UNDER_WAY = frozenset({_S.SUBMITTED, _S.WAITLISTED, _S.APPROVED, _S.CONFIRMED})
"""Sent and alive; whoever is asked for changes answers in the form itself."""
EDITABLE = frozenset({_S.DRAFT, _S.NEEDS_CHANGES})
"""The applicant may still change the answers; later the key fields are locked."""


class SpokenLanguage(TextChoices):
    """Languages of spoken comfort; not the language of the interface, nor of emails."""

    RU = "ru", _("Russian")
    EN = "en", _("English")
    UZ = "uz", _("Uzbek")
    BE = "be", _("Belarusian")
    DE = "de", _("German")
    ZH = "zh", _("Chinese")
    KK = "kk", _("Kazakh")
    TT = "tt", _("Tatar")


class HandOverEnd(TextChoices):
    """How the way of a place to a substitute ended."""

    DONE = "done", pgettext_lazy("place on its way to a substitute", "handed over")
    TAKEN_BACK = "taken_back", pgettext_lazy("place on its way to a substitute", "taken back")
    DECLINED = "declined", pgettext_lazy("place on its way to a substitute", "the substitute does not come")
    GIVER_LEFT = "giver_left", pgettext_lazy("place on its way to a substitute", "the place is gone")
    LATE = "late", pgettext_lazy("place on its way to a substitute", "the forum has begun")


class InvitationState(TextChoices):
    """Where a personal invitation stands. Opened: the person has pressed the button on its page; mail scanners press none."""

    WRITTEN = "written", pgettext_lazy("invitation state", "Written")
    SENT = "sent", pgettext_lazy("invitation state", "Sent")
    OPENED = "opened", pgettext_lazy("invitation state", "Opened")
    USED = "used", pgettext_lazy("invitation state", "Used")
    DECLINED = "declined", pgettext_lazy("invitation state", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation state", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("invitation state", "Expired")


LIVING = frozenset({InvitationState.WRITTEN, InvitationState.SENT, InvitationState.OPENED})
"""The invitation still lets somebody in; from every other state there is no way back, and nothing personal is kept."""


class Entrance(TextChoices):
    """By what an application was begun, where it was not begun by the public form alone."""

    INVITATION = "invitation", _("personal invitation")
    CODE = "code", _("code")


class Likeness(TextChoices):
    """What two applications have in common, the strongest first."""

    DOCUMENT = "document", pgettext_lazy("two applications", "same document")
    BIRTH_DATE = "birth_date", pgettext_lazy("two applications", "same birth date")
    EMAIL = "email", pgettext_lazy("two applications", "same email")
    NAME = "name", pgettext_lazy("two applications", "same name")


MERGEABLE = frozenset({_S.SUBMITTED, _S.NEEDS_CHANGES, _S.WAITLISTED, _S.APPROVED, _S.CONFIRMED, _S.BLOCKED})
"""Living applications that the officers have seen: of two such of one person, one may end in the other."""
