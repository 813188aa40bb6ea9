"""Places kept without names: kept, put by for somebody, taken by them, given back, called in on their day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.names_wanted import tell_of_places_gone
from registration.actions.places import give_back_nameless, keep_nameless, lock_pools, name_place
from registration.enums import RegistrationState
from registration.models import Claim, PlaceHolder, Pool, Quota, Registration


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a head asks for: so many places, with names until then. `seen`: how many were kept on the page they saw."""

    number: int
    names_by: datetime
    seen: int


@busy_in_words
@transaction.atomic(durable=True)
def keep_places(quota: Quota, *, wanted: Kept, by: Account) -> list[PlaceHolder]:
    """Keep free places of a quota for people who have no name yet.

    Raises `DomainError`: `places.full` when not so many are free, or people wait for them; `placeholder.stale` when somebody
    kept or gave back some meanwhile (a second press of the button); `placeholder.past` for a day that is over.
    """
    _refuse_bad(wanted)
    pool = lock_pools(quota.pool)[quota.pool_id]
    if PlaceHolder.objects.live().filter(quota=quota).count() != wanted.seen:
        raise DomainError("placeholder.stale", _("Somebody changed the kept places meanwhile. Look at them again."))
    waits = Claim.objects.all().in_line_of(pool).exists()
    if waits or not keep_nameless(pool, number=wanted.number):
        raise _full(pool, waits=waits)
    kept = [PlaceHolder(quota=quota, names_by=wanted.names_by, by=by) for _place in range(wanted.number)]
    PlaceHolder.objects.bulk_create(kept)
    _note("places_kept", quota, by=by, number=wanted.number, names_by=wanted.names_by.isoformat())
    return kept


def _refuse_bad(wanted: Kept) -> None:
    if wanted.names_by <= now():
        message = _("The day must lie in the future: by then the names have to be here.")
        raise DomainError("placeholder.past", message, fields={"names_by": message}, status=422)


def _full(pool: Pool, *, waits: bool) -> DomainError:
    message = (
        _("People of the delegation wait for these places: they come first.")
        if waits
        else _("Not so many places are free: %(left)s of %(places)s.") % {"left": pool.left, "places": pool.places}
    )
    return DomainError("places.full", message, fields={"number": message}, pool=str(pool.public_id))


def put_by(registration: Registration, *, by: Account | None) -> bool:
    """Put a nameless place of the person's own quota by for them; they take it when they are approved. False where there
    is none. The caller owns the transaction.
    """
    mine = PlaceHolder.objects.nameless().filter(
        quota__category=registration.category_id, quota__delegation=registration.delegation_id
    )
    holder = mine.select_for_update(skip_locked=True, of=("self",)).first()
    if holder is None:
        return False
    holder.registration = registration
    holder.save(update_fields=["registration"])
    record("registration.place_put_by", on=("registration", registration.ref), forum=registration.forum, by=by)
    return True


def take_kept_place(registration: Registration, pool: Pool) -> Claim | None:
    """The place that was put by becomes the person's own; None where none was. The caller holds the person's lock."""
    mine = PlaceHolder.objects.live().filter(registration=registration, quota__pool=pool)
    if not mine.update(ended_at=now()):
        return None
    return name_place(pool, person=registration.person)


def let_go(registration: Registration) -> None:
    """The person does not come: the place is kept without a name again."""
    PlaceHolder.objects.live().filter(registration=registration).update(registration=None)


@busy_in_words
@transaction.atomic(durable=True)
def give_places_back(quota: Quota, *, number: int, by: Account) -> int:
    """Free the last `number` of the places that are kept for nobody yet. Returns how many: never more than there are."""
    mine = PlaceHolder.objects.nameless().filter(quota=quota).select_for_update().reverse()
    ended = _end([holder.pk for holder in mine[:number]], quota.pool)
    if ended:
        _note("places_given_back", quota, by=by, number=ended)
    return ended


@transaction.atomic(durable=True)
def call_in(holder: PlaceHolder) -> bool:
    """The day for names is over: without an application that was sent, or with a place of the person's own, it goes back."""
    quota = holder.quota
    ended = _end([holder.pk], quota.pool)
    if ended:
        _note("places_given_back", quota, by=None, number=ended)
        if not holder.registration or holder.registration.state == RegistrationState.DRAFT:
            tell_of_places_gone(holder)
    return bool(ended)


def _end(keys: list[int], pool: Pool) -> int:
    ended = PlaceHolder.objects.live().filter(pk__in=keys).update(ended_at=now())
    give_back_nameless(pool, number=ended)
    return ended


def _note(what: str, quota: Quota, *, by: Account | None, **facts: Any) -> None:
    record(f"quota.{what}", on=("quota", quota.public_id), forum=quota.forum, by=by, **facts)
