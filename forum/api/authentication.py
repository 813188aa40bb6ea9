"""Who calls the API from a browser session. Devices bring their own class (`badges.api.authentication`)."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from forum.models import Account
from forum.queries.access import is_staff
from forum.second_factor import has_second_factor


class StaffSessionAuthentication(SessionAuthentication):
    """The same session as the team pages, with the same second factor and CSRF check."""

    def authenticate(self, request: Request) -> tuple[Account, None] | None:
        """None for people who are not signed in. Raises `AuthenticationFailed` for staff without a second factor."""
        found = super().authenticate(request)
        if found and is_staff(found[0]) and not has_second_factor(request._request):
            raise AuthenticationFailed(code="second_factor_needed")
        return found

    def authenticate_header(self, request: Request) -> str:
        """Makes DRF answer 401 instead of 403 to those who did not sign in."""
        return "Session"
