"""Consents by word: taken back by letter, by email or at the desk, or signed on paper; recorded by an officer, kept as proof."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from badges.actions.credentials import issue_credential
from badges.enums import CredentialState
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.consents import give_consent, note_consent, withdraw_consent
from registration.actions.consents_received import Received, record_signed, record_withdrawal
from registration.actions.paper import Paper
from registration.enums import ConsentEvidence, RegistrationState, WithdrawalWay
from registration.models import Consent, ConsentWithdrawal, Registration
from tests.factories.registration import make_consent_document
from tests.registration.test_actions_consents import agreed, matter

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def letter(*, received_on: date | None = None, note: str = "папка 4") -> Received:
    return Received(way=WithdrawalWay.LETTER, received_on=received_on or localdate(), note=note)


def take_back(registration: Registration, key: str, by: Account, **what: object) -> bool:
    about, received = matter(registration, key), letter(**what)  # type: ignore[arg-type]
    return record_withdrawal(registration, matter=about, received=received, by=by)


def paper(forum: Forum, *, purpose: str = "publication", version: int = 1, **changes: object) -> Paper:
    document = make_consent_document(forum, purpose=purpose, version=version)
    values = {"document": document, "language": "ru", "signed_on": localdate(), "witness": "Свидетелева Ольга"}
    return Paper(**values | changes)  # type: ignore[arg-type]


def test_a_letter_does_what_the_click_does_and_stands_in_the_log(forum: Forum, officer: Account) -> None:
    registration = agreed(forum)
    credential = issue_credential(registration)
    assert credential and take_back(registration, "processing", officer)
    registration = Registration.objects.select_related("person").get(pk=registration.pk)
    credential.refresh_from_db()
    assert (registration.state, credential.state) == (RegistrationState.CANCELLED, CredentialState.REVOKED)
    assert registration.person.processing_stopped_at
    withdrawal = ConsentWithdrawal.objects.get()
    assert (withdrawal.way, withdrawal.received_on, withdrawal.language, withdrawal.ip) == (
        "letter",
        localdate(),
        "ru",
        None,
    )
    entry = AuditEntry.objects.get(action="registration.consent_withdrawn")
    assert (entry.actor, entry.reason, entry.data["way"], entry.data["day"]) == (
        officer,
        "папка 4",
        "letter",
        localdate().isoformat(),
    )
    assert list(Message.objects.values_list("reason", flat=True)) == ["registration.consent_withdrawn"]


def test_recording_after_the_click_records_nothing(forum: Forum, officer: Account) -> None:
    registration = agreed(forum, purpose="publication")
    about = matter(registration, "publication")
    withdraw_consent(registration, matter=about, language="ru", by=None)
    assert not record_withdrawal(registration, matter=about, received=letter(), by=officer)
    assert ConsentWithdrawal.objects.get().way == "own_click"
    assert Message.objects.count() == AuditEntry.objects.filter(action="registration.consent_withdrawn").count() == 1


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"received_on": date(2020, 1, 1)}, "received_on"),
        ({"received_on": date(2090, 1, 1)}, "received_on"),
        ({"note": "  "}, "note"),
    ],
    ids=["before", "future", "note"],
)
def test_a_day_that_cannot_be_and_an_empty_note_change_nothing(
    forum: Forum, officer: Account, what: dict[str, object], field: str
) -> None:
    registration = agreed(forum)
    with pytest.raises(DomainError) as refused:
        take_back(registration, "processing", officer, **what)
    assert list(refused.value.fields) == [field]
    assert not ConsentWithdrawal.objects.exists()
    registration.refresh_from_db()
    assert registration.state == RegistrationState.CONFIRMED


def test_the_day_on_the_paper_is_that_of_the_consent(forum: Forum, officer: Account) -> None:
    """Signed, then taken back by a letter, then the paper was recorded, then the letter."""
    registration = agreed(forum)
    document = make_consent_document(forum, purpose="publication")
    signed = {"evidence": ConsentEvidence.SIGNED_PAPER, "signed_on": localdate() - 3 * DAY}
    note_consent(registration.person, document=document, language="ru", **signed)
    with pytest.raises(DomainError, match=r"withdrawal\.day"):
        take_back(registration, "publication", officer, received_on=localdate() - 4 * DAY)
    assert take_back(registration, "publication", officer, received_on=localdate() - 3 * DAY)


def test_a_letter_older_than_the_newest_consent_takes_nothing_back(forum: Forum, officer: Account) -> None:
    with time_machine.travel(forum.confirm_by - 90 * DAY):
        registration = agreed(forum, purpose="publication")
    with time_machine.travel(forum.confirm_by - 80 * DAY):
        newer = make_consent_document(forum, purpose="publication", version=2)
        give_consent(registration, document=newer, language="ru", by=None)
        with pytest.raises(DomainError, match=r"withdrawal\.day"):
            take_back(registration, "publication", officer, received_on=localdate() - DAY)
        assert take_back(registration, "publication", officer)
    assert ConsentWithdrawal.objects.count() == 2


def test_the_database_keeps_day_and_way_together(forum: Forum) -> None:
    consent = agreed(forum).person.consents.get()
    for wrong in ({"way": "letter"}, {"received_on": localdate()}):
        with pytest.raises(IntegrityError, match="withdrawal_received_has_day"), transaction.atomic():
            ConsentWithdrawal.objects.create(consent=consent, language="ru", **wrong)


def test_an_optional_consent_is_recorded_from_paper_once(forum: Forum, officer: Account) -> None:
    registration = agreed(forum)
    first, second = (record_signed(registration, paper=paper(forum), by=officer) for _ in range(2))
    assert first == second
    assert (first.evidence, first.witness, first.signed_on) == ("signed_paper", "Свидетелева Ольга", localdate())
    entry = AuditEntry.objects.get(action="registration.consent_given")
    assert (entry.actor, entry.data["consent"], entry.data["evidence"]) == (officer, "publication", "signed_paper")
    assert "Свидетелева" not in str(entry.data)


def test_recorded_by_mistake_it_is_withdrawn_and_may_be_signed_anew(forum: Forum, officer: Account) -> None:
    registration = agreed(forum)
    record_signed(registration, paper=paper(forum), by=officer)
    assert take_back(registration, "publication", officer)
    again = record_signed(registration, paper=paper(forum), by=officer)
    assert again.again_after == ConsentWithdrawal.objects.get()
    assert matter(registration, "publication").given == again


def test_a_paper_older_than_the_withdrawal_does_not_bring_the_consent_back(forum: Forum, officer: Account) -> None:
    with time_machine.travel(forum.confirm_by - 90 * DAY):
        registration = agreed(forum, purpose="publication")
    with time_machine.travel(forum.confirm_by - 80 * DAY):
        take_back(registration, "publication", officer)
        with pytest.raises(DomainError, match="withdrawn_since") as refused:
            record_signed(registration, paper=paper(forum, signed_on=localdate() - DAY), by=officer)
        assert list(refused.value.fields) == ["signed_on"]
        assert record_signed(registration, paper=paper(forum), by=officer)


def test_paper_begins_no_application_and_needs_a_witness_a_day_and_the_text_in_force(
    forum: Forum, officer: Account
) -> None:
    registration = agreed(forum, purpose="publication")
    make_consent_document(forum, purpose="photo", version=2)
    wrong = {
        "paper.witness": paper(forum, purpose="photo", version=2, witness=" "),
        "consent.date": paper(forum, purpose="photo", version=2, signed_on=localdate() + DAY),
        "consent.old_text": paper(forum, purpose="photo"),
    }
    for code, tried in wrong.items():
        with pytest.raises(DomainError, match=code):
            record_signed(registration, paper=tried, by=officer)
    take_back(registration, "processing", officer)
    for purpose in ("processing", "photo"):
        with pytest.raises(DomainError, match="consent_withdrawn"):
            record_signed(registration, paper=paper(forum, purpose=purpose), by=officer)
    assert Consent.objects.count() == 2


def test_a_newer_text_may_be_signed_on_paper_too(forum: Forum, officer: Account) -> None:
    registration = agreed(forum)
    record_signed(registration, paper=paper(forum, purpose="processing", version=2), by=officer)
    assert not matter(registration).has_newer_text
    assert matter(registration).given.document.version == 2  # type: ignore[union-attr]
