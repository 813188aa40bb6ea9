"""Personal invitations: one lives, is used once, and keeps nothing of the person once it has ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from forum.actions.jobs import run as run_job
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Job, Message
from registration.actions.applications import save_answers, submit, withdraw
from registration.actions.consents import withdraw_consent
from registration.actions.email_change import ask_for_new_email
from registration.actions.entrances import decline_invitation, open_invitation, start_invited
from registration.actions.imports import BatchTerms, receive, start_import, start_undo
from registration.actions.invitation_letters import INVITED, LAST, REMINDED
from registration.actions.invitation_works import start_reminding, start_sending
from registration.actions.invitations import copy_link, remind, send_invitation, withdraw_invitation
from registration.actions.review import ask_for_changes
from registration.actions.sweeps import sweep
from registration.enums import InvitationState as I
from registration.enums import RegistrationState as S
from registration.models import Category, ImportRun, Invitation, InvitationLink, Registration
from registration.queries.consents import matters_of
from registration.queries.invitation_report import usage_by_batch, usage_by_category
from registration.queries.invitations import link_of
from tests.factories.invitations import closed_category, link_to, make_invitation, secret_of
from tests.factories.registration import make_category, make_consent_document, make_delegation, make_registration
from tests.registration.lists import as_text

pytestmark = pytest.mark.django_db
ANSWERS = {"surname": "Званова", "given_name": "Ольга", "citizenship": "RU", "languages": ["ru"]}
WORK = {"organisation": "Музей", "position": "директор", "position_short": "директор"}


def begin(invitation: Invitation) -> Registration:
    document = make_consent_document(invitation.forum)
    return start_invited(invitation, document=document, language="ru")


def filled(invitation: Invitation) -> Registration:
    """Everything answered, nothing sent."""
    draft = begin(invitation)
    answers = ANSWERS | WORK | {"delegation": make_delegation(invitation.forum)}
    return save_answers(draft, version=draft.version, answers=answers)


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


def letters(reason: str) -> int:
    return Message.objects.filter(reason=reason).count()


def personal(invitation: Invitation) -> set[Any]:
    found = fresh(invitation)
    return {getattr(found, name) for name in Invitation.PERSONAL} | {found.delegation}


def test_the_invited_person_comes_in_with_what_was_proposed(forum: Forum) -> None:
    delegation = make_delegation(forum, "RU-TOM")
    invitation = make_invitation(
        forum,
        email="Olga@Example.org",
        given_name="Ольга",
        organisation="Музей",
        position="директор",
        delegation=delegation,
    )
    assert letters(INVITED) == 1
    assert open_invitation(link_to(invitation)).state == I.OPENED
    draft = begin(invitation)
    assert (draft.category.code, draft.person.email, draft.person.surname) == ("speaker", "olga@example.org", "Званова")
    assert (draft.organisation, draft.position_short, draft.delegation) == ("Музей", "директор", delegation)
    assert draft.person.consents.count() == 1
    assert fresh(invitation).address_proved
    assert begin(invitation) == draft


def test_the_email_and_the_category_hold_until_the_application_is_sent(forum: Forum, officer: Account) -> None:
    draft = filled(make_invitation(forum, email="olga@example.org"))
    for answers in ({"email": "other@example.org"}, {"category": make_category(forum)}):
        with pytest.raises(DomainError, match="entrance") as refused:
            save_answers(draft, version=draft.version, answers=answers)
        assert set(refused.value.fields) == set(answers)
    with pytest.raises(DomainError):
        ask_for_new_email(draft, email="other@example.org", by=None)
    sent = submit(draft)
    assert sent.state == S.SUBMITTED
    sent = ask_for_changes(sent, by=officer, note="Почта?")
    assert save_answers(sent, version=sent.version, answers={"email": "other@example.org"}).person.email.startswith(
        "other"
    )


def test_a_used_invitation_keeps_nothing_and_opens_nothing(forum: Forum) -> None:
    invitation = make_invitation(forum, note="Друг директора", organisation="Музей")
    secret = secret_of(invitation)
    sent = submit(filled(invitation))
    assert fresh(invitation).state == I.USED
    assert personal(invitation) == {"", None}
    assert fresh(invitation).registration == sent
    with pytest.raises(DomainError) as refused:
        open_invitation(link_of(secret))  # type: ignore[arg-type]
    assert refused.value.status == 410
    assert begin(invitation) == sent


@pytest.mark.parametrize(("places", "state"), [(1, S.APPROVED), (0, S.WAITLISTED)])
def test_review_is_skipped_where_a_place_is_there(forum: Forum, places: int, state: S) -> None:
    category = closed_category(forum, places=places)
    assert submit(filled(make_invitation(forum, category=category, skips_review=True))).state == state


def test_one_invitation_lives_for_an_address_and_a_category(forum: Forum, officer: Account) -> None:
    first = make_invitation(forum, email="olga@example.org")
    with pytest.raises(DomainError) as refused:
        make_invitation(forum, email="OLGA@example.org")
    assert set(refused.value.fields) == {"email"}
    make_invitation(forum, email="olga@example.org", category=closed_category(forum, code="guest"))
    assert withdraw_invitation(first, by=officer)
    assert not withdraw_invitation(first, by=officer)
    assert personal(first) == {"", None}
    make_invitation(forum, email="olga@example.org")


def test_the_database_keeps_no_name_of_what_has_ended(forum: Forum) -> None:
    invitation = make_invitation(forum)
    for changes in (
        {"state": I.DECLINED, "ended_at": now()},
        {"email": ""},
        {"state": I.USED, "email": "", "surname": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(**changes)


def test_sending_is_done_once_and_reminding_once_a_day(forum: Forum, officer: Account) -> None:
    invitation = make_invitation(forum, sent=False)
    assert letters(INVITED) == 0
    assert send_invitation(invitation, by=officer)
    assert not send_invitation(invitation, by=officer)
    assert not remind(invitation, by=officer)
    Invitation.objects.update(sent_at=now() - timedelta(days=2))
    assert remind(invitation, by=officer)
    assert not remind(invitation, by=officer)
    Invitation.objects.update(reminded_at=now() - timedelta(days=2))
    assert remind(invitation, by=officer)
    assert (letters(INVITED), letters(REMINDED)) == (1, 2)


def test_the_clock_reminds_once_before_the_end_and_then_ends(forum: Forum) -> None:
    soon = make_invitation(forum, expires_at=now() + timedelta(days=10))
    later = make_invitation(forum)
    Invitation.objects.update(sent_at=now() - timedelta(days=9))
    sweep()
    assert letters(LAST) == 0
    Invitation.objects.filter(pk=soon.pk).update(expires_at=now() + timedelta(days=2))
    for _round in range(2):
        sweep()
    assert letters(LAST) == 1
    Invitation.objects.filter(pk=soon.pk).update(expires_at=now() - timedelta(seconds=1))
    sweep()
    assert (fresh(soon).state, fresh(later).state) == (I.EXPIRED, I.SENT)
    assert personal(soon) == {"", None}
    forum.starts_on = forum.ends_on = now().date() - timedelta(days=3)
    forum.save()
    sweep()
    assert fresh(later).state == I.EXPIRED


def test_letters_that_have_not_left_go_with_a_withdrawn_invitation(forum: Forum, officer: Account) -> None:
    invitation = make_invitation(forum)
    withdraw_invitation(invitation, by=officer)
    assert letters(INVITED) == 0


def test_a_withdrawn_invitation_stops_a_draft_where_nobody_applies_without_one(forum: Forum, officer: Account) -> None:
    closed, opened = make_invitation(forum), make_invitation(forum, category=make_category(forum))
    drafts = [filled(closed), filled(opened)]
    for one in (closed, opened):
        withdraw_invitation(one, by=officer)
    with pytest.raises(DomainError) as refused:
        submit(drafts[0])
    assert refused.value.code == "entrance.over"
    assert fresh(drafts[0]).state == S.DRAFT
    assert submit(drafts[1]).state == S.SUBMITTED


def test_declining_erases_and_throws_the_draft_away(forum: Forum) -> None:
    invitation = make_invitation(forum)
    link, draft = link_to(invitation), filled(invitation)
    assert decline_invitation(link_of(secret_of(invitation)))  # type: ignore[arg-type]
    assert (fresh(invitation).state, fresh(draft).state) == (I.DECLINED, S.CANCELLED)
    assert not decline_invitation(link)


def test_a_draft_thrown_away_by_mistake_can_be_begun_anew(forum: Forum) -> None:
    invitation = make_invitation(forum)
    first = begin(invitation)
    withdraw(first)
    second = begin(invitation)
    assert (second.state, second.pk != first.pk) == (S.DRAFT, True)


def test_whoever_takes_the_consent_back_is_not_invited_any_more(forum: Forum) -> None:
    invitation = make_invitation(forum)
    draft = begin(invitation)
    withdraw_consent(draft, matter=matters_of(draft.person)[0], language="ru", by=None)
    assert fresh(invitation).state == I.DECLINED
    assert personal(invitation) == {"", None}


def test_a_copied_link_opens_but_proves_no_address(forum: Forum, officer: Account) -> None:
    invitation = make_invitation(forum, sent=False)
    secret = copy_link(invitation, by=officer)
    assert fresh(invitation).state == I.SENT
    link = link_of(secret)
    assert link is not None
    assert not open_invitation(link).address_proved
    assert secret.encode() not in b"".join(bytes(one.secret_hash) for one in InvitationLink.objects.all())


def test_nothing_personal_stands_in_the_log(forum: Forum) -> None:
    submit(filled(make_invitation(forum, email="olga@example.org", note="Друг директора")))
    said = str(list(AuditEntry.objects.values_list("object_id", "data", "reason")))
    assert "olga" not in said.lower()
    assert "Званова" not in said


# --- lists ------------------------------------------------------------------------------------------------------------
HEADS = ("ФИО", "Email", "Организация", "Дата рождения", "Язык писем")
ROWS = (
    ("Званова Ольга Петровна", "olga@example.org", "Музей", "01.02.1980", "ru"),
    ("", "boris@example.org", "", "", "English"),
    ("Пробная Вера", "", "Турбюро", "", ""),
    ("Званова Ольга", "olga@example.org", "", "", ""),
    ("Иванов Пётр", "invited@example.org", "", "", ""),
    ("Примерова Анна", "applied@example.org", "", "", ""),
)


def hand_in(forum: Forum, by: Account, **terms: Any) -> ImportRun:
    closed_category(forum)
    category = Category.objects.get(code="speaker")
    content = as_text([HEADS, *ROWS])
    batch = BatchTerms(name="Докладчики", **terms)
    return receive(forum=forum, name="list.csv", content=content, category=category, language="ru", by=by, batch=batch)


def test_a_list_becomes_invitations_row_by_row(forum: Forum, officer: Account) -> None:
    make_invitation(forum, email="invited@example.org")
    applied = make_registration(forum)
    applied.person.email = "applied@example.org"
    applied.person.save()
    run = hand_in(forum, officer, skips_review=True)
    assert run.columns == ["full_name", "email", "organisation", "", "language"]
    run_job(job_id=start_import(run, by=officer).pk)
    problems = dict(run.rows.exclude(problems=[]).values_list("number", "problems"))
    assert problems == {
        4: [["email", "email_missing"]],
        5: [["email", "twice"]],
        6: [["email", "invited_already"]],
        7: [["email", "already_applied"]],
    }
    made = {one.email: one for one in Invitation.objects.filter(batch__run=run)}
    assert set(made) == {"olga@example.org", "boris@example.org"}
    assert (made["olga@example.org"].patronymic, made["boris@example.org"].language) == ("Петровна", "en")
    assert all(one.skips_review and one.state == I.SENT for one in made.values())
    begin(made["boris@example.org"])
    run_job(job_id=start_undo(run, by=officer).pk)
    assert fresh(made["olga@example.org"]).state == I.WITHDRAWN
    assert fresh(made["boris@example.org"]).state == I.OPENED


def test_many_are_sent_and_reminded_as_a_work(forum: Forum, officer: Account) -> None:
    ids = [make_invitation(forum, sent=False).public_id for _ in range(3)]
    job = start_sending(forum=forum, ids=ids, by=officer)
    for _round in range(2):
        run_job(job_id=job.pk)
    assert letters(INVITED) == 3
    Invitation.objects.update(sent_at=now() - timedelta(days=8))
    run_job(job_id=start_reminding(forum=forum, ids=ids, by=officer).pk)
    assert letters(REMINDED) == 3
    assert Job.objects.filter(failed=0).count() == 2


def test_the_report_counts_each_step(forum: Forum, officer: Account) -> None:
    submit(filled(make_invitation(forum, skips_review=True)))
    open_invitation(link_to(make_invitation(forum)))
    withdraw_invitation(make_invitation(forum), by=officer)
    make_invitation(forum, sent=False)
    [line] = usage_by_category(forum)
    assert (line.written, line.sent, line.opened, line.used, line.approved, line.withdrawn) == (4, 3, 2, 1, 1, 1)
    assert [one.written for one in usage_by_batch(forum)] == [4]
