"""Plant visits: the plant's rule set, and its dated runs with their legs and places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Required, TypedDict, Unpack

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from agenda.actions.texts import Texts, columns, line_columns
from agenda.enums import LegKind, Outfit, PhotoPolicy, UnionStatePolicy
from agenda.models import SlotLeg, Venue, VisitProgramme, VisitSlot
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum, Organisation
from forum.templatetags.art import drawing_svg
from registration.enums import DocumentField, PoolKind
from registration.models import Pool


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A step of a run to be written down. Venues where it begins or ends at one of ours: travel is reckoned from there."""

    kind: LegKind
    title: Texts
    starts: datetime
    ends: datetime
    starts_at: Venue | None = None
    ends_at: Venue | None = None


class VisitRules(TypedDict, total=False):
    """What a plant demands. Left out: nothing lent, nothing of the document, no photographs, steps on the way, visits may
    be cancelled.
    """

    min_age: Required[int]
    russian_working_days: Required[int]
    foreign_calendar_days: Required[int]
    union_state_policy: Required[UnionStatePolicy]
    dress_code: list[Outfit]
    lent_by_host: list[Outfit]
    photo_policy: PhotoPolicy
    needed_fields: list[DocumentField]
    step_free: bool
    may_be_cancelled: bool


UNSAID: VisitRules = {"photo_policy": PhotoPolicy.PROHIBITED, "step_free": False, "may_be_cancelled": True}  # type: ignore[typeddict-item]
LEAD_TIMES = ("russian_working_days", "foreign_calendar_days", "union_state_policy")


@transaction.atomic
def create_visit_programme(
    forum: Forum,
    *,
    slug: str,
    host: Organisation,
    title: Texts,
    city: Texts,
    drawing: str,
    by: Account | None,
    **rules: Unpack[VisitRules],
) -> VisitProgramme:
    """What a plant shows and demands; `drawing` names one of ours in `forum/static/forum/drawings/`.

    Raises `DomainError("visit.drawing")` when there is no such drawing: the public page could not be drawn.
    """
    _check_drawing(drawing)
    programme = VisitProgramme.objects.create(
        forum=forum, slug=slug, host=host, drawing=drawing, **UNSAID | rules, **line_columns(title=title, city=city)
    )
    lead_times = {name: getattr(programme, name) for name in LEAD_TIMES}
    record("visit_programme.created", on=("visit_programme", slug), forum=forum, by=by, **lead_times)
    return programme


@transaction.atomic
def create_visit_slot(
    programme: VisitProgramme,
    *,
    slug: str,
    day: date,
    places: int,
    legs: Sequence[Leg],
    rule: Texts | None = None,
    by: Account | None,
) -> VisitSlot:
    """A dated run with its places, and the rule visitors accept. Raises `DomainError("visit.legs")` when legs are
    missing or overlap.
    """
    _check_legs(legs)
    pool = Pool.objects.create(kind=PoolKind.VISIT, places=places)
    texts = columns(rule=rule) if rule else {}
    slot = VisitSlot.objects.create(programme=programme, slug=slug, day=day, pool=pool, **texts)
    # One by one: translated columns are filled in `save`, which a bulk insert would skip.
    for leg in legs:
        SlotLeg.objects.create(
            slot=slot,
            kind=leg.kind,
            period=DateTimeTZRange(leg.starts, leg.ends),
            starts_at=leg.starts_at,
            ends_at=leg.ends_at,
            **line_columns(title=leg.title),
        )
    on = ("visit_slot", slot.public_id)
    record("visit_slot.created", on=on, forum=programme.forum, by=by, day=day.isoformat(), places=places)
    return slot


def _check_drawing(name: str) -> None:
    try:
        drawing_svg(name)
    except KeyError:
        message = _("There is no such drawing. Choose one from the list.")
        raise DomainError("visit.drawing", message, fields={"drawing": message}) from None


def _check_legs(legs: Sequence[Leg]) -> None:
    in_order = all(first.ends <= second.starts for first, second in pairwise(legs))
    if not legs or not in_order or any(leg.ends <= leg.starts for leg in legs):
        message = _("Legs follow one another: each ends before the next one starts.")
        raise DomainError("visit.legs", message, fields={"legs": message})
