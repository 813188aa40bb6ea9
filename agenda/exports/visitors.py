"""The list of visitors for the plant: on paper and as a table. Names and work only; Russian, since the gate reads Russian.

Never in it: phone, email, date of birth, document numbers. The clearance list with documents is another paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.engine.texts import in_language
from agenda.exports.tables import list_xlsx
from agenda.queries.bookables import Bookable
from agenda.queries.people import shown_name
from agenda.queries.texts import texts_of
from forum.errors import DomainError
from forum.names import full_latin
from forum.pdf import missing_glyphs
from forum.pdf.lists import ListSheet, draw_list
from forum.templatetags.times import when_text
from registration.countries import country_name
from registration.models import Registration
from registration.queries.people import name_of

PAPER = "ru"
WIDTHS = (10, 62, 52, 30, 58, 55)
"""Of the columns, in millimetres."""
NAMES = (1, 2)


@dataclass(frozen=True)
class Line:
    """One visitor as printed."""

    number: int
    name: str
    latin: str
    citizenship: str
    organisation: str
    position: str

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the columns, without the number."""
        return self.name, self.latin, self.citizenship, self.organisation, self.position


def list_lines(registrations: Sequence[Registration]) -> list[Line]:
    """Numbered in the order given."""
    with translation.override(PAPER):
        return [_line(number, registration) for number, registration in enumerate(registrations, start=1)]


def _line(number: int, registration: Registration) -> Line:
    name, latin = shown_name(registration.person), full_latin(name_of(registration.person))
    return Line(
        number=number,
        name=name,
        latin="" if latin == name else latin,
        citizenship=country_name(registration.person.citizenship),
        organisation=registration.organisation,
        position=registration.position,
    )


def heads() -> tuple[str, ...]:
    """Column heads, in the language in use."""
    return _("Name"), _("In Latin letters"), _("Citizenship"), _("Organisation"), _("Position")


def visitors_pdf(place: Bookable, lines: Sequence[Line]) -> bytes:
    """A4 with letterhead, numbered lines, the head of the table and “page 1 of 2” on every page.

    Raises `DomainError("visit.list_letters")` for a name with letters that the font lacks: a box is no name.
    """
    refuse_boxes([line.cells for line in lines])
    out = BytesIO()
    with translation.override(PAPER):
        draw_list(out, _sheet(place, lines))
    return out.getvalue()


def refuse_boxes(rows: Sequence[Sequence[str]]) -> None:
    """Raise `DomainError("visit.list_letters")` where the font lacks a letter of somebody's line."""
    lacking = [str(number) for number, cells in enumerate(rows, start=1) if any(missing_glyphs(cell) for cell in cells)]
    if lacking:
        message = _("Our font lacks letters in lines %(lines)s. Take the table instead, or correct the spelling.")
        raise DomainError("visit.list_letters", message % {"lines": ", ".join(lacking)})


def _sheet(place: Bookable, lines: Sequence[Line]) -> ListSheet:
    return plant_sheet(
        place,
        title=_("List of visitors"),
        heads=("№", *heads()),
        rows=tuple((str(line.number), *line.cells) for line in lines),
        widths=WIDTHS,
        whole=NAMES,
    )


def plant_sheet(
    place: Bookable,
    *,
    title: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[float, ...],
    whole: tuple[int, ...],
) -> ListSheet:
    """What every list for a plant has around its rows."""
    forum = place.forum
    return ListSheet(
        letterhead=(forum.title, ", ".join(filter(None, (forum.city, forum.contact_email, forum.contact_phone)))),
        title=title,
        facts=(
            (_("Plant"), _host(place)),
            (_("Visit"), in_language(place.title, PAPER)),
            (_("Time"), "; ".join(when_text(s.starts, zone=forum.timezone, end=s.ends) for s in place.stretches)),
            (_("Visitors"), str(len(rows))),
        ),
        heads=heads,
        rows=rows,
        widths=widths,
        whole=whole,
        foot=_("As of %(when)s") % {"when": when_text(now(), zone=forum.timezone)},
        page_words=_("page %(page)s of %(pages)s"),
        sign=(_("Handed over by"), _("Received by")),
        nobody=_("Nobody is on the list."),
    )


def _host(place: Bookable) -> str:
    return in_language(texts_of(place.slot.programme.host, "name"), PAPER) if place.slot else ""


def visitors_xlsx(place: Bookable, lines: Sequence[Line]) -> bytes:
    """The same as a table."""
    with translation.override(PAPER):
        return list_xlsx(_sheet(place, lines), name=_("Visitors"), widths=(5, 34, 28, 16, 34, 34))
