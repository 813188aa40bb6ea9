"""Tables for spreadsheets, made safe: a cell is text, never a formula, in whatever program it is opened."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so would be run as a formula."""
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(cell: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def csv_table(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and semicolons, which Russian spreadsheets open as they are."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def xlsx_table(rows: Iterable[Sequence[str]], *, title: str, widths: Sequence[int]) -> bytes:
    """One sheet whose first row is its head. Every cell is written as text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(title[:31])
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, wrapped if number else bold)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()
