"""Whether a session was opened with more than the emailed code."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

SECOND_FACTORS = frozenset({"mfa", "demo"})
"""`demo` is written only by the one-click sign-in, which exists in demo mode alone."""


def has_second_factor(request: HttpRequest) -> bool:
    """True after TOTP, a passkey or a recovery code in this session."""
    return any(record.get("method") in SECOND_FACTORS for record in get_authentication_records(request, request.user))
