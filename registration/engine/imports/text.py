"""Tables as text: the encoding and the delimiter are found, and can be said."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from registration.engine.imports.files import ImportFileError
from registration.engine.imports.tables import Table, table_of

ENCODINGS = ("utf-8", "cp1251", "utf-16")
"""A mark at the beginning of UTF-8 is taken off where there is one."""
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
_SAMPLE_LINES = 30
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_text(content: bytes, *, encoding: str = "", delimiter: str = "") -> Table:
    """The table; what is not said is found. Raises `ImportFileError`: `file.encoding` and those of `table_of`."""
    encoding = encoding or find_encoding(content)
    text = _decode(content, encoding)
    text, told = _without_hint(text)
    delimiter = delimiter or told or find_delimiter(text)
    return table_of(_lines(text, DELIMITERS[delimiter]), encoding=encoding, delimiter=delimiter)


def find_encoding(content: bytes) -> str:
    """By the mark at the beginning, by zeros (UTF-16), by whether it is UTF-8 at all; else what Excel writes in Russian."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding
    head = content[:4096]
    if _zeros(head[0::2]) > 0.3 or _zeros(head[1::2]) > 0.3:
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def _zeros(some: bytes) -> float:
    return some.count(0) / len(some) if some else 0.0


def _decode(content: bytes, encoding: str) -> str:
    name = {"utf-8": "utf-8-sig", "utf-16": _which_utf16(content)}.get(encoding, encoding)
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        raise ImportFileError("file.encoding") from error
    if any(char < " " and char not in "\t\r\n\f\v" for char in text):
        raise ImportFileError("file.encoding")
    return text


def _which_utf16(content: bytes) -> str:
    """Without a mark the zeros of Latin letters, digits and commas tell which byte comes first."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-16-le" if _zeros(content[1:4096:2]) >= _zeros(content[0:4096:2]) else "utf-16-be"


def _without_hint(text: str) -> tuple[str, str]:
    """Excel may write `sep=;` above the table: blank that line, so that the numbers of the rows stay."""
    first, _newline, rest = text.partition("\n")
    names = {sign: name for name, sign in DELIMITERS.items()}
    hint = first.rstrip("\r")
    if hint.lower().startswith("sep=") and hint[4:] in names:
        return "\n" + rest, names[hint[4:]]
    return text, ""


def find_delimiter(text: str) -> str:
    """The one that cuts most lines into the same number of cells, the more cells the better."""
    return max(DELIMITERS, key=lambda name: _agreement(text, DELIMITERS[name]))


def _agreement(text: str, sign: str) -> int:
    sample = (cells for _number, cells in _lines(text, sign) if any(cells))
    widths = [len(cells) for cells, _nothing in zip(sample, range(_SAMPLE_LINES), strict=False)]
    return sum(width for width in widths if width > 1 and widths.count(width) * 2 >= len(widths))


def _lines(text: str, sign: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows with the number of the line they end on, as an editor counts; a cell may hold line breaks."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield number, cells
    except csv.Error as error:
        raise ImportFileError("file.damaged") from error
