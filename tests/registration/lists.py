"""Lists of people as organisers keep them: rows, and the files that programs make of them."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

HEADS = ("Фамилия", "Имя", "Отчество", "Email", "Гражданство", "Регион", "Организация", "Должность", "Языки")
ANNA = (
    "Примерова",
    "Анна",
    "Ильинична",
    "anna@example.org",
    "Россия",
    "Томская область",
    "Завод «Образец»",
    "инженер",
    "ru",
)
BORIS = ("Образцов", "Борис", "", "boris@example.org", "РФ", "RU-SPE", "Музей", "директор", "русский, английский")
VERA = ("Пробная", "Вера", "", "", "BY", "Беларусь", "Турбюро", "гид", "рус")
PEOPLE = (ANNA, BORIS, VERA)


def as_text(rows: Sequence[Sequence[str]], *, encoding: str = "utf-8", sign: str = ",") -> bytes:
    """As a spreadsheet saves it."""
    lines = (sign.join(f'"{cell}"' if sign in cell else cell for cell in row) for row in rows)
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def as_workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    """The same as .xlsx."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def many(number: int, **changes: str) -> list[tuple[str, ...]]:
    """So many people, all different."""
    values = dict(zip(HEADS, ANNA, strict=True)) | changes
    return [tuple((values | {"Email": f"person{n}@example.org"}).values()) for n in range(number)]
