"""Wishes to film as the team sees them: the board of plants, one plant, one wish; a plant sees its own, once put to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from agenda.enums import FilmingState
from agenda.models import FilmingWish, VisitProgramme
from forum.enums import Role, ScopeKind
from forum.models import Forum
from forum.queries.access import User, has_role, scopes_of

S = FilmingState
ALL_PLANTS = (Role.VISIT_COORDINATOR, Role.ACCREDITATION_OFFICER)
ON_THE_LIST = (S.PUT, S.ALLOWED, S.ALLOWED_IF)
WITH_ALL = (
    "programme__host",
    "programme__forum",
    "slot",
    "registration__person",
    "registration__sent_by",
    "registration__forum",
)


def _own_plants(user: User) -> set[str]:
    return scopes_of(user, Role.HOST_CONTACT, ScopeKind.ORGANISATION)


def plants_visible_to(user: User, *, forum: Forum) -> QuerySet[VisitProgramme]:
    """Every plant for the coordinator and the officers, their own for a plant's contact."""
    rows = VisitProgramme.objects.filter(forum=forum).select_related("host", "forum").order_by("pk")
    return rows if has_role(user, *ALL_PLANTS) else rows.filter(host__public_id__in=_own_plants(user))


def wishes_visible_to(user: User, *, forum: Forum) -> QuerySet[FilmingWish]:
    """Of plants one may see; a plant sees what was put to it."""
    rows = FilmingWish.objects.filter(programme__forum=forum).select_related(*WITH_ALL)
    if has_role(user, *ALL_PLANTS):
        return rows
    return rows.filter(programme__host__public_id__in=_own_plants(user), put_at__isnull=False)


def wishes_answerable_by(user: User, *, forum: Forum) -> QuerySet[FilmingWish]:
    """The coordinator writes down what any plant says, a plant's contact answers for it."""
    rows = wishes_visible_to(user, forum=forum).filter(put_at__isnull=False).exclude(state=S.WITHDRAWN)
    if has_role(user, Role.VISIT_COORDINATOR):
        return rows
    return rows.filter(programme__host__public_id__in=_own_plants(user))


@dataclass(frozen=True, kw_only=True)
class PlantRow:
    """A line of the board."""

    programme: VisitProgramme
    asked: int
    put: int
    allowed: int
    refused: int
    to_tell: int


def board(user: User, *, forum: Forum) -> list[PlantRow]:
    """Plants with their numbers; two queries."""
    numbers = {
        "asked": Count("pk", filter=Q(state=S.ASKED)),
        "put": Count("pk", filter=Q(state=S.PUT)),
        "allowed": Count("pk", filter=Q(state__in=(S.ALLOWED, S.ALLOWED_IF))),
        "refused": Count("pk", filter=Q(state=S.REFUSED)),
        "to_tell": Count("pk", filter=Q(tell_plant=True)),
    }
    rows = wishes_visible_to(user, forum=forum).select_related(None).order_by().values("programme")
    found: Iterable[dict[str, int]] = rows.annotate(**numbers)  # type: ignore[assignment]
    counted = {row["programme"]: {name: row[name] for name in numbers} for row in found}
    nothing = dict.fromkeys(numbers, 0)
    return [PlantRow(programme=one, **counted.get(one.pk, nothing)) for one in plants_visible_to(user, forum=forum)]


def for_list(wishes: QuerySet[FilmingWish], programme: VisitProgramme) -> QuerySet[FilmingWish]:
    """What stands on the plant's list: put to it and not refused."""
    rows = wishes.filter(programme=programme, state__in=ON_THE_LIST)
    return rows.order_by("day", "registration__person__sort_key", "pk")
