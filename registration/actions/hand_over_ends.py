"""How a hand-over ends, and what both people are told."""

from django.utils.timezone import now

from forum.actions.messages import queue_message
from forum.models import Account
from forum.names import full_in
from registration.actions.documents import note
from registration.actions.notices import greeting_context, letter_context
from registration.enums import HOLDS_PLACE, HandOverEnd, RegistrationState
from registration.models import HandOver, Registration
from registration.queries.hand_over import open_hand_overs
from registration.queries.people import name_of

HANDED = "registration.handed"
ENDED = "registration.hand_over_over"
DONE = "registration.hand_over_done"
KEPT = "registration.hand_over_kept"
"""To the substitute: the place is meant for you; it no longer is. To the giver: it has moved; it is still yours."""
_NEEDS_NONE = HOLDS_PLACE | {RegistrationState.CANCELLED, RegistrationState.REJECTED}
_SUBSTITUTE_HEARS = {HandOverEnd.GIVER_LEFT, HandOverEnd.LATE}


def end(hand_over: HandOver, outcome: HandOverEnd) -> bool:
    """Close it and tell whom it concerns. False when it was closed already."""
    open_now = HandOver.objects.filter(pk=hand_over.pk, ended_at=None)
    if not open_now.update(ended_at=now(), outcome=outcome):
        return False
    if outcome in _SUBSTITUTE_HEARS:
        tell_substitute(hand_over, ENDED)
    if outcome == HandOverEnd.DONE:
        _tell_giver(hand_over, DONE)
    if outcome in (HandOverEnd.DECLINED, HandOverEnd.LATE):
        _tell_giver(hand_over, KEPT)
    return True


def end_with(registration: Registration, *, was: RegistrationState, to: RegistrationState, by: Account | None) -> None:
    """What a move of either of the two means for an open hand-over. The caller holds the lock of the one that moves.

    A substitute who gets a place of their own, from the line or because they come in another category, needs no other.
    """
    if was == RegistrationState.CONFIRMED:
        for found in open_hand_overs().filter(registration=registration):
            _end_and_note(found, HandOverEnd.GIVER_LEFT, by=by)
    if to in _NEEDS_NONE:
        for found in open_hand_overs().filter(substitute=registration):
            _end_and_note(found, HandOverEnd.DECLINED, by=by)


def _end_and_note(found: HandOver, outcome: HandOverEnd, *, by: Account | None) -> None:
    if end(found, outcome):
        note(found.registration, "registration.hand_over_ended", by=by, as_applicant=False, outcome=outcome)


def end_replaced(giver: Registration, *, by: Registration) -> None:
    """The place has moved: to the substitute whom the giver has named, or to somebody whom an officer chose."""
    for found in open_hand_overs().filter(registration=giver):
        end(found, HandOverEnd.DONE if found.substitute_id == by.pk else HandOverEnd.GIVER_LEFT)


def tell_substitute(hand_over: HandOver, reason: str) -> None:
    """With the own link while the place is meant for them; without one when it is over."""
    substitute = hand_over.substitute
    giver = _named(hand_over.registration, language=substitute.language)
    context = letter_context(substitute) | {"giver": giver} if reason == HANDED else last_words(hand_over)
    write(reason, substitute, hand_over, context, to=substitute.person.email)


def last_words(hand_over: HandOver) -> dict[str, str]:
    """What the letter to the substitute tells when the place is no longer meant for them."""
    giver = _named(hand_over.registration, language=hand_over.substitute.language)
    return greeting_context(hand_over.substitute) | {"giver": giver}


def _tell_giver(hand_over: HandOver, reason: str) -> None:
    giver = hand_over.registration
    substitute = _named(hand_over.substitute, language=giver.language)
    if giver.person.processing_stopped_at is None:
        write(reason, giver, hand_over, greeting_context(giver) | {"substitute": substitute}, to=giver.person.email)


def write(reason: str, registration: Registration, hand_over: HandOver, context: dict[str, str], *, to: str) -> None:
    """One letter of this hand-over, where there is an address."""
    if not to:
        return
    queue_message(
        reason,
        about=("registration", registration.ref),
        occasion=f"hand_over:{hand_over.public_id}",
        to=to,
        language=registration.language,
        forum=registration.forum,
        context=context,
    )


def _named(registration: Registration, *, language: str) -> str:
    """The other one of the two, in full, in the script of the letter where there is that spelling."""
    return full_in(name_of(registration.person), language=language)
