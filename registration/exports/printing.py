"""What lists on paper of this room share."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.pdf import missing_glyphs, printable


def paper_rows(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows as they go to paper. The first cell is the number of the line.

    Raises `DomainError("list.letters")` for letters that the font lacks: a box is no name.
    """
    kept = tuple(tuple(printable(cell) for cell in row) for row in rows)
    lacking = [row[0] for row in kept if any(missing_glyphs(cell) for cell in row)]
    if lacking:
        message = _("Our font lacks letters in lines %(lines)s. Take the table instead, or correct the spelling.")
        raise DomainError("list.letters", message % {"lines": ", ".join(lacking)})
    return kept
