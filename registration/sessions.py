"""Applications that this browser may open without an account: the one it started, or the one its email link opened."""

from django.http import HttpRequest

KEY = "applications"
MOST = 20


def session_refs(request: HttpRequest) -> list[str]:
    """References kept in this browser's session, newest first."""
    return list(request.session.get(KEY, []))


def remember(request: HttpRequest, ref: str) -> None:
    """Let this browser open the application from now on."""
    request.session[KEY] = [ref, *(known for known in session_refs(request) if known != ref)][:MOST]


def forget(request: HttpRequest, ref: str) -> None:
    """This browser no longer opens the application."""
    request.session[KEY] = [known for known in session_refs(request) if known != ref]
