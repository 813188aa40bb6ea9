"""Who comes, for those who may know it, and finding a person at the desk by any spelling of the name."""

from django.db.models import QuerySet

from agenda.queries.visitors import sessions_with_seats_visible_to
from badges.models import Point
from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.enums import HOLDS_PLACE, ClaimState, RegistrationState
from registration.models import Claim, Registration
from registration.queries.applications import registrations_visible_to
from registration.queries.searching import matching

MOST = 20
FEWEST_LETTERS = 2
FINDABLE = (RegistrationState.CONFIRMED, RegistrationState.APPROVED, RegistrationState.BLOCKED)
"""Blocked people are found too: staff must hear that they are blocked, not that nobody is there."""


def people_at(point: Point, *, query: str) -> QuerySet[Registration]:
    """At most twenty people whom staff at `point` may look up. Emails are no way to find anybody here."""
    typed = query.replace("@", " ").strip()
    rows = Registration.objects.filter(forum=point.forum, state__in=FINDABLE).select_related("person", "category")
    if len(typed) < FEWEST_LETTERS:
        return rows.none()
    return matching(rows, typed).order_by("person__sort_key", "pk")[:MOST]


def people_visible_to(user: User, *, forum: Forum) -> QuerySet[Registration]:
    """People as far as `user` may see them: officers see all who hold a place, a partner region's editor those with a seat
    in the sessions it hosts, nobody else sees anybody (`docs/co-management.md`).
    """
    if has_role(user, Role.ACCREDITATION_OFFICER):
        return registrations_visible_to(user).filter(forum=forum, state__in=HOLDS_PLACE)
    if not has_role(user, Role.PARTNER_EDITOR):
        return Registration.objects.none()
    pools = sessions_with_seats_visible_to(user).values("pool")
    seated = Claim.objects.filter(pool__in=pools, state=ClaimState.HELD).values("person")
    rows = Registration.objects.filter(forum=forum, state=RegistrationState.CONFIRMED, person__in=seated)
    return rows.select_related("person", "category")
