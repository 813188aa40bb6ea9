"""Examples of the documentation."""

from typing import Any

PERSON: dict[str, Any] = {
    "surname": "Примерова",
    "given_name": "Анна",
    "patronymic": "Ильинична",
    "latin_surname": "PRIMEROVA",
    "latin_given_name": "ANNA",
    "native_name": "",
    "badge_name": "",
    "citizenship": "RU",
    "languages": ["ru", "en"],
    "email": "primerova@example.org",
}
NEW: dict[str, Any] = {
    "category": "delegate",
    "delegation": "RU-TOM",
    "organisation": "Завод «Образец»",
    "position": "директор музея",
    "language": "ru",
    "person": PERSON,
    "answers": {"shirt": "M", "allergies": ""},
    "consent": {"evidence": "signed_paper", "version": 1, "signed_on": "2027-03-01"},
}
APPLICATION: dict[str, Any] = {
    "ref": "7K4QXM2P9A",
    "state": "submitted",
    "state_label": "Under review",
    "version": 2,
    "category": {"code": "delegate", "name": "Delegate"},
    "delegation": {"code": "RU-TOM", "name": "Tomsk Oblast"},
    "organisation": NEW["organisation"],
    "position": NEW["position"],
    "position_short": NEW["position"],
    "language": "ru",
    "note": "",
    "submitted_at": "2027-03-02T10:15:00+07:00",
    "confirm_by": None,
    "person": PERSON,
    "history": [{"was": "draft", "to": "submitted", "at": "2027-03-02T10:15:00+07:00", "note": ""}],
    "possible_duplicates": [],
    "answers": {"shirt": "M"},
}
FULL: dict[str, Any] = {
    "code": "places.full",
    "message": "All places are taken. Delegate: 100 of 100. Put the person in line, or raise the number of places.",
    "fields": {},
}
