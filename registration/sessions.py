"""Applications that this browser may open without an account: the one it started, or the one its email link opened.

An entry holds as long as the application keeps its email. When the email changes, every other browser that knew the
application is shut out together with the links in old emails, so a former holder cannot write back (complaint REG-1).
"""

from django.http import HttpRequest

from forum.crypto import keyed_hash
from registration.models import Registration

KEY = "applications"
MOST = 50
"""A head of delegation registers this many people from one browser before the oldest drop out of it."""


def session_refs(request: HttpRequest) -> list[str]:
    """References this browser may open, newest first. One query, none where nothing was ever opened."""
    known: dict[str, str] = request.session.get(KEY, {})
    if not known:
        return []
    emails = dict(Registration.objects.filter(ref__in=known).values_list("ref", "person__email"))
    return [ref for ref in reversed(known) if ref in emails and known[ref] == _mark(emails[ref])]


def knows(request: HttpRequest, registration: Registration) -> bool:
    """Whether this browser may open this application, which is at hand with its person: no query."""
    known: dict[str, str] = request.session.get(KEY, {})
    return known.get(registration.ref) == _mark(registration.person.email)


def remember(request: HttpRequest, registration: Registration) -> None:
    """Let this browser open the application from now on, until its email changes elsewhere.

    What is known already is not written again: each step of the form would otherwise cost a commit for its session.
    """
    entry, known = (registration.ref, _mark(registration.person.email)), request.session.get(KEY, {})
    if list(known.items())[-1:] != [entry]:
        others = [other for other in known.items() if other[0] != registration.ref]
        request.session[KEY] = dict([*others, entry][-MOST:])


def forget(request: HttpRequest, ref: str) -> None:
    """This browser no longer opens the application."""
    request.session[KEY] = {known: mark for known, mark in request.session.get(KEY, {}).items() if known != ref}


def _mark(email: str) -> str:
    """Tells whether the email is still the same, without keeping it in the session."""
    return keyed_hash(email, purpose="registration.session").hex()[:20]
