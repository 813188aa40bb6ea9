"""Wishes to film in plants: stated, changed and withdrawn by the person; ended and erased with the participation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from agenda.enums import FILMING_LIVE, FILMING_MOVES, FILMING_WITH_PLANT, FilmingMeans, FilmingState
from agenda.models import FilmingWish, VisitProgramme, VisitSlot
from agenda.queries.filming_own import asked_until, may_film
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions.documents import note
from registration.actions.state import lock, refuse_stopped
from registration.models import Equipment, Registration
from registration.queries.documents import KEPT_FOR

MOST_WISHES = 30
"""Of one person: every plant, on every day, by several means."""
ONCE = "filming_asked_once"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked. `devices` are lines of the person's own list."""

    programme: VisitProgramme
    slot: VisitSlot | None
    day: date
    hours: str
    subject: str
    means: Sequence[FilmingMeans]
    devices: Sequence[Equipment]


@transaction.atomic(durable=True)
def ask_to_film(registration: Registration, *, wish: Wish, by: Account | None) -> FilmingWish:
    """A new wish. Raises `DomainError` for the limit, a wish that stands already, a list of the plant that is closed."""
    registration = _open(registration)
    if FilmingWish.objects.filter(registration=registration).count() >= MOST_WISHES:
        message = _("You have stated %(most)s wishes. Write to the organisers if you need more.")
        raise DomainError("filming.limit", message % {"most": MOST_WISHES}, status=422)
    return _write(FilmingWish(registration=registration), wish, by=by, action="filming.asked")


@transaction.atomic(durable=True)
def change_wish(one: FilmingWish, *, wish: Wish, by: Account | None) -> FilmingWish:
    """Another text of a wish, as long as the plant has not seen it. Raises as above."""
    registration = _open(one.registration)
    row = _fresh(one)
    if row.state != FilmingState.ASKED:
        message = _("The plant has this wish already. Withdraw it and state a new one.")
        raise DomainError("filming.put_already", message)
    row.registration = registration
    return _write(row, wish, by=by, action="filming.changed")


@transaction.atomic(durable=True)
def withdraw_wish(one: FilmingWish, *, by: Account | None) -> bool:
    """The person does not want it any more. Withdrawing twice is withdrawing once."""
    registration = lock(one.registration)
    row = _fresh(one)
    if row.state == FilmingState.WITHDRAWN:
        return False
    end_wish(row)
    note(registration, "filming.withdrawn", by=by, plant=row.programme.slug)
    return True


def end_wishes(registration: Registration, *, by: Account | None) -> int:
    """Whoever does not come films nowhere. Part of the move of the registration, whose locks the caller holds."""
    rows = FilmingWish.objects.select_for_update(of=("self",)).filter(registration=registration, state__in=FILMING_LIVE)
    ended = [end_wish(row) for row in rows.select_related("programme").order_by("pk")]
    if ended:
        note(registration, "filming.withdrawn", by=by, as_applicant=False, plants=ended)
    return len(ended)


def end_wish(row: FilmingWish, *, tell: bool = True) -> str:
    """Withdrawn, and told to the plant where it knows of it; gives the plant. The caller holds the row.

    Not `tell`: that the plant has to be told is written down elsewhere.
    """
    knew = tell and row.state in FILMING_WITH_PLANT
    move_wish(row, FilmingState.WITHDRAWN, tell_plant=knew)
    return row.programme.slug


def move_wish(row: FilmingWish, to: FilmingState, **changes: Any) -> None:
    """The one step of a wish. Raises `DomainError("filming.move_refused")` for a move that is not in the table."""
    was = FilmingState(row.state)
    if to not in FILMING_MOVES[was]:
        message = _("This is no longer possible: the wish is now “%(state)s”.") % {"state": was.label}
        raise DomainError("filming.move_refused", message, was=was, to=to)
    for name, value in changes.items():
        setattr(row, name, value)
    row.state = to
    row.version += 1
    row.save()


def erase_wishes(registration: Registration) -> bool:
    """With everything else of the person."""
    gone, _rows = FilmingWish.objects.filter(registration=registration).delete()
    return bool(gone)


def erase_due_wishes() -> int:
    """Of editions whose term is over, like the lists of equipment. Returns how many went."""
    over = Forum.objects.filter(ends_on__lt=localdate() - KEPT_FOR)
    return sum(_erase(forum) for forum in over.filter(visit_programmes__filming_wishes__isnull=False).distinct())


@transaction.atomic(durable=True)
def _erase(forum: Forum) -> int:
    gone, _rows = FilmingWish.objects.filter(programme__forum=forum).delete()
    if gone:
        record("filming.erased", on=("forum", forum.slug), forum=forum, wishes=gone)
    return gone


def _open(registration: Registration) -> Registration:
    registration = lock(registration)
    refuse_stopped(registration)
    if not may_film(registration):
        message = _("Wishes to film are for people of the media and of crews who have a place.")
        raise DomainError("filming.not_asked", message)
    return registration


def _fresh(one: FilmingWish) -> FilmingWish:
    rows = FilmingWish.objects.select_for_update(of=("self",)).select_related("programme")
    row = rows.filter(pk=one.pk).first()
    if row is None:
        raise DomainError("filming.gone", _("This wish has been erased meanwhile."))
    return row


def _write(row: FilmingWish, wish: Wish, *, by: Account | None, action: str) -> FilmingWish:
    _refuse_bad(row.registration, wish)
    row.programme, row.slot, row.day, row.hours = wish.programme, wish.slot, wish.day, wish.hours
    row.subject, row.means = wish.subject, sorted(wish.means)
    row.devices = [_as_text(device) for device in wish.devices]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        message = _("You have asked this plant already to film on this day in this way. Change that wish instead.")
        raise DomainError("filming.twice", message, fields={"where": message}) from error
    note(row.registration, action, by=by, plant=wish.programme.slug, means=row.means)
    return row


def _as_text(device: Equipment) -> dict[str, Any]:
    return {
        "key": str(device.public_id),
        "kind": device.kind,
        "model": device.model,
        "serial": device.serial,
        "count": device.count,
    }


def _refuse_bad(registration: Registration, wish: Wish) -> None:
    if FilmingMeans.DRONE in wish.means and len(wish.means) > 1:
        message = _("Plants decide about drones by themselves: ask for the drone in a wish of its own.")
        raise DomainError("filming.drone_alone", message, fields={"means": message}, status=422)
    if wish.programme.forum_id != registration.forum_id or _foreign(registration, wish.devices):
        raise DomainError("filming.foreign", _("Choose from your own list."), status=422)
    if asked_until(wish.programme, wish.day, person=registration.person) <= now():
        message = _("The plant takes no more wishes for this day. Choose another one.")
        raise DomainError("filming.closed", message, fields={"where": message})


def _foreign(registration: Registration, devices: Iterable[Equipment]) -> bool:
    return any(device.registration_id != registration.pk for device in devices)
