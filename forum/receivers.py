"""What the ground does when somebody else's news arrives."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from forum.models import Account


@receiver(authenticator_added)
def count_new_factor(request: HttpRequest, user: Account, authenticator: Authenticator, **kwargs: Any) -> None:
    """Setting a factor up proves it: nobody has to show it a second time to enter the team's pages."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
