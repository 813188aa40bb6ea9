"""The list of who wants to film in a plant: on paper and as a table. Russian, since the plant reads Russian."""

from collections.abc import Sequence
from io import BytesIO

from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.engine.texts import in_language
from agenda.models import FilmingWish, VisitProgramme
from agenda.queries.filming_own import told
from agenda.queries.texts import texts_of
from forum.errors import DomainError
from forum.pdf import missing_glyphs, printable
from forum.pdf.lists import ListSheet, draw_list
from forum.tables import xlsx_table
from forum.templatetags.times import day_text, when_text

PAPER = "ru"
WIDTHS = (10, 48, 30, 70, 24, 55, 30)
WHOLE = (1,)
"""A name is never cut."""
MOST_LINES = 14
"""A whole wish, and the whole answer, in small print."""


def filming_pdf(programme: VisitProgramme, wishes: Sequence[FilmingWish]) -> bytes:
    """A4 with letterhead, by day and name. Raises `DomainError("list.letters")` for letters that the font lacks."""
    out = BytesIO()
    with translation.override(PAPER):
        rows = tuple(tuple(printable(cell) for cell in row) for row in _rows(wishes))
        _refuse_boxes(rows)
        draw_list(out, _sheet(programme, rows))
    return out.getvalue()


def filming_xlsx(programme: VisitProgramme, wishes: Sequence[FilmingWish]) -> bytes:
    """The same as a table."""
    with translation.override(PAPER):
        return xlsx_table([_heads(), *_rows(wishes)], title=_("Filming"), widths=(5, 34, 20, 50, 16, 40, 24))


def _refuse_boxes(rows: Sequence[Sequence[str]]) -> None:
    lacking = [row[0] for row in rows if any(missing_glyphs(cell) for cell in row)]
    if lacking:
        message = _("Our font lacks letters in lines %(lines)s. Take the table instead, or correct the spelling.")
        raise DomainError("list.letters", message % {"lines": ", ".join(lacking)})


def _heads() -> tuple[str, ...]:
    return "№", _("Name and outlet"), _("When"), _("What to film"), _("How"), _("Equipment"), _("Answer")


def _rows(wishes: Sequence[FilmingWish]) -> list[tuple[str, ...]]:
    return [_row(number, wish) for number, wish in enumerate(wishes, start=1)]


def _row(number: int, wish: FilmingWish) -> tuple[str, ...]:
    said = told(wish)
    who = ", ".join(filter(None, (said["name"], said["outlet"])))
    when = ", ".join(filter(None, (day_text(wish.day), wish.hours)))
    answer = ": ".join(filter(None, (str(said["state"]), " ".join(wish.answer.split()))))
    devices = "; ".join(said["devices"])
    return str(number), who, when, " ".join(wish.subject.split()), said["means"], devices, answer


def _sheet(programme: VisitProgramme, rows: tuple[tuple[str, ...], ...]) -> ListSheet:
    forum = programme.forum
    return ListSheet(
        letterhead=(forum.title, ", ".join(filter(None, (forum.city, forum.contact_email, forum.contact_phone)))),
        title=_("Wishes to film"),
        facts=(
            (_("Plant"), in_language(texts_of(programme.host, "name"), PAPER)),
            (_("Visit"), in_language(texts_of(programme, "title"), PAPER)),
            (_("Lines"), str(len(rows))),
        ),
        heads=_heads(),
        rows=rows,
        widths=WIDTHS,
        whole=WHOLE,
        foot=_("As of %(when)s") % {"when": when_text(now(), zone=forum.timezone)},
        page_words=_("page %(page)s of %(pages)s"),
        sign=(_("Handed over by"), _("Received by")),
        nobody=_("Nobody wants to film here."),
        lines=MOST_LINES,
    )
