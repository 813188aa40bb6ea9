"""What is taken, and what is refused before a parser sees it."""

import io
import struct
import zipfile

import pytest

from registration.engine.imports import files, tables
from registration.engine.imports.files import ImportFileError, kind_of
from registration.engine.imports.reading import read_table
from tests.registration.lists import HEADS, PEOPLE, as_text, as_workbook, many

ROWS = (HEADS, *PEOPLE)


def code_of(name: str, content: bytes) -> str:
    with pytest.raises(ImportFileError) as refused:
        read_table(name, content)
    return refused.value.code


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_and_delimiter_gives_the_same_rows(encoding: str, sign: str) -> None:
    told = read_table("list.csv", as_text(ROWS, encoding=encoding, sign=sign))
    assert told.heads == HEADS
    assert told.rows == tuple(enumerate(PEOPLE, start=2))
    assert told.encoding == ("utf-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig"))
    assert told.delimiter == {",": "comma", ";": "semicolon", "\t": "tab"}[sign]


def test_a_workbook_gives_the_same_rows() -> None:
    told = read_table("list.xlsx", as_workbook(ROWS))
    assert (told.heads, told.rows) == (HEADS, tuple(enumerate(PEOPLE, start=2)))


def test_a_hint_of_excel_and_a_title_above_do_not_shift_the_numbers() -> None:
    told = read_table("list.csv", b"sep=;\r\n" + as_text((("Список гостей",), *ROWS), sign=";"))
    assert [number for number, _cells in told.rows] == [4, 5, 6]


def test_a_wrong_dimension_hides_no_rows() -> None:
    content = rewritten(as_workbook(ROWS), b'<dimension ref="A1:I4"/>', b'<dimension ref="A1:A1"/>')
    assert len(read_table("list.xlsx", content).rows) == 3


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        changed = 0
        for part in source.infolist():
            data = source.read(part)
            changed += data.count(old)
            target.writestr(part.filename, data.replace(old, new))
    assert changed
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("list.csv", b"", "file.empty"),
        ("list.csv", b"a" * (files.MOST_BYTES + 1), "file.too_large"),
        ("list.pdf", b"%PDF-1.7", "file.type"),
        ("list", as_text(ROWS), "file.type"),
        ("list.xlsm", as_workbook(ROWS), "file.type"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "file.old_excel"),
        ("list.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "file.old_excel"),
        ("list.xlsx", as_text(ROWS), "file.not_what_it_says"),
        ("list.csv", as_workbook(ROWS), "file.not_what_it_says"),
        ("list.xlsx", as_workbook(ROWS)[:-200], "file.damaged"),
        ("list.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "file.encoding"),
        ("list.csv", as_text([HEADS]), "file.no_rows"),
        ("list.csv", b"\r\n\r\n", "file.no_rows"),
        ("list.csv", as_text(PEOPLE), "file.no_header"),
        ("list.csv", as_text([HEADS, *many(tables.MOST_ROWS + 1)]), "file.many_rows"),
        ("list.csv", as_text([[*HEADS, *("x" * tables.MOST_COLUMNS)], *PEOPLE]), "file.many_columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused(name: str, content: bytes, code: str) -> None:
    assert code_of(name, content) == code


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * (files.MOST_UNPACKED + 1))
    assert len(out.getvalue()) < 100_000
    assert code_of("list.xlsx", out.getvalue()) == "file.bomb"


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 5_000_000)
    real, told = struct.pack("<L", 5_000_000), struct.pack("<L", 1_000)
    assert out.getvalue().count(real) == 2  # in the part's head and in the directory
    assert code_of("list.xlsx", out.getvalue().replace(real, told)) == "file.damaged"


def test_entities_are_not_expanded() -> None:
    bad = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_workbook(ROWS))) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            target.writestr(part.filename, bad if part.filename == "xl/workbook.xml" else source.read(part))
    assert code_of("list.xlsx", out.getvalue()) == "file.damaged"


def test_another_zip_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as other:
        other.writestr("word/document.xml", "<document/>")
    with pytest.raises(ImportFileError) as refused:
        kind_of("list.xlsx", out.getvalue())
    assert refused.value.code == "file.not_what_it_says"
