"""What an application owes to the invitation or the code it was begun with: looked at, used, and given back.

The caller holds the locks of the person and the application. Invitations and codes come after the pools in the order of locks.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.errors import DomainError
from registration.actions.invitations import end, lock_invitation
from registration.enums import Entrance, InvitationState, RegistrationState
from registration.models import AccessCode, CodeUse, Invitation, Registration
from registration.queries import codes
from registration.queries.entrances import code_use_of, invitation_of, locked_answers
from registration.queries.invitations import is_open

_GAVE_BACK = frozenset({RegistrationState.CANCELLED, RegistrationState.REJECTED})


def refuse_locked(registration: Registration, answers: Mapping[str, Any]) -> None:
    """Raise `DomainError("entrance.locked")` for another answer where the invitation or the code has fixed one."""
    for field, value in locked_answers(registration).items():
        if field in answers and answers[field] != value:
            fixed = _("This belongs to the invitation or the code you have come by, and stays as it is.")
            raise DomainError("entrance.locked", fixed, fields={field: fixed}, status=422)


def skips_review(registration: Registration) -> bool:
    """Whether this first sending needs no decision: invited so, or by a code that says so."""
    if not registration.came_by or registration.state != RegistrationState.DRAFT:
        return False
    if invitation := invitation_of(registration):
        return invitation.skips_review and is_open(invitation)
    use = code_use_of(registration)
    return bool(use and use.code.skips_review)


def use_entrance(registration: Registration) -> None:
    """Part of the first sending. Raises `DomainError` when the code is used up or stopped, or when the invitation is over
    and without one nobody applies; then nothing has been sent.
    """
    if registration.came_by == Entrance.INVITATION:
        _use_invitation(registration)
    elif registration.came_by == Entrance.CODE:
        _use_code(registration)


def _use_invitation(registration: Registration) -> None:
    found = invitation_of(registration)
    if found is None:
        return
    invitation = lock_invitation(found)
    if invitation.state == InvitationState.USED:
        return
    if is_open(invitation):
        invitation.used_at = now()
        end(invitation, InvitationState.USED, by=None)
    elif not registration.category.open_to_applicants:
        raise invitation_over(invitation)


def invitation_over(invitation: Invitation) -> DomainError:
    """The refusal, with what can be done."""
    over = _("The invitation is no longer open, and without one nobody applies here. Write to %(email)s.")
    return DomainError("entrance.over", over % {"email": invitation.forum.contact_email}, status=410)


def _use_code(registration: Registration) -> None:
    use = code_use_of(registration)
    if use is None or use.is_taken:
        return
    if not take_use(use.code):
        raise code_over(AccessCode.objects.select_related("forum").get(pk=use.code_id))
    _mark_taken(use)


def take_use(code: AccessCode) -> bool:
    """Compare-and-set: one more use, if there is one and the code is alive."""
    alive = AccessCode.objects.filter(pk=code.pk, stopped_at=None, used__lt=F("uses"))
    in_time = alive.filter(valid_until=None) | alive.filter(valid_until__gt=now())
    return bool(in_time.update(used=F("used") + 1))


def _mark_taken(use: CodeUse) -> None:
    use.is_taken, use.taken_at, use.given_back_at = True, now(), None
    use.save(update_fields=["is_taken", "taken_at", "given_back_at"])


def code_over(code: AccessCode) -> DomainError:
    """Why the code opens nothing, with what can be done."""
    email = {"email": code.forum.contact_email}
    if code.stopped_at:
        text = _("This code has been stopped by the organisers. Write to %(email)s.")
    elif code.used >= code.uses:
        text = _("This code has been used as often as it may be. Ask whoever gave it to you, or write to %(email)s.")
    elif not code.forum.applications_open:
        text = _("Applications are closed. Write to %(email)s.")
    elif codes.is_open(code):
        text = _("This code could not be used just now. Try once more.")
    else:
        text = _("This code was valid for a time that is over. Write to %(email)s.")
    return DomainError("entrance.over", text % email, status=410)


def follow_move(registration: Registration, *, was: RegistrationState, to: RegistrationState) -> None:
    """Withdrawn or not accepted: the use is free for somebody else. Taken up again: it takes one, if one is left."""
    if registration.came_by != Entrance.CODE:
        return
    use = code_use_of(registration)
    if use is None:
        return
    if use.is_taken and to in _GAVE_BACK:
        AccessCode.objects.filter(pk=use.code_id, used__gt=0).update(used=F("used") - 1)
        use.is_taken, use.given_back_at = False, now()
        use.save(update_fields=["is_taken", "given_back_at"])
    elif not use.is_taken and was in _GAVE_BACK and take_use(use.code):
        _mark_taken(use)
