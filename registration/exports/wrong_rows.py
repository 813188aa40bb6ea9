"""Rows of a list that could not be taken, as a table to correct and hand in again."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from registration.engine.imports.words import problem_text

Line = tuple[int, Sequence[str], Sequence[Sequence[str]]]
"""Number, cells, problems as (field, code)."""


def wrong_rows_xlsx(heads: Sequence[str], lines: Sequence[Line]) -> bytes:
    """The columns as they came, and one with the reasons. Every cell is text: `=HYPERLINK(…)` stays what it is, a text."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("To correct"))
        for column, head in enumerate([*heads, _("What is wrong")]):
            sheet.write_string(0, column, head, bold)
            sheet.set_column(column, column, 60 if column == len(heads) else 20)
        for row, (number, cells, problems) in enumerate(lines, start=1):
            said = "\n".join(problem_text(*problem) for problem in problems)
            reasons = _("Row %(number)s. %(reasons)s") % {"number": number, "reasons": said}
            for column, cell in enumerate([*cells, reasons]):
                sheet.write_string(row, column, cell, wrapped)
        sheet.freeze_panes(1, 0)
    return out.getvalue()
