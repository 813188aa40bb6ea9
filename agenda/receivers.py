"""News from registration, heard inside the transaction of the move."""

from typing import Any

from django.dispatch import receiver

from agenda.actions.seating import give_back_everything
from forum.models import Account
from registration.enums import RegistrationState
from registration.models import Registration
from registration.signals import registration_moved


@receiver(registration_moved, dispatch_uid="agenda.follow_move")
def follow_move(*, registration: Registration, was: RegistrationState, by: Account | None, **kwargs: Any) -> None:
    """Cancelled, replaced, blocked: nobody who does not come keeps a place in a session or a visit."""
    if was == RegistrationState.CONFIRMED:
        give_back_everything(registration, by=by)
