"""The list of people for an organisation abroad, as a table: name, organisation, position and nothing else."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.names import full_latin, full_russian
from forum.tables import xlsx_table
from registration.models import Registration
from registration.queries.people import name_of


def abroad_xlsx(rows: Sequence[Registration]) -> bytes:
    """In the language in use; every cell is text."""
    heads = ("№", _("Name"), _("In Latin letters"), _("Organisation"), _("Position"))
    lines = [_cells(number, one) for number, one in enumerate(rows, start=1)]
    return xlsx_table([heads, *lines], title=_("Participants"), widths=(5, 34, 34, 40, 40))


def _cells(number: int, registration: Registration) -> tuple[str, ...]:
    name = name_of(registration.person)
    shown = full_russian(name) or full_latin(name) or name.native
    return str(number), shown, full_latin(name), registration.organisation, registration.position
