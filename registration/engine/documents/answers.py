"""Which answers a kind of document has, and which of those that are needed it can give."""

from collections.abc import Iterable

from registration.enums import RUSSIAN_KINDS, DocumentField, DocumentKind

F, K = DocumentField, DocumentKind
COLUMNS: dict[DocumentField, tuple[str, ...]] = {
    F.NUMBER: ("series", "number"),
    F.ISSUED_BY: ("issued_by",),
    F.ISSUED_ON: ("issued_on",),
    F.DEPARTMENT_CODE: ("department_code",),
    F.EXPIRES_ON: ("expires_on",),
    F.BIRTH_PLACE: ("birth_place",),
    F.REGISTRATION_ADDRESS: ("registration_address",),
    F.SEX: ("sex",),
}
"""Field -> encrypted columns of the document. The date of birth stands with the person."""
SEALED = tuple(column for columns in COLUMNS.values() for column in columns)
DATES = ("issued_on", "expires_on")
_HAS_NOT: dict[DocumentKind, frozenset[DocumentField]] = {
    K.RU_PASSPORT: frozenset({F.EXPIRES_ON}),
    **{kind: frozenset({F.DEPARTMENT_CODE}) for kind in K if kind != K.RU_PASSPORT},
}
"""A Russian passport has no date of expiry, and no other one has a department code."""
OPTIONAL = frozenset({"series"})
"""Columns that may stay empty though their field is asked for; of Russian passports both are needed."""


def asked(kind: str, needed: Iterable[DocumentField]) -> list[DocumentField]:
    """The needed fields that such a document has, in the order of the form."""
    lacks = _HAS_NOT[DocumentKind(kind)] if kind else frozenset()
    wanted = set(needed)
    return [field for field in F if field in wanted and field not in lacks]


def required_columns(kind: str, needed: Iterable[DocumentField]) -> list[str]:
    """Columns that must be filled before the document is complete."""
    optional = frozenset() if kind in RUSSIAN_KINDS else OPTIONAL
    return [column for field in asked(kind, needed) for column in COLUMNS.get(field, ()) if column not in optional]


def fields_of(columns: Iterable[str]) -> list[DocumentField]:
    """Fields to which the columns belong, in order, each once."""
    given = set(columns)
    return [field for field, own in COLUMNS.items() if given & set(own)]
