"""From bytes to rows, in one call: used by the page, the work and the command alike."""

from registration.engine.imports.files import kind_of
from registration.engine.imports.tables import Table
from registration.engine.imports.text import read_text
from registration.engine.imports.workbook import read_workbook


def read_table(name: str, content: bytes, *, encoding: str = "", delimiter: str = "") -> Table:
    """The table of a file that is called `name`. Encoding and delimiter are for text only. Raises `ImportFileError`."""
    if kind_of(name, content) == "xlsx":
        return read_workbook(content)
    return read_text(content, encoding=encoding, delimiter=delimiter)
