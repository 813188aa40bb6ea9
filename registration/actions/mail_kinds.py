"""Every letter of registration: its reason, and what the team calls it. The texts are `registration/mail/…`."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from registration.actions import (
    changes,
    confirming,
    consent_letters,
    form_publishing,
    hand_over_ends,
    import_rows,
    invitation_letters,
    members,
    missing,
    names_wanted,
    notices,
    person_erasing,
    self_deletion,
    visa_letters,
)
from registration.actions import delegations as actions_of_delegations
from registration.queries import delegations, retention

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LETTERS: "dict[str, _StrPromise]" = {
    **{reason: notices.LABELS[state] for state, reason in notices.REASONS.items()},
    **invitation_letters.LETTERS,
    **visa_letters.LABELS,
    missing.REMINDER: _("Reminder of missing answers"),
    form_publishing.LETTER: _("New questions"),
    import_rows.LETTER: _("Prepared from a list"),
    delegations.REMINDER: _("Reminder of what is missing"),
    members.WITHDRAWN: _("Participation withdrawn"),
    changes.ACCEPTED: _("Requested change made"),
    changes.DECLINED: _("Requested change declined"),
    confirming.REMINDER: _("Reminder to confirm"),
    confirming.PROLONGED: _("More time to confirm"),
    notices.OFFERED: _("Offer of a place from the waiting list"),
    notices.OFFER_OVER: _("Offer of a place is over"),
    notices.CONSENT_WITHDRAWN: _("Consent withdrawn"),
    names_wanted.WANTED: _("Reminder of names for kept places"),
    names_wanted.GONE: _("Kept places have gone back"),
    actions_of_delegations.NAMED: _("Named head of a delegation"),
    consent_letters.LETTER: _("Newer text of a consent"),
    consent_letters.ASKS: _("A receiver asks for a consent"),
    notices.EMAIL_CODE: _("Code for a new email"),
    notices.EMAIL_CHANGED: _("Email changed"),
    self_deletion.CODE: _("Code to delete all data"),
    person_erasing.DELETED: _("Data deleted"),
    hand_over_ends.HANDED: _("Place handed over, to the substitute"),
    hand_over_ends.ENDED: _("Place not handed over any more, to the substitute"),
    hand_over_ends.DONE: _("Place handed over, to the giver"),
    hand_over_ends.KEPT: _("Place stays, to the giver"),
    retention.REMINDER: _("Unsent application, reminder"),
}
_OF_STATES = {reason: state.value for state, reason in notices.REASONS.items()}


def template_of(reason: str) -> str:
    """Where the texts of a letter lie; letters about a state are named after it."""
    return f"registration/mail/{_OF_STATES.get(reason) or reason.removeprefix('registration.')}"
