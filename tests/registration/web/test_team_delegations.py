"""Pages of delegations: the officers' table, the head's console with fewer rights, people on paper."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from forum.actions.jobs import run as run_job
from forum.enums import Role
from forum.models import Account, Forum, Job, Membership, Message
from registration.actions.members import add_member
from registration.actions.review import approve
from registration.enums import RegistrationState
from registration.models import Category, Delegation, ImportRun, PlaceHolder, Quota, Registration
from registration.queries.delegations import heads_of
from tests.factories.agenda import make_organisation
from tests.factories.forum import make_staff
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_person,
    make_quota,
    make_registration,
)
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
S = RegistrationState
TEXTS = {"surname": "Делегатова", "given_name": "Инна", "organisation": "Завод «Образец»", "position": "гид"}


@pytest.fixture
def tomsk(forum: Forum) -> Delegation:
    make_category(forum, places=50)
    make_consent_document(forum)
    make_delegation(forum, "UZ")
    return make_delegation(forum, "RU-TOM")


@pytest.fixture
def head(forum: Forum, tomsk: Delegation) -> Client:
    return sign_in(Client(), make_staff(forum, Role.DELEGATION_HEAD, scope_id="RU-TOM", email="tomsk@example.org"))


def address(name: str, *args: Any) -> str:
    return reverse(f"people:{name}", args=["RU-TOM", *args])


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def named(forum: Forum, surname: str, **values: Any) -> Registration:
    return make_registration(forum, person=make_person(forum, surname=surname), **values)


def test_the_table_leads_to_each_delegation(forum: Forum, tomsk: Delegation, officer_client: Client) -> None:
    make_quota(make_category(forum), places=3)
    named(forum, "Томичева")
    text = page(officer_client, reverse("people:delegations"))
    assert address("delegation") in text
    assert reverse("people:delegation", args=["UZ"]) in text
    assert "Томичева" in page(officer_client, address("delegation"))


def test_a_head_comes_to_their_own_delegation_and_to_no_other(forum: Forum, head: Client) -> None:
    named(forum, "Томичева")
    named(forum, "Ташкентова", delegation="UZ")
    assert head.get(reverse("people:delegations")).headers["Location"] == address("delegation")
    text = page(head, address("delegation"))
    assert "Томичева" in text
    assert "Ташкентова" not in text
    for name in ("delegation", "member_add", "delegation_badges"):
        assert head.get(reverse(f"people:{name}", args=["UZ"])).status_code == 404
    assert head.get(reverse("people:list")).status_code == 404


def test_a_head_changes_neither_quotas_nor_heads(forum: Forum, head: Client) -> None:
    for name, args in (("delegation_quota", ["delegate"]), ("delegation_heads", [])):
        assert head.get(address(name, *args)).status_code == 404
        assert head.post(address(name, *args)).status_code == 404


def test_a_grant_that_is_over_opens_nothing(forum: Forum, head: Client) -> None:
    Membership.objects.filter(role=Role.DELEGATION_HEAD).update(ended_at=now())
    assert head.get(address("delegation")).status_code == 404


def test_a_quota_is_set_and_tells_what_is_over(forum: Forum, tomsk: Delegation, officer_client: Client) -> None:
    for _ in range(3):
        make_registration(forum, state=S.APPROVED)
    url = address("delegation_quota", "delegate")
    wrong = officer_client.post(url, {"places": "900", "version": "0", "overflows": "on"})
    assert wrong.status_code == 409
    assert 'name="beyond_free"' in wrong.content.decode()
    day = localdate() + timedelta(days=9)
    sent = {"places": "1", "version": "0", "release_on": day.isoformat()}
    answer = officer_client.post(url, sent, follow=True)
    quota = Quota.objects.get()
    assert (quota.pool.places, quota.pool.taken, quota.pool.excess) == (1, 1, 0)
    assert f'value="{day.isoformat()}"' in page(officer_client, url)
    answer = officer_client.post(url, sent | {"places": "0", "version": quota.version}, follow=True)
    assert Quota.objects.get().pool.excess == 1
    assert "worked off" in answer.content.decode() or "разойдётся" in answer.content.decode()


def test_an_organisation_keeps_places_of_any_category_until_a_day(
    forum: Forum, tomsk: Delegation, officer: Account, officer_client: Client, head: Client
) -> None:
    partner, category = make_organisation(), make_category(forum)
    release = localdate() + timedelta(days=5)
    given = {"organisation": partner.pk, "category": category.pk, "places": "3", "version": "0", "release_on": release}
    new = reverse("people:media_quota_new")
    assert officer_client.post(new, given).url == reverse("people:delegations")
    quota = Quota.objects.get(organisation=partner)
    assert quota.pool.release_at is not None
    approve(make_registration(forum, category=category, sent_by=partner), by=officer)
    old = reverse("people:media_quota", args=[quota.public_id])
    assert f'value="{release:%Y-%m-%d}"' in page(officer_client, old)
    told = officer_client.post(old, given | {"places": "0", "version": "1"}, follow=True).content.decode()
    assert "никто его не теряет" in told or "nobody loses it" in told
    assert str(partner) in page(officer_client, reverse("people:delegations"))
    assert str(partner) not in head.get(reverse("people:delegations"), follow=True).content.decode()


def test_whoever_has_people_without_an_address_prints_what_they_sign(
    forum: Forum, tomsk: Delegation, head: Client, officer: Account
) -> None:
    sheet = reverse("people:paper_sheet")
    assert sheet not in page(head, address("delegation"))
    add_member(tomsk, category=make_category(forum), language="ru", texts=TEXTS, by=officer)
    assert f"{sheet}?language=uz" in page(head, address("delegation"))
    for language in ("ru", "en", "uz", "be", "xx"):
        answer = head.get(sheet, {"language": language})
        assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")


def test_the_officer_names_a_head_and_ends_it(forum: Forum, tomsk: Delegation, officer_client: Client) -> None:
    until = (localdate() + timedelta(days=9)).isoformat()
    url = address("delegation_heads")
    named = {"email": "h@example.org", "language": "en", "valid_until": until}
    assert officer_client.post(url, named | {"valid_until": "2020-01-01"}).status_code == 409
    assert officer_client.post(url, named).status_code == 302
    [grant] = heads_of(tomsk)
    assert (grant.account.language, grant.account.timezone) == ("en", tomsk.region.timezone)
    assert Message.objects.get(reason="registration.head_named").language == "en"
    assert "h@example.org" in page(officer_client, url)
    assert officer_client.post(address("head_end", grant.public_id)).status_code == 302
    assert not heads_of(tomsk).exists()


def test_the_language_of_the_country_is_proposed(forum: Forum, officer_client: Client) -> None:
    make_delegation(forum, "UZ")
    form = officer_client.get(reverse("people:delegation_heads", args=["UZ"])).context["form"]
    assert form["language"].value() == "uz"


def test_the_head_writes_a_person_down(forum: Forum, head: Client) -> None:
    url = address("member_add")
    sent = TEXTS | {"email": "i@example.org", "category": make_category(forum).pk, "language": "ru"}
    wrong = head.post(url, sent | {"email": "нет адреса"})
    assert wrong.status_code == 409
    assert 'value="Делегатова"' in wrong.content.decode()
    assert head.post(url, sent).status_code == 302
    assert head.post(url, sent).status_code == 409
    assert Message.objects.get().recipient == "i@example.org"
    assert "Делегатова" in page(head, address("delegation") + "?show=missing")


def test_the_head_keeps_places_and_gives_them_back(forum: Forum, head: Client) -> None:
    assert head.get(address("places_keep", "delegate")).status_code == 404  # no quota, no places
    make_quota(make_category(forum), places=3)
    url, day = address("places_keep", "delegate"), (localdate() + timedelta(days=5)).isoformat()
    assert head.post(url, {"number": "4", "names_by": day, "seen": "0"}).status_code == 409
    assert head.post(url, {"number": "2", "names_by": "2020-01-01", "seen": "0"}).status_code == 409
    assert head.post(url, {"number": "2", "names_by": day, "seen": "0"}).status_code == 302
    assert PlaceHolder.objects.nameless().count() == 2
    page(head, address("delegation"))
    assert head.post(address("places_back", "delegate"), {"number": "x"}).status_code == 302
    assert head.post(address("places_back", "delegate"), {"number": "2"}).status_code == 302
    assert not PlaceHolder.objects.live().exists()


def test_reminding_one_and_all(forum: Forum, head: Client) -> None:
    one, other = (make_registration(forum, state=S.APPROVED) for _ in range(2))
    foreign = make_registration(forum, state=S.APPROVED, delegation="UZ")
    url = address("members_remind")
    assert head.post(url, {"ref": foreign.ref}).status_code == 404
    assert head.post(url, {"ref": one.ref}).status_code == 302
    assert list(Message.objects.values_list("subject_id", flat=True)) == [one.ref]
    head.post(url)
    head.post(url)
    assert set(Message.objects.values_list("subject_id", flat=True)) == {one.ref, other.ref}
    assert Message.objects.count() == 2


def test_a_member_is_withdrawn_with_a_reason_in_two_steps(forum: Forum, head: Client) -> None:
    member, foreign = make_registration(forum, state=S.CONFIRMED), make_registration(forum, delegation="UZ")
    url = address("member_leave", member.ref)
    assert head.get(address("member_leave", foreign.ref)).status_code == 404
    page(head, url)
    assert head.post(url, {"reason": ""}).status_code == 422
    assert head.post(url, {"reason": "едет другой"}).status_code == 302
    member.refresh_from_db()
    assert member.state == S.CANCELLED


def test_a_member_is_replaced_by_one_of_the_same_delegation(forum: Forum, head: Client, officer: Account) -> None:
    member, mine = make_registration(forum, state=S.CONFIRMED), make_registration(forum)
    foreign = make_registration(forum, delegation="UZ")
    url = address("member_replace", member.ref)
    text = page(head, url)
    assert mine.ref[:5] in text
    assert foreign.ref[:5] not in text
    assert head.post(url, {"substitute": foreign.ref, "reason": "болен"}).status_code == 422
    assert head.post(url, {"substitute": mine.ref, "reason": "болен"}).status_code == 200
    assert head.post(url, {"substitute": mine.ref, "reason": "болен", "confirmed": "1"}).status_code == 302
    mine.refresh_from_db()
    member.refresh_from_db()
    assert (member.state, mine.state) == (S.CONFIRMED, S.SUBMITTED)  # an officer reviews first
    approve(mine, by=officer)
    member.refresh_from_db()
    assert member.state == S.REPLACED


def test_where_nobody_reviews_the_place_passes_at_once(forum: Forum, head: Client) -> None:
    member, mine = make_registration(forum, state=S.CONFIRMED), make_registration(forum)
    Category.objects.update(needs_approval=False)
    sent = {"substitute": mine.ref, "reason": "болен", "confirmed": "1"}
    assert head.post(address("member_replace", member.ref), sent).status_code == 302
    mine.refresh_from_db()
    assert mine.state == S.APPROVED


def test_the_power_of_attorney_names_the_ticked_ones(forum: Forum, tomsk: Delegation, head: Client) -> None:
    member = named(forum, "Томичева", state=S.CONFIRMED)
    foreign = named(forum, "Ташкентова", state=S.CONFIRMED, delegation="UZ")
    url = address("delegation_badges")
    assert "Томичева" in page(head, url)
    assert head.post(url, {"collector": "", "refs": [member.ref]}).status_code == 422
    assert head.post(url, {"collector": "Носова Яна", "refs": [foreign.ref]}).status_code == 422
    answer = head.post(url, {"collector": "Носова Яна", "refs": [member.ref]})
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    tomsk.refresh_from_db()
    assert tomsk.collector == "Носова Яна"


def hand_in(head: Client, forum: Forum, *lines: str) -> ImportRun:
    content = "\r\n".join(["Фамилия;Имя;Email;Регион;Организация", *lines]).encode()
    values = {"category": make_category(forum).pk, "language": "ru", "delegation": make_delegation(forum).pk}
    answer = head.post(reverse("people:imports"), {"file": SimpleUploadedFile("l.csv", content)} | values)
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.latest("pk")


def test_a_head_hands_in_a_list_of_their_own_people(forum: Forum, tomsk: Delegation, head: Client) -> None:
    run = hand_in(head, forum, "Перва;Анна;a@example.org;;", "Втора;Инна;b@example.org;Узбекистан;")
    assert run.delegation == tomsk
    text = page(head, reverse("people:import", args=[run.public_id]))
    assert "Втора" in text  # another delegation's: left out, with the reason
    assert head.post(reverse("people:import_start", args=[run.public_id])).status_code == 302
    run_job(job_id=Job.objects.get().pk)
    made = Registration.objects.get()
    assert (made.person.surname, made.delegation) == ("Перва", tomsk)
    page(head, reverse("people:import", args=[run.public_id]))


def test_a_list_of_a_head_touches_nobody_of_another_delegation(
    forum: Forum, tomsk: Delegation, head: Client, officer: Account
) -> None:
    texts = TEXTS | {"email": "x@example.org"}
    there = make_delegation(forum, "UZ")
    theirs = add_member(there, category=make_category(forum), language="ru", texts=texts, by=officer).registration
    run = hand_in(head, forum, "Делегатова;Инна;x@example.org;;Другая организация")
    head.post(reverse("people:import_start", args=[run.public_id]))
    run_job(job_id=Job.objects.get().pk)
    theirs.refresh_from_db()
    assert (theirs.delegation, theirs.organisation) == (there, "Завод «Образец»")
    assert Registration.objects.count() == 1


def test_officers_lists_are_none_of_a_heads_business(forum: Forum, tomsk: Delegation, head: Client) -> None:
    run = hand_in(head, forum, "Перва;Анна;a@example.org;;")
    ImportRun.objects.filter(pk=run.pk).update(delegation=make_delegation(forum, "UZ"))
    assert head.get(reverse("people:import", args=[run.public_id])).status_code == 404
    assert str(run.public_id) not in page(head, reverse("people:imports"))


def test_paper_is_recorded_by_the_supervisor_and_sent_by_the_officer(
    forum: Forum, tomsk: Delegation, officer: Account, officer_client: Client
) -> None:
    draft = add_member(tomsk, category=make_category(forum), language="ru", texts=TEXTS, by=officer).registration
    supervisor = sign_in(Client(), make_staff(forum, Role.CHECKIN_SUPERVISOR))
    assert "Делегатова" in page(supervisor, reverse("people:papers"))
    url, complete = (reverse(f"people:{name}", args=[draft.ref]) for name in ("paper", "complete"))
    page(supervisor, url)
    assert (
        supervisor.post(url, {"signed_on": localdate().isoformat(), "witness": "", "language": "ru"}).status_code == 422
    )
    signed = {"signed_on": localdate().isoformat(), "witness": "Свидетелева", "language": "ru"}
    assert supervisor.post(url, signed).status_code == 302
    assert supervisor.get(complete).status_code == supervisor.get(url).status_code == 404
    text = page(officer_client, complete)
    assert reverse("people:complete", args=[draft.ref]) in page(officer_client, reverse("people:papers"))
    draft.refresh_from_db()
    answers = {
        "version": draft.version, "citizenship": "RU", "surname": "Делегатова", "given_name": "Инна", "language": "ru",
        "languages": ["ru"], "delegation": tomsk.pk, "organisation": "Завод", "position": "гид", "position_short": "гид",
    }  # fmt: skip
    assert 'value="Делегатова"' in text
    assert officer_client.post(complete, answers | {"citizenship": ""}).status_code == 422
    assert officer_client.post(complete, answers | {"version": "77"}).status_code == 409
    assert officer_client.post(complete, answers).status_code == 302
    draft.refresh_from_db()
    assert draft.state == S.SUBMITTED
    page(officer_client, reverse("people:detail", args=[draft.ref]))
