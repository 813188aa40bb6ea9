"""Who leads a delegation, and who fetches its badges."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from forum.actions.accounts import end_role, grant_role
from forum.actions.audit import record
from forum.actions.messages import queue_message
from forum.enums import Role
from forum.models import Account, Membership
from registration.models import Delegation

NAMED = "registration.head_named"
LANGUAGE = "ru"
"""Of accounts that have not chosen one."""


@transaction.atomic
def name_head(
    delegation: Delegation, *, email: str, valid_until: datetime, language: str = LANGUAGE, by: Account
) -> Membership:
    """Whoever signs in with `email` leads the delegation until then; naming them again moves the end. A letter tells them
    once, in `language` where they have no account with one of their own. Its clock is that of the delegation's region.

    Raises `DomainError("rights.past")` for an end that is over.
    """
    grant = grant_role(
        email=email,
        forum=delegation.forum,
        role=Role.DELEGATION_HEAD,
        scope_id=delegation.region.code,
        valid_until=valid_until,
        by=by,
        language=language,
        timezone=delegation.region.timezone,
    )
    _tell(delegation, grant)
    return grant


def _tell(delegation: Delegation, grant: Membership) -> None:
    """One letter for one grant, in the language of the account."""
    language = grant.account.language or LANGUAGE
    with translation.override(language):
        said = {"delegation": delegation.region.name, "until": grant.valid_until.isoformat()}
    queue_message(
        NAMED,
        about=("membership", grant.public_id),
        occasion="head",
        to=grant.account.email,
        language=language,
        forum=delegation.forum,
        context=said | {"link": reverse("people:delegation", args=[delegation.region.code])},
    )


def end_head(grant: Membership, *, by: Account) -> None:
    """They lead it no more, from now on. Safe to ask twice."""
    end_role(grant, by=by)


@transaction.atomic
def name_collector(delegation: Delegation, *, name: str, by: Account | None) -> None:
    """Who may fetch the badges of the delegation, as the paper says; the badge desk sees it. The log keeps no name."""
    Delegation.objects.filter(pk=delegation.pk).update(collector=name)
    record("delegation.collector", on=("delegation", delegation.region.code), forum=delegation.forum, by=by)
