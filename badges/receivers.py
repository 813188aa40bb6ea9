"""News from registration. A revocation happens inside the move, since nobody who left may hold a live code."""

from typing import Any

from django.dispatch import receiver

from badges.actions.credentials import revoke_credentials
from badges.actions.erasing import erase_badges, forget_photo
from badges.actions.issuing import ask_for_badge
from forum.models import Account
from registration.enums import ErasedData, PictureKind, RegistrationState
from registration.models import Registration
from registration.signals import person_changed, person_erased, picture_dropped, registration_moved


@receiver(registration_moved, dispatch_uid="badges.follow_move")
def follow_move(
    *, registration: Registration, was: RegistrationState, to: RegistrationState, by: Account | None, **kwargs: Any
) -> None:
    """Confirmed (or unblocked) people get a badge, all others lose theirs."""
    if to == RegistrationState.CONFIRMED:
        ask_for_badge(registration)
    elif was == RegistrationState.CONFIRMED:
        revoke_credentials(registration, by=by)


@receiver(person_changed, dispatch_uid="badges.follow_correction")
def follow_correction(*, registration: Registration, **kwargs: Any) -> None:
    """A name that could not be printed may be printable now. A badge that exists is redrawn when somebody needs it."""
    ask_for_badge(registration)


@receiver(picture_dropped, dispatch_uid="badges.follow_picture")
def follow_picture(*, registration: Registration, kind: PictureKind, key: int, **kwargs: Any) -> None:
    """No drawing shows a photo that is kept no more."""
    if kind == PictureKind.PHOTO:
        forget_photo(registration, key=key)


@receiver(person_erased, dispatch_uid="badges.follow_erasure")
def follow_erasure(*, registration: Registration, by: Account | None, kinds: list[str], **kwargs: Any) -> None:
    """Nobody is behind the code any more, and no drawing shows the name."""
    revoke_credentials(registration, by=by)
    if erase_badges(registration):
        kinds.append(ErasedData.BADGE)
