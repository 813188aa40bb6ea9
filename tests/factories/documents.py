"""Documents of people, and reasons to ask for them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from forum.enums import Role
from forum.models import Forum
from registration.actions.consents import give_consent
from registration.actions.documents import save_document
from registration.enums import ConsentPurpose, DocumentField, RegistrationState
from registration.models import IdentityDocument, Registration
from registration.needs import Need, NeedSource, need_sources
from registration.queries.documents import document_of
from tests.factories.registration import make_consent_document, make_person, make_registration

STRICT = frozenset(DocumentField) - {DocumentField.SEX}
RUSSIAN = {
    "series": "0001",
    "number": "712345",
    "issued_by": "ОВД Образцового района",
    "issued_on": "2015-06-01",
    "department_code": "000-001",
    "birth_place": "пос. Придуманный",
    "registration_address": "Небывалая улица, 7",
}
"""Nobody has a series that begins with 00."""
UZBEK = {
    "number": "ZZ7654321", "issued_by": "Xayoliy IIB", "issued_on": "2021-02-03", "expires_on": "2031-02-02",
    "birth_place": "Oʻylab topilgan qishloq", "registration_address": "Yoʻq koʻchasi, 9",
}  # fmt: skip
SECRETS = [value for value in (*RUSSIAN.values(), *UZBEK.values()) if len(value) > 4]
"""What must stand nowhere but on the pages that show it with a reason."""


def need(
    monkeypatch: Any, *, fields: frozenset[DocumentField] = STRICT, until: date | None = None, is_open: bool = True
) -> None:
    """Something asks everybody, until tomorrow."""
    last = until or localdate() + timedelta(days=1)
    one = Need(fields=fields, why="Потому что нужно.", seen_by="те, кому нужно", until=last, is_open=is_open)

    def find(registrations: Sequence[Registration]) -> dict[int, list[Need]]:
        return {registration.pk: [one] for registration in registrations}

    source = NeedSource(find=find, roles=frozenset({Role.VISIT_COORDINATOR}))
    monkeypatch.setitem(need_sources._entries, "visits", source)


def make_holder(
    forum: Forum, *, citizenship: str = "RU", birth_date: str | None = "1990-05-17", **more: Any
) -> Registration:
    """A confirmed person who has agreed that the data of the document are kept."""
    person = make_person(forum, citizenship=citizenship, birth_date=birth_date)
    registration = make_registration(forum, person=person, **{"state": RegistrationState.CONFIRMED} | more)
    agree(registration)
    return Registration.objects.select_related("person", "forum", "category", "delegation__region").get(
        pk=registration.pk
    )


def agree(registration: Registration, *purposes: ConsentPurpose) -> None:
    """To processing and to whatever is named, the document otherwise."""
    for purpose in (ConsentPurpose.PROCESSING, *(purposes or (ConsentPurpose.DOCUMENT,))):
        document = make_consent_document(registration.forum, purpose=purpose)
        give_consent(registration, document=document, language="ru", by=None)


def save(registration: Registration, **changes: Any) -> IdentityDocument:
    """As the page does it."""
    known = document_of(registration) or IdentityDocument.objects.filter(registration=registration).first()
    foreign = registration.person.citizenship != "RU"
    kind = changes.pop("kind", "foreign_passport" if foreign else "ru_passport")
    values = (UZBEK if foreign else RUSSIAN) | changes.pop("values", {})
    version = changes.pop("version", known.version if known else 1)
    return save_document(registration, kind=kind, values=values, version=version, by=None, **changes)
