"""A withdrawn consent stops what it allowed, in one transaction, and stays provable."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from badges.actions.credentials import issue_credential
from badges.enums import CredentialState
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.consents import give_consent, note_consent, withdraw_consent
from registration.actions.corrections import correct_facts
from registration.actions.review import ask_for_changes, reopen
from registration.enums import ConsentEvidence, RegistrationState
from registration.models import ConsentDocument, ConsentWithdrawal, Pool, Registration
from registration.queries.consents import Matter, matters_of
from registration.queries.people import name_of
from tests.factories.registration import make_consent_document, make_registration

pytestmark = pytest.mark.django_db
S = RegistrationState


def agreed(forum: Forum, *, state: S = S.CONFIRMED, purpose: str = "processing") -> Registration:
    """Somebody who has ticked the consent to processing, and the one to `purpose`."""
    registration = make_registration(forum, state=state)
    for document in {make_consent_document(forum), make_consent_document(forum, purpose=purpose)}:
        note_consent(registration.person, document=document, language="ru", evidence=ConsentEvidence.OWN_TICK)
    return registration


def matter(registration: Registration, key: str = "processing") -> Matter:
    return next(one for one in matters_of(registration.person) if one.key == key)


def take_back(registration: Registration, key: str = "processing") -> bool:
    return withdraw_consent(registration, matter=matter(registration, key), language="be", ip="192.0.2.7", by=None)


def test_withdrawing_processing_ends_application_place_badge_and_name(forum: Forum) -> None:
    registration = agreed(forum)
    credential = issue_credential(registration)
    assert take_back(registration)
    registration = Registration.objects.select_related("person").get(pk=registration.pk)
    credential.refresh_from_db()
    assert (registration.state, credential.state) == (S.CANCELLED, CredentialState.REVOKED)
    assert Pool.objects.get(pk=registration.category.pool_id).taken == 0
    assert name_of(registration.person).surname == ""
    assert registration.person.surname == "Примерова"
    withdrawal = ConsentWithdrawal.objects.get()
    assert (withdrawal.language, withdrawal.ip, withdrawal.consent.person) == ("be", "192.0.2.7", registration.person)


def test_confirmation_is_the_only_letter_left(forum: Forum, officer: Account) -> None:
    registration = agreed(forum, state=S.SUBMITTED)
    ask_for_changes(registration, by=officer, note="Проверьте имя.")
    assert Message.objects.filter(reason="registration.needs_changes").count() == 1
    take_back(registration)
    assert list(Message.objects.values_list("reason", flat=True)) == ["registration.consent_withdrawn"]
    assert json.loads(Message.objects.get().context)["name"] == "Анна Ильинична"


def test_withdrawing_twice_is_withdrawing_once(forum: Forum) -> None:
    registration = agreed(forum)
    assert [take_back(registration), take_back(registration)] == [True, False]
    assert ConsentWithdrawal.objects.count() == Message.objects.filter(reason__contains="consent").count() == 1


def test_a_draft_ends_without_a_letter(forum: Forum) -> None:
    registration = agreed(forum, state=S.DRAFT)
    take_back(registration)
    registration.refresh_from_db()
    assert (registration.state, Message.objects.count()) == (S.CANCELLED, 0)


def test_a_declined_application_is_never_taken_up_again(forum: Forum, officer: Account) -> None:
    registration = agreed(forum, state=S.REJECTED)
    take_back(registration)
    with pytest.raises(DomainError) as refused:
        reopen(registration, by=officer)
    assert refused.value.code == "registration.consent_withdrawn"
    with pytest.raises(DomainError) as refused:
        correct_facts(registration, version=1, answers={"email": "new@example.org"}, reason="x", by=officer)
    assert refused.value.code == "registration.consent_withdrawn"


def test_optional_withdrawal_leaves_the_application_alone(forum: Forum) -> None:
    registration = agreed(forum, purpose="publication")
    take_back(registration, "publication")
    registration.refresh_from_db()
    assert registration.state == S.CONFIRMED
    assert name_of(registration.person).surname == "Примерова"
    assert matter(registration).given


def test_consent_is_given_again_as_a_row_of_its_own(forum: Forum) -> None:
    registration = agreed(forum)
    take_back(registration)
    document = make_consent_document(forum)
    first, second = (give_consent(registration, document=document, language="uz", by=None) for _ in range(2))
    assert first == second
    assert first.again_after == ConsentWithdrawal.objects.get()
    registration = Registration.objects.select_related("person").get(pk=registration.pk)
    assert (registration.state, name_of(registration.person).surname) == (S.CANCELLED, "Примерова")
    assert take_back(registration)
    assert ConsentWithdrawal.objects.count() == 2
    assert give_consent(registration, document=document, language="ru", by=None).again_after


def test_withdrawal_takes_back_every_version_agreed_to(forum: Forum) -> None:
    registration = agreed(forum)
    newer = make_consent_document(forum, version=2)
    assert matter(registration).has_newer_text
    give_consent(registration, document=newer, language="ru", by=None)
    take_back(registration)
    assert ConsentWithdrawal.objects.count() == 2
    assert AuditEntry.objects.get(action="registration.consent_withdrawn").data["versions"] == [1, 2]


def test_an_old_text_cannot_be_agreed_to(forum: Forum) -> None:
    registration = make_registration(forum)
    old = make_consent_document(forum)
    make_consent_document(forum, version=2)
    with pytest.raises(DomainError, match="old_text"):
        give_consent(registration, document=old, language="ru", by=None)


def test_withdrawals_and_versions_are_kept_by_the_database(forum: Forum) -> None:
    registration = agreed(forum)
    take_back(registration)
    for change in (ConsentWithdrawal.objects.all().delete, lambda: ConsentWithdrawal.objects.update(language="ru")):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        note_consent(registration.person, document=make_consent_document(forum), language="ru", evidence="own_tick")
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentDocument.objects.create(
            forum=forum, purpose="processing", version=1, title="x", body="x", published_at=forum.confirm_by
        )
