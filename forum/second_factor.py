"""Whether a session was opened with more than the emailed code."""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest


def has_second_factor(request: HttpRequest) -> bool:
    """True after TOTP, a passkey or a recovery code in this session.

    The one-click sign-in of the demo counts as one, in demo mode only.
    """
    accepted = {"mfa", "demo"} if settings.DEMO else {"mfa"}
    return any(record.get("method") in accepted for record in get_authentication_records(request, request.user))
