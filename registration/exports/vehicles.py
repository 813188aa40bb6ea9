"""The list of vehicles for the gate on one day: on paper and as a table. Russian, since the gate reads Russian."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.models import Forum, Paper
from forum.pdf.lists import ListSheet, draw_list
from forum.tables import xlsx_table
from forum.templatetags.times import when_text
from registration.exports.printing import paper_rows
from registration.models import Vehicle
from registration.queries.vehicles import comes_for

PAPER = "ru"
WIDTHS = (10, 42, 46, 62, 58, 24, 25)
WHOLE = (1, 3)
"""Plate and driver are never cut."""


def gate_pdf(forum: Forum, day: date, vehicles: Sequence[Vehicle], passes: dict[str, Paper]) -> bytes:
    """A4 with letterhead, by plate, with places to sign.

    Raises `DomainError("list.letters")` for a name with letters that the font lacks.
    """
    out, rows = BytesIO(), paper_rows(_rows(vehicles, passes))
    with translation.override(PAPER):
        draw_list(out, _sheet(forum, day, rows))
    return out.getvalue()


def gate_xlsx(forum: Forum, day: date, vehicles: Sequence[Vehicle], passes: dict[str, Paper]) -> bytes:
    """The same as a table."""
    with translation.override(PAPER):
        rows = [_heads(), *_rows(vehicles, passes)]
        return xlsx_table(rows, title=f"{day:%d.%m.%Y}", widths=(5, 18, 28, 44, 36, 12, 10))


def _heads() -> tuple[str, ...]:
    return "№", _("Plate"), _("Vehicle"), _("Driver"), _("Comes for"), _("Zones"), _("Pass")


def _rows(vehicles: Sequence[Vehicle], passes: dict[str, Paper]) -> list[tuple[str, ...]]:
    return [
        (
            str(number),
            one.plate,
            one.make,
            " ".join(filter(None, (one.driver, one.driver_phone))),
            comes_for(one),
            " ".join(zone.letter for zone in one.zones.all()),
            _number(passes.get(str(one.public_id))),
        )
        for number, one in enumerate(vehicles, start=1)
    ]


def _number(paper: Paper | None) -> str:
    return str(paper.number) if paper else ""


def _sheet(forum: Forum, day: date, rows: tuple[tuple[str, ...], ...]) -> ListSheet:
    return ListSheet(
        letterhead=(forum.title, ", ".join(filter(None, (forum.city, forum.contact_email, forum.contact_phone)))),
        title=_("Vehicles at the gate"),
        facts=((_("Day"), f"{day:%d.%m.%Y}"), (_("Vehicles"), str(len(rows)))),
        heads=_heads(),
        rows=rows,
        widths=WIDTHS,
        whole=WHOLE,
        foot=_("As of %(when)s") % {"when": when_text(now(), zone=forum.timezone)},
        page_words=_("page %(page)s of %(pages)s"),
        sign=(_("Handed over by"), _("Received by")),
        nobody=_("No vehicle has a pass for this day."),
    )
