"""The list of equipment for the gate: on paper and as a table. Russian, since the gate reads Russian."""

from collections.abc import Sequence
from io import BytesIO

from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.models import Forum
from forum.names import full_latin, full_russian
from forum.pdf.lists import ListSheet, draw_list
from forum.tables import xlsx_table
from forum.templatetags.times import when_text
from registration.exports.printing import paper_rows
from registration.models import Equipment
from registration.queries.equipment import outlet_of
from registration.queries.people import name_of

PAPER = "ru"
WIDTHS = (10, 60, 60, 34, 56, 35, 12)
WHOLE = (1, 5)
"""Name and serial number are never cut."""


def equipment_pdf(forum: Forum, rows: Sequence[Equipment]) -> bytes:
    """A4 with letterhead, by outlet and person. Raises `DomainError("list.letters")` for letters that the font lacks."""
    out = BytesIO()
    with translation.override(PAPER):
        draw_list(out, _sheet(forum, paper_rows(_rows(rows))))
    return out.getvalue()


def equipment_xlsx(forum: Forum, rows: Sequence[Equipment]) -> bytes:
    """The same as a table."""
    with translation.override(PAPER):
        table = [_heads(), *_rows(rows)]
        return xlsx_table(table, title=_("Equipment"), widths=(5, 34, 34, 26, 34, 24, 8))


def _heads() -> tuple[str, ...]:
    return "№", _("Name"), _("Outlet"), _("Kind"), _("Make and model"), _("Serial number"), _("Number of things")


def _rows(rows: Sequence[Equipment]) -> list[tuple[str, ...]]:
    return [
        (
            str(number),
            _name(one),
            outlet_of(one.registration),
            str(one.get_kind_display()),
            one.model,
            one.serial,
            str(one.count),
        )
        for number, one in enumerate(rows, start=1)
    ]


def _sheet(forum: Forum, rows: tuple[tuple[str, ...], ...]) -> ListSheet:
    return ListSheet(
        letterhead=(forum.title, ", ".join(filter(None, (forum.city, forum.contact_email, forum.contact_phone)))),
        title=_("Equipment at the gate"),
        facts=((_("Lines"), str(len(rows))),),
        heads=_heads(),
        rows=rows,
        widths=WIDTHS,
        whole=WHOLE,
        foot=_("As of %(when)s") % {"when": when_text(now(), zone=forum.timezone)},
        page_words=_("page %(page)s of %(pages)s"),
        sign=(_("Handed over by"), _("Received by")),
        nobody=_("Nobody has listed equipment."),
    )


def _name(one: Equipment) -> str:
    name = name_of(one.registration.person)
    return full_russian(name) or full_latin(name) or name.native
