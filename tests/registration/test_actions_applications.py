"""Starting, answering, sending, coming back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum
from registration.actions.applications import confirm, save_answers, start_application, submit
from registration.actions.corrections import correct_facts
from registration.actions.line import serve_line
from registration.actions.notices import issue_return_link, registration_of_link
from registration.actions.pools import resize_pool
from registration.actions.review import put_in_line
from registration.actions.sweeps import NOT_CONFIRMED, sweep
from registration.enums import ClaimState, RegistrationState
from registration.models import Claim, Consent, Pool, Registration
from tests.factories.forum import make_account
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_person,
    make_registration,
)

S = RegistrationState
ANSWERS = {
    "surname": "Прикладов",
    "given_name": "Сергей",
    "latin_surname": "pryklada’u",
    "latin_given_name": "Siarhei",
    "native_name": "Прыкладаў Сяргей",
    "citizenship": "BY",
    "languages": ["be", "ru"],
    "email": "siarhei@example.org",
    "organisation": "Цэнтр «Прыклад»",
    "position": "начальник отдела",
}


def start(forum: Forum, **changes: object) -> Registration:
    values = {
        "forum": forum,
        "category": make_category(forum),
        "document": make_consent_document(forum),
        "language": "be",
        "ip": "192.0.2.1",
        "account": None,
    }
    return start_application(**values | changes)


def test_consent_is_stored_before_anything_personal(forum: Forum) -> None:
    draft = start(forum)
    consent = Consent.objects.get()
    assert (consent.person, consent.language) == (draft.person, "be")
    assert consent.text_hash == make_consent_document(forum).text_hash("be")
    assert (draft.state, draft.person.surname, draft.person.email) == (S.DRAFT, "", "")


def test_closed_applications_are_refused_with_an_address(forum: Forum) -> None:
    forum.applications_open = False
    forum.save()
    with pytest.raises(DomainError) as refusal:
        start(forum)
    assert (refusal.value.code, forum.contact_email in refusal.value.message) == ("registration.closed", True)
    assert not Registration.objects.exists()


def test_category_by_invitation_is_refused(forum: Forum) -> None:
    with pytest.raises(DomainError) as refusal:
        start(forum, category=make_category(forum, code="organiser", open_to_applicants=False))
    assert refusal.value.code == "registration.category_closed"


def test_answers_are_kept_and_only_their_names_are_audited(forum: Forum) -> None:
    draft = start(forum)
    saved = save_answers(draft, version=1, answers=ANSWERS | {"delegation": make_delegation(forum, "BY")})
    assert (saved.version, saved.person.native_name, saved.person.latin_given_name) == (
        2,
        "Прыкладаў Сяргей",
        "SIARHEI",
    )
    entry = AuditEntry.objects.get(action="registration.answered")
    assert "native_name" in entry.changed
    assert "Прыкладаў" not in str(entry.changed) + str(entry.data)


def test_saving_over_a_newer_version_is_refused(forum: Forum) -> None:
    draft = start(forum)
    save_answers(draft, version=1, answers={"organisation": "первая"})
    with pytest.raises(DomainError) as refusal:
        save_answers(draft, version=1, answers={"organisation": "вторая"})
    assert (refusal.value.code, refusal.value.status) == ("registration.stale", 409)
    draft.refresh_from_db()
    assert draft.organisation == "первая"


def test_sending_names_every_missing_answer(forum: Forum) -> None:
    draft = start(forum)
    save_answers(draft, version=1, answers={"citizenship": "UZ", "surname": "Намуна"})
    with pytest.raises(DomainError) as refusal:
        submit(draft)
    assert set(refusal.value.fields) == {
        "latin_surname",
        "languages",
        "email",
        "delegation",
        "organisation",
        "position",
    }


def test_sending_makes_the_login_of_the_email(forum: Forum) -> None:
    draft = start(forum)
    save_answers(draft, version=1, answers=ANSWERS | {"delegation": make_delegation(forum, "BY")})
    sent = submit(draft)
    assert (sent.state, sent.person.account) == (S.SUBMITTED, Account.objects.get(email="siarhei@example.org"))
    with pytest.raises(DomainError) as refusal:
        save_answers(sent, version=sent.version, answers={"organisation": "x"})
    assert refusal.value.code == "registration.locked"


def test_ten_people_may_share_one_email(forum: Forum) -> None:
    for _ in range(10):
        submit(make_registration(forum, state=S.DRAFT, person=make_person(forum, email="shared@example.org")))
    assert Account.objects.get(email="shared@example.org").people.count() == 10


def test_changing_the_email_kills_old_links_and_hands_the_person_over(forum: Forum) -> None:
    draft = make_registration(forum, state=S.DRAFT, person=make_person(forum, account=make_account()))
    token = issue_return_link(draft)
    assert registration_of_link(token) == draft
    save_answers(draft, version=draft.version, answers={"email": "new@example.org"})
    assert registration_of_link(token) is None
    draft.person.refresh_from_db()
    assert draft.person.account is None


def test_late_confirmation_is_refused_and_the_place_goes_to_the_line(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=1)
    late = make_registration(forum, category=category, state=S.APPROVED, confirm_by=now() - timedelta(minutes=1))
    waiting = make_registration(forum, category=category)
    put_in_line(waiting, by=officer)
    with pytest.raises(DomainError) as refusal:
        confirm(late)
    assert refusal.value.code == "registration.confirm_late"
    sweep()
    late.refresh_from_db()
    waiting.refresh_from_db()
    assert (late.state, late.note, waiting.state) == (S.CANCELLED, NOT_CONFIRMED, S.WAITLISTED)
    assert Claim.objects.get(person=waiting.person).state == ClaimState.OFFERED
    assert Pool.objects.get(pk=category.pool_id).taken == 1


def test_smaller_quota_evicts_nobody_and_lets_nobody_in(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=3)
    comers = [make_registration(forum, category=category, state=S.CONFIRMED) for _ in range(3)]
    pool = resize_pool(category.pool, places=1, forum=forum, by=officer)
    assert (pool.taken, pool.excess, pool.left) == (3, 2, 0)
    put_in_line(make_registration(forum, category=category), by=officer)
    for comer, (taken, excess) in zip(comers, [(2, 1), (1, 0)], strict=False):
        from registration.actions.applications import withdraw

        withdraw(comer)
        assert serve_line(pool_id=pool.pk) == 0
        pool.refresh_from_db()
        assert (pool.taken, pool.excess) == (taken, excess)


def test_officer_corrects_a_name_with_a_reason(forum: Forum, officer: Account) -> None:
    registration = make_registration(forum, state=S.CONFIRMED)
    correct_facts(registration, version=1, answers={"surname": "Примерова-Образцова"}, reason="паспорт", by=officer)
    entry = AuditEntry.objects.get(action="registration.corrected")
    assert (entry.changed, entry.reason) == (["surname"], "паспорт")
    with pytest.raises(DomainError):
        correct_facts(registration, version=1, answers={"surname": "Другая"}, reason="x", by=officer)
