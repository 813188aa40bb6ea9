"""Deleting a person: nothing of them is left anywhere in the database, what proves something stays, and twice is once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from badges.actions.issuing import issue_badge
from badges.enums import CredentialState
from badges.models import BadgeFile, Credential
from forum.actions.accounts import grant_role
from forum.enums import NOBODY, MessageState, Role
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.consents import note_consent
from registration.actions.notices import tell_applicant
from registration.actions.person_erasing import DELETED, erase_person
from registration.actions.retention import forget_last_addresses
from registration.enums import ClaimState, ErasedData, ErasureBasis, RegistrationState
from registration.models import Claim, Consent, Erasure, Person, Registration
from tests.factories.forum import make_account
from tests.factories.registration import make_category, make_consent_document, make_person, make_registration

pytestmark = pytest.mark.django_db
WORDS = ("zyablikova", "зябликова", "agafya", "агафья", "zy@example.org", "яснополянск", "1977-03-05")


@pytest.fixture
def registration(forum: Forum) -> Registration:
    person = make_person(
        forum,
        surname="Зябликова",
        given_name="Агафья",
        latin_surname="ZYABLIKOVA",
        latin_given_name="AGAFYA",
        email="zy@example.org",
        account=make_account("zy@example.org"),
        birth_date=date(1977, 3, 5),
    )
    made = make_registration(
        forum, state=RegistrationState.CONFIRMED, person=person, organisation="Яснополянский музей"
    )
    note_consent(person, document=make_consent_document(forum), language="ru", evidence="own_tick", ip="192.0.2.7")
    return made


def found_anywhere() -> dict[str, list[str]]:
    """Tables in whose rows a word of the person stands."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT lower(t::text) FROM "{table}" t')  # noqa: S608 -- our own tables
            text = " ".join(row[0] for row in cursor.fetchall())
            if hits := [word for word in WORDS if word in text]:
                found[table] = hits
    return found


def erase(registration: Registration, **changes: object) -> bool:
    return erase_person(registration, **{"basis": ErasureBasis.ASKED, "by": None, "as_applicant": True} | changes)  # type: ignore[arg-type]


def test_nothing_is_left_but_what_proves(registration: Registration) -> None:
    issue_badge(registration_id=registration.pk)
    assert {"registration_person", "registration_registration", "forum_message"} <= set(found_anywhere())
    assert erase(registration)
    assert found_anywhere() == {"forum_message": ["zy@example.org"]}  # the last letter, which has not left yet
    last = Message.objects.get(reason=DELETED)
    Message.objects.filter(pk=last.pk).update(state=MessageState.SENT)
    assert forget_last_addresses() == 1
    assert found_anywhere() == {}
    registration.refresh_from_db()
    assert registration.state == RegistrationState.CANCELLED
    assert Credential.objects.get().state == CredentialState.REVOKED
    assert (BadgeFile.objects.count(), Claim.objects.get().state) == (0, ClaimState.RELEASED)
    assert Consent.objects.get().ip == "192.0.2.7"
    proof = Erasure.objects.get()
    assert {ErasedData.NAMES, ErasedData.CONTACTS, ErasedData.BIRTH_DATE, ErasedData.BADGE} <= set(proof.data)
    entry = AuditEntry.objects.get(action="registration.person_erased")
    assert "names" in entry.changed


def test_login_ends_unless_it_looks_after_others_or_belongs_to_the_team(registration: Registration) -> None:
    account = registration.person.account
    assert account is not None
    child = make_person(registration.forum, account=account, email="zy@example.org")
    erase(registration)
    account.refresh_from_db()
    assert (account.is_active, account.email) == (True, "zy@example.org")
    erase(make_registration(registration.forum, person=child))
    account.refresh_from_db()
    assert not account.is_active
    assert account.email.endswith(NOBODY)


def test_staff_keep_their_login(registration: Registration) -> None:
    ends = now() + timedelta(days=9)
    grant_role(email="zy@example.org", forum=registration.forum, role=Role.CHECKIN_STAFF, valid_until=ends, by=None)
    erase(registration)
    account = Account.objects.get(email="zy@example.org")
    assert (account.is_active, account.people.count()) == (True, 0)


def test_deleting_twice_is_deleting_once(registration: Registration) -> None:
    assert [erase(registration), erase(registration)] == [True, False]
    assert (Erasure.objects.count(), Message.objects.filter(reason=DELETED).count()) == (1, 1)


def test_all_applications_go_with_the_person_and_a_refused_one_stays_refused(registration: Registration) -> None:
    refused = make_registration(registration.forum, state=RegistrationState.REJECTED, person=registration.person)
    erase(registration)
    refused.refresh_from_db()
    assert (refused.state, refused.organisation) == (RegistrationState.REJECTED, "")
    assert not Registration.objects.filter(erased_at=None).exists()


def test_a_draft_gets_no_last_letter(forum: Forum) -> None:
    draft = make_registration(forum, state=RegistrationState.DRAFT)
    erase(draft)
    assert not Message.objects.exists()


def test_letters_that_have_not_left_are_dropped(registration: Registration) -> None:
    step = registration.moves.create(was="submitted", to="approved")
    tell_applicant(registration, step)
    erase(registration)
    assert [one.reason for one in Message.objects.all()] == [DELETED]


def test_database_refuses_an_erased_person_with_a_name(registration: Registration) -> None:
    erase(registration)
    for changes in ({"surname": "Зябликова"}, {"email": "zy@example.org"}, {"birth_date": date(1977, 3, 5)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=registration.person_id).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=registration.pk).update(organisation="Музей")


def test_place_goes_back(forum: Forum) -> None:
    category = make_category(forum, places=1)
    erase(make_registration(forum, state=RegistrationState.APPROVED, category=category))
    category.pool.refresh_from_db()
    assert category.pool.taken == 0
