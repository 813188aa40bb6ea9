"""Tables in an Excel workbook, read row by row. Its XML goes through defusedxml: no entities, no files from outside."""

import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO

import openpyxl
from openpyxl.xml import DEFUSEDXML

from registration.engine.imports.files import ImportFileError
from registration.engine.imports.tables import MOST_COLUMNS, Table, table_of

if not DEFUSEDXML:  # pragma: no cover -- a fault of the installation, said at the start
    raise ImportError("openpyxl must find defusedxml: workbooks come from outside")


def read_workbook(content: bytes) -> Table:
    """The first sheet that can be seen. Pass `content` through `files.kind_of` first. Raises `ImportFileError`.

    Formulas give what the spreadsheet computed last; nothing is computed here.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and checks that we do not need
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                return table_of(_lines(book))
            finally:
                book.close()
    except ImportFileError:
        raise
    except Exception as error:  # a damaged workbook breaks anywhere in its parser
        raise ImportFileError("file.damaged") from error


def _lines(book: openpyxl.Workbook) -> Iterator[tuple[int, Sequence[object]]]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise ImportFileError("file.no_rows")
    sheets[0].reset_dimensions()  # programs write wrong ones, and rows would be lost
    rows = sheets[0].iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    yield from enumerate(rows, start=1)
