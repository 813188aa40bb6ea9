"""Applications that may be one person's: the list, one pair, and what was merged."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now

from forum.models import Forum
from forum.names import icao9303
from forum.queries.access import User
from registration.engine.duplicates import Facts, Pair, pairs
from registration.enums import HOLDS_PLACE, MERGEABLE, MOVES, ClaimState, RegistrationState
from registration.models import Claim, Merge, NotSame, Registration
from registration.queries.applications import registrations_visible_to
from registration.queries.quotas import pools_of

UNDO_FOR = timedelta(minutes=10)
"""How long a merge can be taken back, while nobody has touched either application."""
_COLUMNS = (
    "pk", "person__sort_key", "person__surname", "person__given_name", "person__latin_surname",
    "person__latin_given_name", "person__birth_date", "person__email", "identity_document__number_hash",
)  # fmt: skip
_WAYS = {RegistrationState.CONFIRMED: 5, RegistrationState.APPROVED: 4, RegistrationState.WAITLISTED: 3}


def mergeable(user: User, forum: Forum) -> QuerySet[Registration]:
    """Living applications that this user may see, of people whose data may be looked at."""
    rows = registrations_visible_to(user).filter(forum=forum, state__in=MERGEABLE)
    return rows.filter(person__processing_stopped_at=None)


def pairs_of(user: User, forum: Forum) -> list[Pair]:
    """Pairs that may be one person, the strongest first; two queries however many there are."""
    rows = mergeable(user, forum).order_by("pk").select_related(None).values_list(*_COLUMNS)
    apart = set(NotSame.objects.filter(forum=forum).values_list("first_id", "second_id")) if rows else set()
    return pairs([_facts(*row) for row in rows], apart=apart)


def _facts(pk: int, key: str, surname: str, given: str, latin: str, latin_given: str, *rest: object) -> Facts:
    """The key by which people are sorted holds the Russian name folded already."""
    names = set()
    folded = [*key.partition(" ")[0].split("!"), "", ""]
    if surname and given:
        names.add((folded[0], folded[1]))
    if latin and latin_given:
        names.add((latin.casefold(), latin_given.casefold()))
    elif surname and given:
        names.add((icao9303(surname).casefold(), icao9303(given).casefold()))
    born, email, document = rest
    number = bytes(document) if document else None  # type: ignore[call-overload]
    patronymic = folded[2] if surname else ""
    return Facts(pk, frozenset(names), patronymic, born, str(email).casefold(), number)  # type: ignore[arg-type]


def likeness_of(one: Registration, other: Registration) -> Pair | None:
    """What the two have in common, whether or not somebody has said that they are two people."""
    rows = Registration.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk").values_list(*_COLUMNS)
    found = pairs([_facts(*row) for row in rows])
    return found[0] if found else None


def likelier_kept(one: Registration, other: Registration) -> tuple[Registration, Registration]:
    """The one to keep first: whichever has come further, then the older one."""
    key = {row.pk: (-_WAYS.get(RegistrationState(row.state), 1), row.pk) for row in (one, other)}
    first, second = sorted((one, other), key=lambda row: key[row.pk])
    return first, second


def is_apart(one: Registration, other: Registration) -> bool:
    """Whether an officer has found two people here."""
    first, second = sorted((one.pk, other.pk))
    return NotSame.objects.filter(first=first, second=second).exists()


def place_passes(kept: Registration, gone: Registration) -> bool:
    """Whether the place of `gone` is of use to `kept`: it has none, may be approved, and both are of one group."""
    needs = kept.state not in HOLDS_PLACE and RegistrationState.APPROVED in MOVES[RegistrationState(kept.state)]
    if not needs or gone.state not in HOLDS_PLACE or kept.category_id != gone.category_id:
        return False
    held = Claim.objects.filter(root=gone.category.pool_id, person=gone.person_id, state=ClaimState.HELD).first()
    return held is not None and held.pool_id in {pool.pk for pool in pools_of(kept)}


@dataclass(frozen=True)
class Standing:
    """A merge, and until when it may be taken back; None where it was, or the time is over."""

    merge: Merge
    undo_until: datetime | None


def last_merge(one: Registration, other: Registration) -> Standing | None:
    """The last merge of these two, in either direction."""
    both = [one.pk, other.pk]
    rows = Merge.objects.filter(kept__in=both, gone__in=both).select_related("by", "kept", "gone", "step", "undo__by")
    found = rows.last()
    if found is None:
        return None
    until = found.at + UNDO_FOR
    return Standing(found, until if not hasattr(found, "undo") and now() < until else None)


def is_merged() -> Exists:
    """For applications: whether a merge that holds concerns one. A page that shows one person need not ask separately."""
    mine = Q(kept=OuterRef("pk")) | Q(gone=OuterRef("pk"))
    return Exists(Merge.objects.filter(mine, undo=None))


def merges_of(registration: Registration) -> QuerySet[Merge]:
    """Merges that hold, in which this application stayed or ended."""
    rows = Merge.objects.filter(undo=None)
    mine = rows.filter(kept=registration) | rows.filter(gone=registration)
    return mine.select_related("kept", "gone", "by")


def merged_into(registration: Registration) -> list[Registration]:
    """Applications that have ended in this one, directly or by way of another; merges that were taken back do not count."""
    found: dict[int, Registration] = {}
    level = {registration.pk}
    while level:
        merges = Merge.objects.filter(kept__in=level, undo=None).select_related("gone__person", "gone__forum")
        fresh = {one.gone_id: one.gone for one in merges if one.gone_id not in found}
        found |= fresh
        level = set(fresh)
    return list(found.values())
