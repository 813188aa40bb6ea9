"""Rules of entry, guests from abroad, and everything a letter needs."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from forum.enums import Role
from forum.models import Account, Forum
from registration.actions.documents import save_document
from registration.actions.state import lock
from registration.actions.visa_rules import RuleTerms, set_rule
from registration.actions.visas import assess, save_stay
from registration.enums import RegistrationState, VisaOutcome
from registration.models import Registration, VisaCase, VisaRule
from registration.queries.visas import case_of
from tests.factories.documents import agree
from tests.factories.forum import make_staff
from tests.factories.registration import make_person, make_registration

PASSPORT = {
    "number": "ZZ4455667",
    "issued_on": "2024-02-03",
    "expires_on": "2034-02-02",
    "birth_place": "Выдуманск",
    "sex": "f",
}
"""No country gives these letters."""


def make_rule(
    forum: Forum,
    citizenship: str = "IN",
    outcome: VisaOutcome = VisaOutcome.VISA,
    *,
    by: Account | None = None,
    **terms: Any,
) -> VisaRule:
    """India needs a visa, data thirty days before, for ever; or whatever `terms` make of it."""
    usual = {"document": "", "since": None, "until": None, "lead_days": 30, "notes": {"ru": "Нужна виза."}}
    officer = by or make_staff(forum, Role.ACCREDITATION_OFFICER)
    return set_rule(forum, terms=RuleTerms(citizenship=citizenship, outcome=outcome, **usual | terms), by=officer)


def make_guest(
    forum: Forum, citizenship: str = "IN", *, state: RegistrationState = RegistrationState.CONFIRMED, **more: Any
) -> Registration:
    """Somebody from abroad with a place who has agreed to the data of the document; the rules have been asked."""
    person = make_person(forum, citizenship=citizenship, birth_date="1990-05-17", **more.pop("person", {}))
    made = make_registration(forum, person=person, state=state, **more)
    agree(made)
    guest = Registration.objects.select_related("person", "forum", "category", "delegation__region").get(pk=made.pk)
    with transaction.atomic():
        assess(lock(guest))
    return guest


def case(guest: Registration) -> VisaCase:
    """As it stands now."""
    found = case_of(guest)
    assert found
    return found


def give_passport(guest: Registration, **values: str) -> None:
    """As the page of the document does it."""
    save_document(guest, kind="foreign_passport", values=PASSPORT | values, version=1, by=None)


def give_stay(guest: Registration, **values: Any) -> VisaCase:
    """As the page of the visa does it: a day before and after the forum."""
    usual: dict[str, date | str] = {
        "arrives_on": guest.forum.starts_on - timedelta(days=1),
        "leaves_on": guest.forum.ends_on + timedelta(days=1),
        "entry_place": "Москва, Шереметьево",
        "consulate": "Мумбаи, Индия",
    }
    return save_stay(guest, values=usual | values, version=case(guest).version, by=None)


def make_ready(forum: Forum, **more: Any) -> Registration:
    """A guest with everything that the letter needs. A rule for India is made where there is none."""
    if not VisaRule.objects.filter(forum=forum, citizenship="IN").exists():
        make_rule(forum)
    guest = make_guest(forum, **more)
    give_passport(guest, number=f"ZZ{1000000 + guest.pk}")
    give_stay(guest)
    return guest
