"""A list for a plant as a table."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from forum.pdf.lists import ListSheet


def list_xlsx(page: ListSheet, *, name: str, widths: Sequence[int]) -> bytes:
    """The same as on paper. Every cell is written as text: `=HYPERLINK(…)` in a name stays what it is, a name."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(name)
        for row, (label, value) in enumerate(page.facts):
            sheet.write_string(row, 0, label, bold)
            sheet.write_string(row, 1, value)
        first = len(page.facts) + 1
        for column, (head, width) in enumerate(zip(page.heads, widths, strict=True)):
            sheet.write_string(first, column, head, bold)
            sheet.set_column(column, column, width)
        for row, (number, *cells) in enumerate(page.rows, start=first + 1):
            sheet.write_number(row, 0, int(number), wrapped)
            for column, cell in enumerate(cells, start=1):
                sheet.write_string(row, column, cell, wrapped)
        sheet.freeze_panes(first + 1, 0)
        sheet.repeat_rows(first)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()
