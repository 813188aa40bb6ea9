"""Whether a file may be opened at all: judged by size, name and content before any parser sees it."""

import zipfile
from io import BytesIO

MOST_BYTES = 10 * 1024 * 1024
"""Ten thousand people with every column take about two megabytes."""
MOST_UNPACKED = 60 * 1024 * 1024
"""A workbook is a zip of XML; the same ten thousand people unpack to about fifteen megabytes."""
MOST_RATIO = 100
"""XML of a table packs ten to thirty times; a thousand times is a bomb."""
MOST_PARTS = 1_000
MOST_PART_SMALL = 1024 * 1024
"""Below this size of a part its ratio says nothing: an empty sheet packs very well."""
KINDS = ("xlsx", "csv")
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIECE = 65_536


class ImportFileError(Exception):
    """A file that is not taken, or not understood. `code` says why, `data` holds numbers and names for the message."""

    def __init__(self, code: str, **data: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def check_size(size: int) -> None:
    """Raises `ImportFileError`: `file.empty`, `file.too_large`."""
    if size == 0:
        raise ImportFileError("file.empty")
    if size > MOST_BYTES:
        raise ImportFileError("file.too_large", most=MOST_BYTES // 1024 // 1024)


def kind_of(name: str, content: bytes) -> str:
    """`xlsx` or `csv`: the ending of the name and the content must agree. Raises `ImportFileError`.

    A text that was saved as .txt is read like a .csv.
    """
    check_size(len(content))
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if content.startswith(_OLD_EXCEL):
        raise ImportFileError("file.old_excel")
    if ending not in (*KINDS, "txt"):
        raise ImportFileError("file.type")
    if (ending == "xlsx") != content.startswith(_ZIP):
        raise ImportFileError("file.not_what_it_says")
    if ending == "xlsx":
        _check_workbook(content)
        return "xlsx"
    return "csv"


def _check_workbook(content: bytes) -> None:
    """Sizes as the archive declares them, then as they really are: a bomb lies about the first."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_declared(parts, len(content))
            if not {"[Content_Types].xml", "xl/workbook.xml"} <= {part.filename for part in parts}:
                raise ImportFileError("file.not_what_it_says")
            unpacked = 0
            for part in parts:
                unpacked = _unpack(archive, part, unpacked)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        # RuntimeError: the part asks for a password.
        raise ImportFileError("file.damaged") from error
    except Exception as error:  # zlib and lzma raise errors of their own
        if isinstance(error, ImportFileError):
            raise
        raise ImportFileError("file.damaged") from error


def _check_declared(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Overlapping parts count each, so that one block of data shown a thousand times is seen."""
    total = sum(part.file_size for part in parts)
    swollen = any(_ratio(part) > MOST_RATIO for part in parts if part.file_size > MOST_PART_SMALL)
    if len(parts) > MOST_PARTS or total > MOST_UNPACKED or swollen or sum(p.compress_size for p in parts) > size:
        raise ImportFileError("file.bomb")


def _ratio(part: zipfile.ZipInfo) -> float:
    return part.file_size / max(part.compress_size, 1)


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, unpacked: int) -> int:
    """Read the part through, piece by piece, and forget it. Its check sum is compared at the end."""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            unpacked += len(piece)
            if unpacked > MOST_UNPACKED:
                raise ImportFileError("file.bomb")
    return unpacked
