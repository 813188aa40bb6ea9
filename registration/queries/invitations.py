"""Personal invitations: who is invited, what a link opens, and who may be reminded."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import now

from forum.crypto import keyed_hash
from forum.enums import Role
from forum.models import Forum
from forum.names import PersonName, search_words
from forum.queries.access import User, has_role
from registration.enums import LIVING, InvitationState
from registration.models import Invitation, InvitationBatch, InvitationLink

LINK_PURPOSE = "registration.invitation"
WITH_ALL = ("forum", "category__pool", "delegation__region", "batch", "registration__person")
WAITING = (InvitationState.SENT, InvitationState.OPENED)
"""A letter has left and nothing has been sent back."""
ONCE_A_DAY = timedelta(days=1)
LAST_CALL = timedelta(days=3)
"""So long before its end an invitation that nobody has used is brought to mind."""


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """Of the current edition, for accreditation officers and organisers."""
    rows = Invitation.objects.filter(forum__is_current=True).select_related(*WITH_ALL)
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


@dataclass(frozen=True)
class InvitationFilter:
    """How the list is narrowed; every value may be empty. `batch` is the public id of a list."""

    state: str = ""
    category: str = ""
    batch: str = ""
    query: str = ""


def listed(user: User, *, forum: Forum, narrowed_by: InvitationFilter) -> QuerySet[Invitation]:
    """The officers' list, the newest first."""
    rows = invitations_visible_to(user).filter(forum=forum)
    if narrowed_by.state:
        rows = rows.filter(state=narrowed_by.state)
    if narrowed_by.category:
        rows = rows.filter(category__code=narrowed_by.category)
    if narrowed_by.batch:
        rows = rows.filter(batch__run__public_id=narrowed_by.batch)
    if narrowed_by.query.strip():
        rows = rows.filter(_matches(narrowed_by.query))
    return rows.order_by("-pk")


def _matches(query: str) -> Q:
    """By any spelling of the name, the organisation or the email; of used ones by the person's name in the application."""
    own, applied = Q(), Q()
    for word in search_words(query):
        own &= Q(search_text__contains=word)
        applied &= Q(registration__person__search_text__contains=word)
    found = own | applied if search_words(query) else Q(pk__in=[])
    return found | Q(email=query.strip().lower()) if "@" in query else found


def counts_by_state(forum: Forum) -> dict[str, int]:
    """How many invitations stand where; every state is there."""
    counted = dict(Invitation.objects.filter(forum=forum).order_by().values_list("state").annotate(Count("pk")))
    return {state.value: counted.get(state.value, 0) for state in InvitationState}


def batches_of(forum: Forum) -> QuerySet[InvitationBatch]:
    """Lists that have been taken over, the newest first."""
    return InvitationBatch.objects.filter(run__forum=forum, run__started_at__isnull=False).order_by("-pk")


def link_of(secret: str) -> InvitationLink | None:
    """What a secret opens, dead invitations too: the page says why. None for nobody's, and of an edition that is over."""
    found = InvitationLink.objects.filter(
        secret_hash=keyed_hash(secret, purpose=LINK_PURPOSE), invitation__forum__is_current=True
    )
    return found.select_related(
        "invitation__forum", "invitation__category__pool", "invitation__delegation__region"
    ).first()


def name_on(invitation: Invitation) -> PersonName:
    """The spellings that the inviter wrote."""
    return PersonName(
        surname=invitation.surname,
        given=invitation.given_name,
        patronymic=invitation.patronymic,
        latin_surname=invitation.latin_surname,
        latin_given=invitation.latin_given_name,
    )


def is_open(invitation: Invitation) -> bool:
    """It lives, and its time is not over, swept or not."""
    return invitation.lives and ends_at(invitation) > now()


def ends_at(invitation: Invitation) -> datetime:
    """Its own end, at the latest that of the forum."""
    closing = end_of_day(invitation.forum.ends_on, invitation.forum)
    return min(invitation.expires_at, closing) if invitation.expires_at else closing


def end_of_day(day: date, forum: Forum) -> datetime:
    """Midnight after `day` on the forum's clock."""
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(forum.timezone))


def over_now() -> QuerySet[Invitation]:
    """Living ones whose time is over, in any edition."""
    past = Q(expires_at__lte=now()) | Q(forum__ends_on__lt=now().date() - timedelta(days=1))
    return Invitation.objects.filter(past, state__in=LIVING).order_by("pk")


def may_be_reminded(forum: Forum, *, days: int = 0) -> QuerySet[Invitation]:
    """Sent at least `days` ago, not used, and not reminded within a day."""
    at = now()
    rows = Invitation.objects.filter(_not_reminded(at), forum=forum, state__in=WAITING)
    return rows.filter(sent_at__lte=at - max(timedelta(days=days), ONCE_A_DAY)).order_by("pk")


def last_calls() -> QuerySet[Invitation]:
    """Whose end is less than three days away, and who were neither written to nor reminded within a day."""
    at = now()
    soon = Invitation.objects.filter(_not_reminded(at), state__in=WAITING, last_call_at=None)
    return soon.filter(expires_at__gt=at, expires_at__lte=at + LAST_CALL, sent_at__lte=at - ONCE_A_DAY).order_by("pk")


def _not_reminded(at: datetime) -> Q:
    return Q(reminded_at=None) | Q(reminded_at__lte=at - ONCE_A_DAY)
