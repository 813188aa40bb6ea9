"""Delegations: who sees which, places without names, people who are written down, withdrawn, reminded, sign on paper."""

import json
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.timezone import localdate, now

from forum.enums import Role
from forum.errors import DomainError
from forum.mailing import compose
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.applications import submit
from registration.actions.consents import give_consent
from registration.actions.delegations import end_head, name_head
from registration.actions.members import add_member, remind, withdraw_member
from registration.actions.names_wanted import GONE, WANTED, remind_of_names
from registration.actions.paper import Paper, record_paper, send_for
from registration.actions.placeholders import Kept, give_places_back, keep_places
from registration.actions.pools import miscounted, recount_pool
from registration.actions.review import approve, confirm_for, replace
from registration.actions.sweeps import sweep
from registration.enums import ConsentEvidence, RegistrationState
from registration.models import Consent, Delegation, ImportRun, PlaceHolder, Pool, Quota, Registration
from registration.queries.delegations import (
    awaited_of,
    delegations_visible_to,
    heads_of,
    members_of_delegation,
    standings,
)
from registration.queries.imports import imports_visible_to
from tests.factories.forum import make_account, make_staff
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_person,
    make_quota,
    make_registration,
)
from tests.mail import text_of

pytestmark = pytest.mark.django_db
S = RegistrationState
TEXTS = {
    "surname": "Делегатова",
    "given_name": "Инна",
    "patronymic": "",
    "email": "inna@example.org",
    "organisation": "Завод «Образец»",
    "position": "гид",
}


@pytest.fixture
def tomsk(forum: Forum) -> Delegation:
    make_category(forum, places=50)
    make_consent_document(forum)
    return make_delegation(forum, "RU-TOM")


@pytest.fixture
def head(forum: Forum, tomsk: Delegation) -> Account:
    return make_staff(forum, Role.DELEGATION_HEAD, scope_id="RU-TOM", email="tomsk@example.org")


def quota_of(forum: Forum, places: int = 5) -> Quota:
    return make_quota(make_category(forum), places=places)


def keep(quota: Quota, number: int, *, by: Account, days: int = 7) -> list[PlaceHolder]:
    seen = PlaceHolder.objects.live().filter(quota=quota).count()
    wanted = Kept(number=number, names_by=now() + timedelta(days=days), seen=seen)
    return keep_places(Quota.objects.get(pk=quota.pk), wanted=wanted, by=by)


def add(delegation: Delegation, by: Account, **changes: str) -> Registration:
    category = make_category(delegation.forum)
    added = add_member(delegation, category=category, language="ru", texts=TEXTS | changes, by=by)
    return Registration.objects.get(pk=added.registration.pk)


def pool_of(quota: Quota) -> Pool:
    return Pool.objects.get(pk=quota.pool_id)


def ready(registration: Registration) -> Registration:
    """The person consents, fills in the rest and sends it."""
    document = make_consent_document(registration.forum)
    give_consent(registration, document=document, language="ru", by=None)
    person = registration.person
    person.refresh_from_db()
    person.citizenship, person.languages = "RU", ["ru"]
    person.save()
    return submit(Registration.objects.get(pk=registration.pk))


# --- who sees what --------------------------------------------------------------------------------------------------
def test_a_head_sees_their_own_delegation_until_the_grant_ends(
    forum: Forum, tomsk: Delegation, officer: Account
) -> None:
    make_delegation(forum, "UZ")
    grant = name_head(tomsk, email="new@example.org", valid_until=now() + timedelta(days=3), by=officer)
    head = Account.objects.get(email="new@example.org")
    assert list(delegations_visible_to(head)) == [tomsk]
    assert [one.account for one in heads_of(tomsk)] == [head]
    assert len(delegations_visible_to(officer)) == 2
    end_head(grant, by=officer)
    assert not delegations_visible_to(Account.objects.get(pk=head.pk)).exists()
    assert not delegations_visible_to(make_account()).exists()


def test_members_are_those_who_applied_and_those_who_were_written_down(
    forum: Forum, tomsk: Delegation, head: Account
) -> None:
    """A draft that somebody has begun alone is nobody's business."""
    sent, _own = make_registration(forum), make_registration(forum, state=S.DRAFT)
    make_registration(forum, delegation="UZ")
    listed = add(tomsk, head)
    assert set(members_of_delegation(tomsk)) == {sent, listed}
    [standing] = standings([tomsk])
    assert (standing.drafts, standing.applied, standing.confirmed, standing.awaited) == (1, 1, 0, 1)


# --- written down ----------------------------------------------------------------------------------------------------
def test_a_person_is_written_down_as_a_row_of_a_list(forum: Forum, tomsk: Delegation, head: Account) -> None:
    made = add(tomsk, head)
    assert (made.state, made.awaits_consent, made.delegation) == (S.DRAFT, True, tomsk)
    assert (made.person.surname, made.organisation, made.position_short) == ("Делегатова", "Завод «Образец»", "гид")
    [letter] = Message.objects.filter(subject_id=made.ref)
    assert (letter.reason, letter.recipient) == ("registration.imported", "inna@example.org")
    assert "Руководитель вашей делегации внёс вас" in text_of(
        message_from_bytes(compose(letter), policy=policy.default)
    )
    assert not Consent.objects.filter(person=made.person).exists()
    assert not imports_visible_to(head).exists()  # one person is no list


def test_whoever_is_here_already_is_not_written_down_twice(forum: Forum, tomsk: Delegation, head: Account) -> None:
    add(tomsk, head)
    with pytest.raises(DomainError) as refused:
        add(tomsk, head)
    assert (refused.value.code, list(refused.value.fields)) == ("member.already_here", ["email"])
    person = make_person(forum, surname="Своева", given_name="Анна", email="own@example.org")
    make_registration(forum, person=person, delegation="UZ")
    with pytest.raises(DomainError):
        add(tomsk, head, surname="Своева", given_name="Анна", email="own@example.org")
    assert Registration.objects.filter(delegation=tomsk).count() == ImportRun.objects.count() == 1


def test_what_cannot_be_taken_is_said_at_its_field(forum: Forum, tomsk: Delegation, head: Account) -> None:
    with pytest.raises(DomainError) as refused:
        add(tomsk, head, email="inna at example", surname="Иванова1☃")
    assert set(refused.value.fields) >= {"email"}
    closed = make_category(forum, code="staff", open_to_applicants=False)
    with pytest.raises(DomainError) as refused:
        add_member(tomsk, category=closed, language="ru", texts=TEXTS, by=head)
    assert list(refused.value.fields) == ["category"]


# --- places without names ----------------------------------------------------------------------------------------------
def test_nameless_places_count_in_the_quota(forum: Forum, head: Account) -> None:
    quota = quota_of(forum)
    keep(quota, 3, by=head)
    assert (pool_of(quota).taken, pool_of(quota).left) == (3, 2)
    assert miscounted() == []
    assert recount_pool(pool_of(quota)) is None
    with pytest.raises(DomainError) as refused:
        keep(quota, 3, by=head)
    assert (refused.value.code, list(refused.value.fields)) == ("places.full", ["number"])


def test_a_second_press_keeps_nothing_more(forum: Forum, head: Account) -> None:
    quota = quota_of(forum)
    wanted = Kept(number=2, names_by=now() + timedelta(days=7), seen=0)
    keep_places(quota, wanted=wanted, by=head)
    with pytest.raises(DomainError) as refused:
        keep_places(quota, wanted=wanted, by=head)
    assert refused.value.code == "placeholder.stale"
    assert pool_of(quota).taken == 2


def test_places_are_given_back_but_not_those_with_a_name(forum: Forum, tomsk: Delegation, head: Account) -> None:
    quota = quota_of(forum)
    keep(quota, 3, by=head)
    add(tomsk, head)
    assert give_places_back(quota, number=9, by=head) == 2
    assert give_places_back(quota, number=9, by=head) == 0
    assert pool_of(quota).taken == 1
    assert miscounted() == []


def test_a_named_person_takes_the_place_that_was_put_by(
    forum: Forum, tomsk: Delegation, head: Account, officer: Account
) -> None:
    quota = quota_of(forum, places=1)
    keep(quota, 1, by=head)
    stranger = make_registration(forum)
    mine = ready(add(tomsk, head))
    assert pool_of(quota).taken == 1
    assert approve(mine, by=officer).state == S.APPROVED
    assert pool_of(quota).taken == 1
    assert quota.pool.claims.get().person == mine.person
    assert not PlaceHolder.objects.live().exists()
    assert miscounted() == []
    approve(stranger, by=officer)  # the quota is full: a place of the category
    assert pool_of(quota).taken == 1


def test_whoever_leaves_leaves_the_place_without_a_name(
    forum: Forum, tomsk: Delegation, head: Account, officer: Account
) -> None:
    quota = quota_of(forum)
    keep(quota, 1, by=head)
    mine = add(tomsk, head)
    withdraw_member(mine, reason="болен", by=head)
    assert PlaceHolder.objects.nameless().count() == 1
    assert not Message.objects.filter(reason="registration.withdrawn_by_head").exists()
    assert pool_of(quota).taken == 1


def test_on_their_day_places_without_an_application_go_back(forum: Forum, tomsk: Delegation, head: Account) -> None:
    quota = quota_of(forum)
    keep(quota, 3, by=head)
    ready(add(tomsk, head))
    add(tomsk, head, email="second@example.org")
    PlaceHolder.objects.update(names_by=now() - timedelta(seconds=1))
    sweep()
    assert PlaceHolder.objects.live().get().registration.state == S.SUBMITTED  # type: ignore[union-attr]
    assert pool_of(quota).taken == 1
    sweep()
    assert pool_of(quota).taken == 1
    assert miscounted() == []
    assert [one.recipient for one in Message.objects.filter(reason=GONE)] == [head.email]


@pytest.mark.parametrize("hour", [3, 12])
def test_a_head_is_told_in_daytime_before_the_places_go_back(
    forum: Forum, tomsk: Delegation, head: Account, hour: int
) -> None:
    quota = quota_of(forum, places=9)
    keep(quota, 3, by=head, days=4)
    keep(quota, 2, by=head, days=30)
    ready(add(tomsk, head))
    near = (now() + timedelta(days=2)).astimezone(ZoneInfo(head.timezone)).replace(hour=hour)
    with time_machine.travel(near, tick=False):
        for _minute in range(2):
            remind_of_names()
        keep(quota, 1, by=head, days=1)
        remind_of_names()
    letters = Message.objects.filter(reason=WANTED)
    assert [(one.recipient, json.loads(one.context)["number"]) for one in letters] == [(head.email, 2)] * (hour == 12)


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
@pytest.mark.parametrize("reason", [WANTED, GONE])
def test_letters_about_kept_places_are_in_the_heads_language(
    forum: Forum, tomsk: Delegation, head: Account, reason: str, language: str
) -> None:
    Account.objects.filter(pk=head.pk).update(language=language)
    keep(quota_of(forum), 2, by=head, days=1)
    PlaceHolder.objects.update(created_at=now() - timedelta(days=2))
    with time_machine.travel(now().astimezone(ZoneInfo(head.timezone)).replace(hour=12), tick=False):
        remind_of_names()
    PlaceHolder.objects.update(names_by=now() - timedelta(seconds=1))
    sweep()
    letter = Message.objects.select_related("forum").get(reason=reason)
    mail = message_from_bytes(compose(letter), policy=policy.default)
    assert "/team/people/delegations/RU-TOM/" in text_of(mail)
    assert (mail["Subject"].isascii(), letter.language) == (language == "en", language)
    why = {"ru": "руководите делегацией", "en": "you lead a delegation", "uz": "rahbarlik", "be": "кіруеце дэлегацыяй"}
    assert why[language] in text_of(mail).rpartition("--")[2]


def test_a_substitute_with_a_kept_place_gives_it_up(
    forum: Forum, tomsk: Delegation, head: Account, officer: Account
) -> None:
    quota = quota_of(forum)
    old = make_registration(forum, state=S.SUBMITTED)
    approve(old, by=officer)
    Registration.objects.filter(pk=old.pk).update(state=S.CONFIRMED)
    keep(quota, 1, by=head)
    new = ready(add(tomsk, head))
    replace(Registration.objects.get(pk=old.pk), substitute=new, by=head, reason="болен")
    assert PlaceHolder.objects.nameless().count() == 1
    assert pool_of(quota).taken == 2
    assert miscounted() == []


# --- withdrawn, reminded -------------------------------------------------------------------------------------------------
def test_a_withdrawn_member_reads_why(forum: Forum, tomsk: Delegation, head: Account) -> None:
    member = make_registration(forum, state=S.CONFIRMED)
    with pytest.raises(DomainError):
        withdraw_member(member, reason=" ", by=head)
    withdraw_member(member, reason="едет другой", by=head)
    withdraw_member(member, reason="едет другой", by=head)
    member.refresh_from_db()
    assert member.state == S.CANCELLED
    letter = Message.objects.get(subject_id=member.ref)
    assert (letter.reason, json.loads(letter.context or "{}")["note"]) == (
        "registration.withdrawn_by_head",
        "едет другой",
    )
    assert Pool.objects.get(pk=member.category.pool_id).taken == 0


def test_whoever_an_officer_withdraws_reads_that_it_was_the_organisers(
    forum: Forum, tomsk: Delegation, officer: Account
) -> None:
    member = make_registration(forum, state=S.APPROVED)
    withdraw_member(member, reason="сообщил по телефону", by=officer)
    letter = Message.objects.select_related("forum").get(subject_id=member.ref)
    mail = message_from_bytes(compose(letter), policy=policy.default)
    assert str(mail["Subject"]).strip() == "Ваше участие снято"
    assert "Организаторы сняли ваше участие" in text_of(mail) and "сообщил по телефону" in text_of(mail)


def test_what_is_missing_is_told_by_code(forum: Forum, tomsk: Delegation, head: Account) -> None:
    listed, approved = add(tomsk, head), make_registration(forum, state=S.APPROVED)
    sent, gone = make_registration(forum), make_registration(forum, state=S.CANCELLED)
    awaited = awaited_of(list(members_of_delegation(tomsk)))
    assert {one.pk: awaited[one.pk] for one in (listed, approved, sent, gone)} == {
        listed.pk: ["consent"],
        approved.pk: ["confirmation"],
        sent.pk: [],
        gone.pk: [],
    }


def test_reminders_go_once_a_day_to_those_who_can_be_written_to(forum: Forum, tomsk: Delegation, head: Account) -> None:
    add(tomsk, head)
    add(tomsk, head, surname="Безпочты", email="")
    make_registration(forum)
    everybody = list(members_of_delegation(tomsk))
    assert remind(everybody, by=head) == 1
    assert remind(everybody, by=head) == 0
    [letter] = Message.objects.filter(reason="registration.reminder")
    assert letter.recipient == "inna@example.org"
    assert AuditEntry.objects.filter(action="registration.reminded").count() == 1


# --- on paper ------------------------------------------------------------------------------------------------------------
def paper(forum: Forum, **changes: Any) -> Paper:
    values = {
        "document": make_consent_document(forum),
        "language": "ru",
        "signed_on": localdate(),
        "witness": "Свидетелева Ольга",
    }
    return Paper(**values | changes)


def test_a_person_without_an_email_signs_on_paper_and_is_sent_by_the_officer(
    forum: Forum, tomsk: Delegation, head: Account, officer: Account
) -> None:
    draft = add(tomsk, head, email="")
    with pytest.raises(DomainError) as refused:
        send_for(draft, version=draft.version, answers={}, by=officer)
    assert refused.value.code == "paper.missing"
    for wrong in ({"witness": " "}, {"signed_on": localdate() + timedelta(days=1)}):
        with pytest.raises(DomainError):
            record_paper(draft, paper=paper(forum, **wrong), by=officer)
    record_paper(draft, paper=paper(forum), by=officer)
    record_paper(draft, paper=paper(forum), by=officer)
    consent = Consent.objects.get(person=draft.person)
    assert (consent.evidence, consent.witness) == (ConsentEvidence.SIGNED_PAPER, "Свидетелева Ольга")
    draft.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        send_for(draft, version=draft.version, answers={}, by=officer)
    assert {"citizenship", "languages", "latin_surname"} == set(refused.value.fields)
    sent = send_for(draft, version=draft.version, answers={"citizenship": "RU", "languages": ["ru"]}, by=officer)
    assert (sent.state, sent.person.account) == (S.SUBMITTED, None)
    approved = approve(sent, by=officer)
    assert approved.confirm_by is None  # nobody can be held to a letter that was never written
    assert confirm_for(approved, by=officer).state == S.CONFIRMED
    assert not Message.objects.filter(subject_id=draft.ref).exists()
    assert "Свидетелева" not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_whoever_has_an_email_consents_alone(forum: Forum, tomsk: Delegation, head: Account, officer: Account) -> None:
    with pytest.raises(DomainError) as refused:
        record_paper(add(tomsk, head), paper=paper(forum), by=officer)
    assert refused.value.code == "paper.has_address"
    approved = make_registration(forum, state=S.APPROVED)
    with pytest.raises(DomainError):
        confirm_for(approved, by=officer)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ru", "Вы руководите делегацией:"),
        ("en", "You lead a delegation:"),
        ("uz", "Siz delegatsiya rahbarisiz:"),
        ("be", "Вы кіруеце дэлегацыяй:"),
    ],
)
def test_a_named_head_gets_one_letter_in_their_language(
    forum: Forum, officer: Account, language: str, subject: str
) -> None:
    account = make_account("leads@example.org")
    account.language = language
    account.save(update_fields=["language"])
    delegation = make_delegation(forum, "RU-TOM")
    for days in (9, 12):
        name_head(delegation, email=account.email, valid_until=now() + timedelta(days=days), by=officer)
    letter = Message.objects.get(reason="registration.head_named")
    content = compose(Message.objects.select_related("forum").get(pk=letter.pk))
    assert message_from_bytes(content, policy=policy.default)["Subject"].strip().startswith(subject)
    assert "/team/people/delegations/RU-TOM/" in text_of(message_from_bytes(content, policy=policy.default))
