"""The list with document data for a plant: exactly the fields it needs, beside name, citizenship and work. In Russian."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agenda.actions.plant_lists import PlantEntry
from agenda.exports.tables import list_xlsx
from agenda.exports.visitors import PAPER, heads, list_lines, plant_sheet, refuse_boxes
from agenda.queries.bookables import Bookable
from forum.pdf.lists import FULL, draw_list
from registration.engine.documents.answers import COLUMNS, DATES
from registration.enums import DocumentField, DocumentKind, Sex

F = DocumentField
PARTS: tuple[tuple[tuple[DocumentField, ...], float], ...] = (
    ((F.NUMBER,), 34),
    ((F.ISSUED_ON, F.ISSUED_BY, F.DEPARTMENT_CODE), 48),
    ((F.EXPIRES_ON,), 20),
    ((F.BIRTH_DATE, F.BIRTH_PLACE), 36),
    ((F.REGISTRATION_ADDRESS,), 44),
    ((F.SEX,), 12),
)
"""Columns on paper: what stands in one cell, and how wide it is beside the others."""
NUMBER, NAME, CITIZENSHIP, WORK = 9.0, 46.0, 26.0, 44.0


def plant_list_pdf(
    place: Bookable, number: int, fields: Sequence[DocumentField], entries: Sequence[PlantEntry]
) -> bytes:
    """A4; nothing of a name or a document is cut. Raises `DomainError("visit.list_letters")` where the font lacks a letter."""
    with translation.override(PAPER):
        parts = [(own, width) for asked, width in PARTS if (own := [one for one in asked if one in fields])]
        rows = tuple(
            (str(line.number), _name(line.name, line.latin), line.citizenship, *_cells(entry, parts), _work(entry))
            for line, entry in zip(list_lines([one.registration for one in entries]), entries, strict=True)
        )
    refuse_boxes(rows)
    out = BytesIO()
    with translation.override(PAPER):
        titles = ("№", _("Name"), _("Citizenship"), *(_head(own) for own, _width in parts), _("Work"))
        widths = _to_the_edge([NUMBER, NAME, CITIZENSHIP, *(width for _own, width in parts), WORK])
        whole = tuple(range(len(titles) - 1))
        draw_list(out, plant_sheet(place, title=_title(number), heads=titles, rows=rows, widths=widths, whole=whole))
    return out.getvalue()


def _title(number: int) -> str:
    return _("List of visitors with data of their documents, № %(number)s") % {"number": number}


def _to_the_edge(widths: Sequence[float]) -> tuple[float, ...]:
    return tuple(width * FULL / sum(widths) for width in widths)


def _name(name: str, latin: str) -> str:
    return f"{name} / {latin}" if latin else name


def _work(entry: PlantEntry) -> str:
    return ", ".join(filter(None, (entry.registration.organisation, entry.registration.position)))


def _head(own: Sequence[DocumentField]) -> str:
    """Short, since heads are not broken."""
    if own[0] == F.NUMBER:
        return _("Document")
    return capfirst(str(own[0].label)) if len(own) == 1 else (_("Issued") if F.BIRTH_PLACE not in own else _("Born"))


def _cells(entry: PlantEntry, parts: Sequence[tuple[Sequence[DocumentField], float]]) -> list[str]:
    return [", ".join(filter(None, (_said(entry, field) for field in own))) for own, _width in parts]


def _said(entry: PlantEntry, field: DocumentField) -> str:
    """A value as the gate reads it. The number comes with the kind of the document."""
    values = entry.values
    if field == F.NUMBER:
        words = [str(DocumentKind(entry.kind).label), values.get("series", ""), values.get("number", "")]
        return " ".join(filter(None, words))
    column = "birth_date" if field == F.BIRTH_DATE else COLUMNS[field][0]
    value = values.get(column, "")
    if value and (column in DATES or column == "birth_date"):
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return str(Sex(value).label) if value and field == F.SEX else value


def plant_list_xlsx(
    place: Bookable, number: int, fields: Sequence[DocumentField], entries: Sequence[PlantEntry]
) -> bytes:
    """The same as a table, each field in a column of its own."""
    with translation.override(PAPER):
        name, latin, citizenship, *work = heads()
        titles = ("№", name, latin, citizenship, *(capfirst(str(field.label)) for field in fields), *work)
        rows = tuple(
            (str(line.number), *line.cells[:3], *(_said(entry, field) for field in fields), *line.cells[3:])
            for line, entry in zip(list_lines([one.registration for one in entries]), entries, strict=True)
        )
        widths = (5, 34, 28, 16, *(28 for _field in fields), 34, 34)
        page = plant_sheet(place, title=_title(number), heads=titles, rows=rows, widths=widths, whole=())
        return list_xlsx(page, name=_("Visitors"), widths=widths)
