"""Documents: kept only where asked for, known again, never told, erased by date and with the consent."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate, now

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from forum.registry import export_columns
from registration.actions.applications import withdraw
from registration.actions.consents import withdraw_consent
from registration.actions.corrections import correct_facts
from registration.actions.documents import clear_suspicion, look_at_document
from registration.actions.erasing import erase_document, erase_due
from registration.enums import ConsentPurpose, DocumentField, ErasureBasis, RegistrationState
from registration.models import Erasure, IdentityDocument, Registration
from registration.queries.consents import matters_of
from registration.queries.documents import document_of, missing_columns, needs_of_one, suspects, twins_of
from registration.signals import document_changed
from tests.factories.documents import RUSSIAN, SECRETS, UZBEK, agree, make_holder, need, save
from tests.factories.registration import make_person, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked(monkeypatch: pytest.MonkeyPatch) -> None:
    need(monkeypatch)


@pytest.fixture
def holder(forum: Forum) -> Registration:
    return make_holder(forum)


def fresh(model: Any, row: Any) -> Any:
    return model.objects.get(pk=row.pk)


def acts(registration: Registration) -> list[str]:
    entries = AuditEntry.objects.filter(object_kind="registration", object_id=registration.ref).order_by("pk")
    return [entry.action.removeprefix("registration.") for entry in entries if "document" in entry.action]


def test_everything_is_sealed_and_reads_back(holder: Registration) -> None:
    document = save(holder)
    assert {column: getattr(fresh(IdentityDocument, document), column) for column in RUSSIAN} == RUSSIAN
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registration_identitydocument")
        stored = [bytes(value) if isinstance(value, memoryview) else value for value in cursor.fetchone()]
    assert [secret for secret in SECRETS if secret in str(stored) or secret.encode() in b"".join(
        value for value in stored if isinstance(value, bytes))] == []  # fmt: skip


def test_nothing_is_kept_without_a_consent_or_a_need(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = make_registration(forum, state=RegistrationState.CONFIRMED)
    with pytest.raises(DomainError, match=r"document\.no_consent"):
        save(stranger)
    agree(stranger)
    need(monkeypatch, is_open=False)
    with pytest.raises(DomainError, match=r"document\.not_needed"):
        save(stranger)
    assert IdentityDocument.objects.count() == 0


def test_an_empty_answer_keeps_what_is_stored_and_another_kind_begins_anew(holder: Registration) -> None:
    save(holder)
    document = save(holder, values=dict.fromkeys(RUSSIAN, "") | {"issued_by": "Другой отдел"})
    assert (document.number, document.issued_by, document.version) == ("712345", "Другой отдел", 2)
    changed = AuditEntry.objects.filter(action="registration.document_saved").latest("pk").changed
    assert changed == ["issued_by"]
    document = save(holder, kind="ru_travel", values={"series": "00", "number": "7123456"} | dict.fromkeys(
        ("issued_by", "issued_on", "department_code", "birth_place", "registration_address"), ""))  # fmt: skip
    assert (document.series, document.issued_by, document.birth_place) == ("00", None, None)


def test_the_same_answers_again_change_nothing(holder: Registration) -> None:
    save(holder)
    assert (save(holder).version, acts(holder)) == (1, ["document_saved"])


def test_of_two_windows_the_later_is_told(holder: Registration) -> None:
    save(holder)
    save(holder, values={"number": "712346"})
    with pytest.raises(DomainError, match=r"document\.stale"):
        save(holder, values={"number": "712347"}, version=1)


def test_what_cannot_be_is_refused_with_a_message_for_each_field(holder: Registration) -> None:
    with pytest.raises(DomainError, match=r"document\.impossible") as refusal:
        save(holder, values={"series": "1", "issued_on": "1980-01-01"})
    assert set(refusal.value.fields) == {"series", "issued_on"}
    assert document_of(holder) is None


def test_the_date_of_birth_is_written_where_it_was_not_known(forum: Forum) -> None:
    holder = make_holder(forum, birth_date=None)
    needs = needs_of_one(holder)
    assert "birth_date" in missing_columns(holder, None, needs)
    document = save(holder, birth_date=date(1991, 1, 2))
    holder.person.refresh_from_db()
    assert holder.person.birth_date == date(1991, 1, 2)
    assert missing_columns(holder, document, needs) == []
    save(fresh(Registration, holder), values={"number": "700000"}, birth_date=date(1970, 1, 1))
    holder.person.refresh_from_db()
    assert holder.person.birth_date == date(1991, 1, 2)


def test_a_change_is_news_for_the_rooms_above(holder: Registration) -> None:
    heard: list[Any] = []

    def hear(**news: Any) -> None:
        heard.append((news["registration"], news["changed"], news["erased"]))

    document_changed.connect(hear)
    try:
        save(holder)
        save(holder, values={"number": "700000"})
        erase_document(holder, basis=ErasureBasis.ASKED)
    finally:
        document_changed.disconnect(hear)
    assert [(changed, erased) for _who, changed, erased in heard][1] == (["number"], False)
    assert heard[-1][2] is True


# --- known again -----------------------------------------------------------------------------------------------------------
def test_the_second_with_a_number_is_suspect_and_an_officer_may_clear_it(forum: Forum, officer: Account) -> None:
    first, second, other = (make_holder(forum) for _ in range(3))
    save(first)
    document = save(second, values={"series": "00 01", "number": "712 345"})
    save(other, values={"number": "700000"})
    assert document.suspect_since and list(suspects(forum)) == [document]
    assert [twin.registration for twin in twins_of(document)] == [first]
    clear_suspicion(document, reason="братья, опечатка", by=officer)
    clear_suspicion(document, reason="ещё раз", by=officer)
    assert list(suspects(forum)) == []
    assert acts(second) == ["document_saved", "document_suspect", "document_cleared"] or acts(second) == [
        "document_suspect", "document_saved", "document_cleared"
    ]  # fmt: skip


def test_another_country_or_edition_is_another_number(forum: Forum) -> None:
    one, other = make_holder(forum, citizenship="UZ"), make_holder(forum, citizenship="KZ")
    assert save(one).number_hash != save(other).number_hash
    assert list(suspects(forum)) == []


def test_a_corrected_number_is_above_suspicion(forum: Forum) -> None:
    first, second = make_holder(forum), make_holder(forum)
    save(first)
    assert save(second).suspect_since
    assert save(second, values={"number": "700000"}).suspect_since is None
    assert list(suspects(forum)) == []


def test_who_has_left_keeps_nobody_out(forum: Forum) -> None:
    first, second, third = (make_holder(forum) for _ in range(3))
    save(first)
    save(second)
    withdraw(first)
    assert list(suspects(forum)) == []  # nobody else has the number any more
    assert save(third).suspect_since is None
    assert [row.registration for row in suspects(forum)] == [second]


def test_a_corrected_country_is_another_document(forum: Forum, officer: Account) -> None:
    first, second = make_holder(forum, citizenship="UZ"), make_holder(forum, citizenship="KZ")
    save(first)
    save(second)
    correct_facts(second, version=second.version, answers={"citizenship": "UZ"}, reason="опечатка", by=officer)
    assert [row.registration for row in suspects(forum)] == [second]


def test_the_database_holds_one_number_among_those_above_suspicion(forum: Forum) -> None:
    first, second = make_holder(forum), make_holder(forum)
    save(first)
    document = save(second)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityDocument.objects.filter(pk=document.pk).update(suspect_since=None)


# --- read and told ---------------------------------------------------------------------------------------------------------
def test_reading_in_full_stands_in_the_log_with_its_reason(holder: Registration, officer: Account) -> None:
    save(holder)
    shown = look_at_document(holder, reason="сверка со списком", by=officer)
    assert shown == RUSSIAN | {"birth_date": "1990-05-17"}
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.reason, entry.actor) == ("registration.document_looked", "сверка со списком", officer)
    assert set(entry.changed) <= set(DocumentField)


def test_a_value_stands_in_no_audit_letter_or_log(
    forum: Forum, officer: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    first, second = make_holder(forum), make_holder(forum)
    uzbek = make_holder(forum, citizenship="UZ")
    for one in (first, second, uzbek):
        save(one)
        look_at_document(one, reason="сверка", by=officer)
    with pytest.raises(DomainError) as refusal:
        save(first, values={"series": "71234", "number": "712345"})
    for matter in matters_of(uzbek.person):
        withdraw_consent(uzbek, matter=matter, language="ru", by=None)
    told = [caplog.text, str(refusal.value.fields), str(refusal.value.data)]
    told += [str(list(model.objects.values())) for model in (AuditEntry, Message, Erasure)]
    told += [str(message.context) for message in Message.objects.all()]
    assert [secret for secret in SECRETS if any(secret in text for text in told)] == []


def test_a_value_stands_in_no_table_of_people(holder: Registration) -> None:
    save(holder)
    told = [str(column.cells([holder])) for column in export_columns]
    assert len(told) > 10
    assert [secret for secret in SECRETS if any(secret in text for text in told)] == []


# --- erased ----------------------------------------------------------------------------------------------------------------
def is_empty(document: IdentityDocument) -> bool:
    row = fresh(IdentityDocument, document)
    kept = [column for column in (*RUSSIAN, *UZBEK, "sex") if getattr(row, column) is not None]
    return kept == [] and row.number_hash is None and row.erased_at is not None


def test_data_go_thirty_days_after_what_needed_them(holder: Registration, monkeypatch: pytest.MonkeyPatch) -> None:
    document = save(holder)
    last = holder.forum.ends_on + timedelta(days=30)
    assert document.erase_after == last
    need(monkeypatch, until=last, is_open=False)  # a visit after the forum
    with time_machine.travel(noon(last + timedelta(days=1)), tick=False):
        assert erase_due() == 0  # it is needed longer than was thought
        assert fresh(IdentityDocument, document).erase_after == last + timedelta(days=30)
    with time_machine.travel(noon(last + timedelta(days=31)), tick=False):
        assert (erase_due(), erase_due()) == (1, 0)
    assert is_empty(document)
    proof = Erasure.objects.get()
    assert (proof.ref, proof.basis, proof.by) == (holder.ref, "term", None)
    assert set(proof.fields) == set(DocumentField) - {"sex", "birth_date", "expires_on"}
    assert AuditEntry.objects.latest("pk").actor_kind == "system"


def noon(day: date) -> Any:
    return now().replace(year=day.year, month=day.month, day=day.day, hour=5)


def test_with_the_consent_the_data_go_at_once(holder: Registration) -> None:
    document = save(holder)
    matter = next(one for one in matters_of(holder.person) if one.purpose == ConsentPurpose.DOCUMENT)
    withdraw_consent(holder, matter=matter, language="ru", by=None)
    assert is_empty(document)
    assert (fresh(Registration, holder).state, Erasure.objects.get().basis) == (RegistrationState.CONFIRMED, "consent")
    agree(holder)
    assert save(holder).number == "712345"


def test_with_the_consent_to_processing_everything_goes(holder: Registration) -> None:
    document = save(holder)
    withdraw_consent(holder, matter=matters_of(holder.person)[0], language="ru", by=None)
    assert is_empty(document)
    assert (fresh(Registration, holder).state, Erasure.objects.count()) == (RegistrationState.CANCELLED, 1)


def test_an_application_that_ends_begins_the_term(holder: Registration) -> None:
    document = save(holder)
    withdraw(holder)
    assert fresh(IdentityDocument, document).erase_after == localdate() + timedelta(days=30)
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert erase_due() == 1


def test_a_proof_never_changes(holder: Registration) -> None:
    save(holder)
    erase_document(holder, basis=ErasureBasis.ASKED)
    assert erase_document(holder, basis=ErasureBasis.ASKED) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(ref="0000000000")


def test_the_database_knows_what_erased_means(holder: Registration) -> None:
    document = save(holder)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityDocument.objects.filter(pk=document.pk).update(erased_at=now())


def test_people_without_a_document_are_not_touched(forum: Forum) -> None:
    registration: Model = make_registration(forum, person=make_person(forum), state=RegistrationState.CONFIRMED)
    assert isinstance(registration, Registration)
    withdraw(registration)
    assert Erasure.objects.count() == 0
