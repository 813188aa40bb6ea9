"""What a vehicle pass says, and the pass drawn. Russian, since the guards at the gate read Russian."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from forum.models import Paper
from forum.queries.papers import shown_code
from registration.engine.vehicle_pass import PassSheet, draw_vehicle_pass
from registration.models import Vehicle
from registration.queries.vehicles import comes_for

PAPER = "ru"


def draw(vehicle: Vehicle, paper: Paper) -> bytes:
    """The pass as PDF. Neither driver nor phone stands on it: it lies behind a windscreen."""
    out = BytesIO()
    with translation.override(PAPER):
        draw_vehicle_pass(out, _sheet(vehicle, paper))
    return out.getvalue()


def _sheet(vehicle: Vehicle, paper: Paper) -> PassSheet:
    return PassSheet(
        event=f"{paper.forum.title}, {paper.forum.city}",
        title=_("Vehicle pass"),
        number=f"№ {paper.number}",
        plate=vehicle.plate,
        make=vehicle.make,
        group=comes_for(vehicle),
        days=days_of([row.day for row in vehicle.days.all()]),
        days_label=_("Valid on"),
        zones=[(zone.letter, zone.colour, zone.name) for zone in vehicle.zones.all()],
        rules=(
            _("Keep it behind the windscreen, readable from outside. It lets the vehicle in, not the people in it."),
            _("It is valid for this plate and these days only, and may be withdrawn."),
        ),
        check=_("Is this pass valid? Point a phone at the code, or type it at %(page)s")
        % {"page": f"{urlsplit(settings.SITE_URL).netloc}/{PAPER}/check/"},
        address=f"{settings.SITE_URL}{reverse('forum:check_paper', args=[paper.code])}",
        code=shown_code(paper.code),
    )


def days_of(days: Sequence[date]) -> str:
    """“12.05–14.05.2026, 16.05.2026”: neighbours drawn together."""
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    return ", ".join(_span(span[0], span[-1]) for span in spans)


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{last:%d.%m.%Y}"
    return f"{first:%d.%m}–{last:%d.%m.%Y}" if first.year == last.year else f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"
