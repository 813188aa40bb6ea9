"""One's own agenda: booked places and what stands for everybody, as entries of a day strip."""

from django.utils.translation import get_language

from agenda.engine.day import Entry
from agenda.engine.eligibility import Stretch
from agenda.engine.route import Step
from agenda.engine.texts import in_language
from agenda.enums import SessionKind
from agenda.models import OccupiedTime, SlotLeg
from agenda.queries.eligibility import stretch_of
from agenda.queries.released import Released
from agenda.queries.texts import texts_of


def own_entries(rows: list[OccupiedTime], *, programme: Released) -> list[Entry]:
    """A booked session or one window of a visit with its legs; one query."""
    steps = _steps([row.claim.pool.visit_slot.pk for row in rows if hasattr(row.claim.pool, "visit_slot")])
    return [Entry(stretch=stretch_of(row), about=_about(row, programme=programme, steps=steps)) for row in rows]


def _steps(slots: list[int]) -> dict[int, list[Step]]:
    """The legs of each slot, by its key."""
    found: dict[int, list[Step]] = {}
    for leg in SlotLeg.objects.filter(slot__in=slots).order_by("period") if slots else []:
        title = in_language(texts_of(leg, "title"), get_language() or "ru")
        step = Step(kind=leg.kind, title=title, starts=leg.period.lower, ends=leg.period.upper)
        found.setdefault(leg.slot_id, []).append(step)
    return found


def _about(row: OccupiedTime, *, programme: Released, steps: dict[int, list[Step]]) -> dict[str, object]:
    slot = getattr(row.claim.pool, "visit_slot", None)
    if slot is None:
        known = programme.sessions.get(row.claim.pool.session.slug)
        hall = in_language(known.hall, get_language() or "ru") if known else ""
        return {"kind": "session", "slug": row.claim.pool.session.slug, "hall": hall, "overridden": row.overridden}
    legs = [step for step in steps.get(slot.pk, []) if row.during.lower <= step.starts < row.during.upper]
    city = in_language(texts_of(slot.programme, "city"), get_language() or "ru")
    return {"kind": "visit", "slot": slot, "city": city, "steps": legs, "overridden": row.overridden}


def common_entries(programme: Released) -> list[Entry]:
    """Plenary sessions: nothing is booked beside them, so they belong to everybody's day."""
    language = get_language() or "ru"
    return [
        Entry(
            stretch=Stretch(
                starts=known.starts,
                ends=known.ends,
                what=in_language(known.title, language),
                fixed=True,
            ),
            about={"kind": "common", "hall": in_language(known.hall, language), "slug": known.slug},
        )
        for known in programme.sessions.values()
        if known.kind == SessionKind.PLENARY
    ]
