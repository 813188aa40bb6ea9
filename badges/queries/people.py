"""Who comes, for those who may know it, and finding a person at the desk by any spelling of the name."""

from django.db.models import QuerySet

from badges.models import Point
from forum.models import Forum
from forum.queries.access import User
from registration.enums import HOLDS_PLACE, RegistrationState
from registration.models import Registration
from registration.queries.applications import registrations_visible_to
from registration.queries.people import matches

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
    return rows.filter(matches(typed)).order_by("person__sort_key", "pk")[:MOST]


def people_visible_to(user: User, *, forum: Forum) -> QuerySet[Registration]:
    """People who hold a place, as far as `user` may see them: all of them for officers, nobody for others."""
    return registrations_visible_to(user).filter(forum=forum, state__in=HOLDS_PLACE)
