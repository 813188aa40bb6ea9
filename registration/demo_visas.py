"""Entry in the demo: rules of eight countries, and guests from abroad at every step of a visa case.

The rules are examples and say so: an organiser checks them before anybody travels by them. Passports are invented, no
country gives the letters ZZ.
"""

import csv
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from forum.demo import DemoContext
from forum.models import Account
from registration.actions.consents import give_consent
from registration.actions.documents import save_document
from registration.actions.letters import draw_letter, issue_letter
from registration.actions.visa_rules import RuleTerms, set_rule
from registration.actions.visas import ask_for_letter, decide_case, save_stay
from registration.engine.visas.deadlines import months_after
from registration.enums import ConsentPurpose, DocumentKind, RegistrationState, VisaOutcome, VisaState
from registration.models import ConsentDocument, Registration
from registration.queries.visas import case_of

if TYPE_CHECKING:
    from registration.demo import Desk

GUEST = "guest@example.org"
"""Owes the data of the letter."""
LETTERED = "lettered@example.org"
"""Has got a letter."""
EMAILS = {"wanted": GUEST, "issued": LETTERED}
COMPLETE = ("ready", "issued", "granted")
ROWS = Path(__file__).parent / "demo_data"


def _rows(name: str) -> list[dict[str, str]]:
    with (ROWS / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def publish_rules(context: DemoContext, *, by: Account) -> None:
    """Before anybody is approved: the rules are asked then."""
    for row in _rows("visa_rules"):
        terms = RuleTerms(
            citizenship=row["citizenship"],
            document=row["document"],
            since=date(2025, 1, 1),
            until=None,
            outcome=VisaOutcome(row["outcome"]),
            most_days=int(row["most_days"]) if row["most_days"] else None,
            lead_days=int(row["lead_days"]),
            notes={code: row[f"note_{code}"] for code in ("ru", "en", "uz", "be")},
            source=row["source"],
        )
        set_rule(context.forum, terms=terms, by=by)


def build_visas(desk: "Desk") -> None:
    """Eight guests; each gets as far as the key of the row says."""
    document = ConsentDocument.objects.filter(forum=desk.context.forum, purpose=ConsentPurpose.DOCUMENT).first()
    for number, row in enumerate(_rows("guests")):
        guest = _bring(desk, row)
        if document is None or guest.state != RegistrationState.CONFIRMED:
            continue
        with desk.context.at(desk.context.moment(-10, time(10, number))):
            give_consent(guest, document=document, language=guest.language, by=None)
            _walk(guest, row, number=number, officer=desk.officer)


def _bring(desk: "Desk", row: dict[str, str]) -> Registration:
    names = ("surname", "given_name", "latin_surname", "latin_given_name", "citizenship", "organisation", "position")
    answers = {name: row[name] for name in names}
    email = {"email": EMAILS[row["key"]]} if row["key"] in EMAILS else {}
    delegation = desk.delegations["RU-SPE"]
    more = {"languages": ["en"], "delegation": delegation, "patronymic": "", "native_name": ""}
    brought = desk.bring(answers | more | email, category="speaker", state=RegistrationState.CONFIRMED)
    return Registration.objects.select_related("forum", "person", "category", "delegation__region").get(pk=brought.pk)


def _walk(guest: Registration, row: dict[str, str], *, number: int, officer: Account) -> None:
    key = row["key"]
    if key == "asked":
        ask_for_letter(guest, by=None)
    if row["expires_on"]:
        _enter(guest, number=number, months=int(row["expires_on"]))
    if key in COMPLETE:
        _stay(guest, row["consulate"])
    if key in ("issued", "granted"):
        draw_letter(paper_id=issue_letter(guest, by=officer).pk)
    if key == "granted":
        draw_letter(paper_id=issue_letter(guest, by=officer, reason="новые даты поездки").pk)
        decide_case(guest, VisaState.GRANTED, remark="Прислал копию визы.", by=officer)


def _enter(guest: Registration, *, number: int, months: int) -> None:
    """`months`: so long after today the passport is valid."""
    values = {
        "number": f"ZZ{5100000 + number * 731}",
        "issued_on": "2022-03-04",
        "expires_on": months_after(guest.forum.starts_on, months - 4).isoformat(),
        "birth_place": "Exampleton",
        "sex": "f" if number % 2 else "m",
    }
    save_document(
        guest,
        kind=DocumentKind.FOREIGN_PASSPORT,
        values=values,
        birth_date=date(1984, 2 + number, 11),
        version=1,
        by=None,
    )


def _stay(guest: Registration, consulate: str) -> None:
    case = case_of(guest)
    if case is None:
        return
    days = {
        "arrives_on": guest.forum.starts_on - timedelta(days=2),
        "leaves_on": guest.forum.ends_on + timedelta(days=1),
    }
    save_stay(
        guest,
        values={**days, "entry_place": "Москва, Шереметьево", "consulate": consulate},
        version=case.version,
        by=None,
    )
