"""With what somebody comes to the form in this browser: an invitation that was opened, or a code that was typed.

The session holds its public id, never the secret of a link. What has ended meanwhile opens nothing.
"""

from typing import Any

from django.http import HttpRequest

from forum.models import Account, Forum
from registration.actions.applications import start_application
from registration.actions.entrances import start_invited, start_with_code
from registration.models import AccessCode, Category, ConsentDocument, Invitation, Registration
from registration.queries import codes, invitations

KEY = "entrance"
Way = Invitation | AccessCode


def let_in(request: HttpRequest, way: Way) -> None:
    """From now on the form is opened with it here; an earlier one is forgotten."""
    kind = "invitation" if isinstance(way, Invitation) else "code"
    request.session[KEY] = [kind, str(way.public_id)]


def leave(request: HttpRequest) -> None:
    """Come as everybody does."""
    request.session.pop(KEY, None)


def entrance_of(request: HttpRequest, forum: Forum) -> Way | None:
    """What this browser was let in with, while it still opens something. No query where there is nothing."""
    kind, public_id = request.session.get(KEY, ("", ""))
    if kind == "invitation":
        found = Invitation.objects.select_related(*invitations.WITH_ALL)
        invitation = found.filter(forum=forum, public_id=public_id).first()
        return invitation if invitation and invitations.is_open(invitation) else None
    if kind == "code":
        code = AccessCode.objects.select_related(*codes.WITH_ALL).filter(forum=forum, public_id=public_id).first()
        return code if code and codes.is_open(code) else None
    return None


def words_of(way: Way | None) -> dict[str, Any]:
    """For templates: which of the two it is, and as whom one comes."""
    if way is None:
        return {}
    code = codes.shown(way.code) if isinstance(way, AccessCode) else ""
    return {"category": way.category, "code": code, "is_invitation": isinstance(way, Invitation)}


def begin(way: Way | None, *, category: Category, document: ConsentDocument, **how: Any) -> Registration:
    """Begin the application the way one has come. `how`: language, network address, account."""
    if isinstance(way, Invitation):
        return start_invited(way, document=document, **how)
    if isinstance(way, AccessCode):
        return start_with_code(way, document=document, **how)
    account: Account | None = how.get("account")
    return start_application(
        forum=category.forum,
        category=category,
        document=document,
        language=how["language"],
        ip=how.get("ip"),
        account=account,
    )
