"""Documents of the demo's visitors: most are complete, some are not begun, two people have entered one number.

All numbers are invented: no series of a Russian passport begins with 00, no country gives the letters ZZ.
"""

from datetime import date, time

from agenda.models import VisitBooking
from forum.demo import DELEGATE_ACCOUNT, DemoContext
from registration.actions.consents import give_consent
from registration.actions.documents import save_document
from registration.actions.erasing import erase_document
from registration.enums import ClaimState, ConsentPurpose, DocumentKind, ErasureBasis, RegistrationState
from registration.models import ConsentDocument, Registration

MOST = 40
"""Enough to look at; each is two short transactions."""
ISSUERS = ("ОВД Образцового района", "Отдел МВД города Примерска", "УВД Придуманной области")
PLACES = ("г. Примерск", "пос. Образцовый", "с. Небывалое")


def build_documents(context: DemoContext) -> None:
    """Of those who have a place in a visit that needs them; the delegate of the sign-in page has only agreed yet."""
    document = ConsentDocument.objects.filter(forum=context.forum, purpose=ConsentPurpose.DOCUMENT).first()
    visitors = _visitors(context)[:MOST] if document else []
    twice = _twice(visitors)
    for number, registration in enumerate(visitors):
        with context.at(context.moment(-21, time(9 + number % 10, 5 + number % 50))):
            give_consent(registration, document=document, language=registration.language, by=None)  # type: ignore[arg-type]
            if registration.person.email != DELEGATE_ACCOUNT:
                _enter(registration, number=twice.get(number, number))
    if visitors:
        erase_document(visitors[-1], basis=ErasureBasis.ASKED)


def _twice(visitors: list[Registration]) -> dict[int, int]:
    """The second Russian visitor has the number of the first: an officer compares them."""
    russian = [n for n, one in enumerate(visitors) if n and one.person.citizenship == "RU"]
    return {russian[1]: russian[0]} if len(russian) > 1 else {}


def _visitors(context: DemoContext) -> list[Registration]:
    """By runs, so that the first ones are complete; the delegate of the sign-in page before all."""
    bookings = VisitBooking.objects.filter(claim__state=ClaimState.HELD, slot__programme__forum=context.forum)
    rows = bookings.exclude(slot__programme__needed_fields=[]).filter(
        registration__state=RegistrationState.CONFIRMED, registration__person__citizenship__in=("RU", "UZ", "BY")
    )
    rows = rows.select_related("registration__forum", "registration__person", "registration__category")
    found = {row.registration_id: row.registration for row in rows.order_by("slot_id", "registration_id")}
    return sorted(found.values(), key=lambda one: one.person.email != DELEGATE_ACCOUNT)


def _enter(registration: Registration, *, number: int) -> None:
    russian = registration.person.citizenship == "RU"
    born = registration.person.birth_date or date(1980, 1, 1)
    issued = date(max(born.year + 21, 2012) + number % 8, 1 + number % 12, 1 + number % 27)
    values = {
        "series": "0001" if russian else "",
        "number": f"{700000 + number * 137}" if russian else f"ZZ{7000000 + number * 1370}",
        "issued_by": ISSUERS[number % 3] if russian else "Namunaviy IIB",
        "issued_on": min(issued, date(2026, 3, 1)).isoformat(),
        "department_code": f"000-{number % 900 + 1:03}" if russian else "",
        "birth_place": PLACES[number % 3] if russian else "Namunaobod",
        "registration_address": f"Небывалая улица, {number + 1}" if russian else f"Namuna koʻchasi, {number + 1}",
    }
    if number % 7 == 3:
        del values["registration_address"]
    kind = DocumentKind.RU_PASSPORT if russian else DocumentKind.FOREIGN_PASSPORT
    save_document(registration, kind=kind, values=values, version=1, by=None)
