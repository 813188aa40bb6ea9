"""Applications that this browser may open without an account: the one it started, or the one its email link opened.

An entry holds until the email of the application is replaced. Then every other browser that knew the application is shut
out together with the links in old emails, so a former holder cannot write back (complaint REG-1); the browser that
replaces it has an entry for both. The first address shuts out nobody: only who began the application knows it until then.
"""

from uuid import UUID

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
    people = ("person__public_id", "person__addresses_given_up", "person__email")
    found = Registration.objects.filter(ref__in=known).values_list("ref", *people)
    marks = {ref: _mark(*person) for ref, *person in found}
    return [ref for ref in reversed(known) if ref in marks and marks[ref] in known[ref].split()]


def knows(request: HttpRequest, registration: Registration) -> bool:
    """Whether this browser may open this application, which is at hand with its person: no query where it may.

    Another press of the same button may have replaced the email after this request read its session: the entry is read
    once more before the browser that replaced it is taken for a stranger.
    """
    mark, ref = _mark_of(registration), registration.ref
    known: dict[str, str] = request.session.get(KEY, {})
    return mark in known.get(ref, "").split() or (ref in known and mark in _read_again(request, ref).split())


def remember(request: HttpRequest, registration: Registration) -> None:
    """Let this browser open the application from now on, until its email is replaced elsewhere.

    What is known already is not written again: each step of the form would otherwise cost a commit for its session.
    """
    known: dict[str, str] = request.session.get(KEY, {})
    if list(known)[-1:] != [registration.ref] or not knows(request, registration):
        _put(request, registration.ref, _mark_of(registration))


def expect(request: HttpRequest, registration: Registration, *, email: str) -> None:
    """The same before this browser replaces the email of the application by `email`, and stored at once: a second press of
    the button that comes between the answer and the session would be a stranger's.
    """
    person = registration.person
    if email != person.email and (person.email or person.addresses_given_up):
        coming = _mark(person.public_id, person.addresses_given_up + bool(person.email), email)
        _put(request, registration.ref, f"{_mark_of(registration)} {coming}")
        request.session.save()
        request.session.modified = False


def _read_again(request: HttpRequest, ref: str) -> str:
    known: dict[str, str] = request.session.load().get(KEY, {})
    return known.get(ref, "")


def _put(request: HttpRequest, ref: str, marks: str) -> None:
    others = [other for other in request.session.get(KEY, {}).items() if other[0] != ref]
    request.session[KEY] = dict([*others, (ref, marks)][-MOST:])


def forget(request: HttpRequest, ref: str) -> None:
    """This browser no longer opens the application."""
    request.session[KEY] = {known: mark for known, mark in request.session.get(KEY, {}).items() if known != ref}


def _mark_of(registration: Registration) -> str:
    person = registration.person
    return _mark(person.public_id, person.addresses_given_up, person.email)


def _mark(person: UUID, given_up: int, email: str) -> str:
    """Tells whether this is still the person, and none of their addresses was given up since. With a later address also
    whether it is the one that was expected: who expects another one and is refused must not stay when the owner has theirs.
    """
    words = f"{person}:{given_up}:{email if given_up else ''}"
    return keyed_hash(words, purpose="registration.session").hex()[:20]
