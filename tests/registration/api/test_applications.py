"""Applications over HTTP: rights, filters, search, entering, deciding."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from forum.enums import Role
from forum.models import AuditEntry, Forum, Message
from registration.enums import RegistrationState
from registration.models import Consent, Person, Registration
from tests.api import Program, make_token, program
from tests.factories.forum import make_forum
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_person,
    make_registration,
)

S = RegistrationState
OFFICERS = [Role.ORGANISER, Role.ACCREDITATION_OFFICER]
OTHERS = [role for role in Role if role not in OFFICERS]
SCOPES = {Role.PARTNER_EDITOR: "RU-SPE", Role.DELEGATION_HEAD: "BY", Role.HOST_CONTACT: "plant", Role.ESCORT: "slot"}


@pytest.fixture
def api(forum: Forum) -> Program:
    return program(forum, Role.ACCREDITATION_OFFICER)


def refs(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["ref"] for row in answer.json()["results"]]


def body(forum: Forum, **changes: Any) -> dict[str, Any]:
    make_category(forum)
    make_delegation(forum)
    document = make_consent_document(forum)
    person = {
        "surname": "Примерова",
        "given_name": "Анна",
        "latin_surname": "Primerova",
        "citizenship": "RU",
        "languages": ["ru"],
        "email": "New@Example.org",
    }
    values = {
        "category": "delegate",
        "delegation": "RU-TOM",
        "organisation": "Завод  «Образец» ",
        "position": "директор музея",
        "language": "ru",
        "person": person | changes.pop("person", {}),
        "consent": {"evidence": "signed_paper", "version": document.version, "signed_on": str(localdate())}
        | changes.pop("consent", {}),
    }
    return values | changes


@pytest.mark.parametrize("role", OFFICERS)
def test_officers_see_what_was_handed_in(forum: Forum, role: Role) -> None:
    seen = [make_registration(forum, state=state).ref for state in S if state != S.DRAFT]
    draft = make_registration(forum, state=S.DRAFT)
    stranger = make_registration(make_forum(is_current=False))
    api = program(forum, role)
    assert refs(api.get("applications")) == seen[::-1]
    assert api.get(f"applications/{draft.ref}").status_code == 404
    assert api.get(f"applications/{stranger.ref}").status_code == 404
    assert api.post(f"applications/{stranger.ref}/reject").status_code == 404


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_reads_or_decides(forum: Forum, role: Role) -> None:
    made = make_registration(forum)
    api = program(forum, role, scope_id=SCOPES.get(role, ""))
    answers = [
        api.get("applications"),
        api.post("applications", body(forum)),
        api.post("applications/search", {"q": "примерова"}),
        api.get(f"applications/{made.ref}"),
        *(
            api.post(f"applications/{made.ref}/{do}", {"note": "x"})
            for do in ("approve", "reject", "ask-for-changes", "waitlist")
        ),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    made.refresh_from_db()
    assert (made.state, Registration.objects.count()) == (S.SUBMITTED, 1)


def test_narrow_token_of_an_organiser_reads_nothing(forum: Forum, organiser: Any) -> None:
    make_registration(forum)
    secret = make_token(forum, Role.VIEWER, holder=organiser)[1]
    assert Program(secret).get("applications").status_code == 403


def test_filters_narrow(forum: Forum, api: Program) -> None:
    waiting = make_registration(forum)
    confirmed = make_registration(forum, state=S.CONFIRMED, delegation="UZ")
    media = make_registration(forum, category=make_category(forum, code="media"))
    assert refs(api.get("applications?state=confirmed")) == [confirmed.ref]
    assert refs(api.get("applications?delegation=UZ")) == [confirmed.ref]
    assert refs(api.get("applications?category=media")) == [media.ref]
    assert refs(api.get("applications?category=delegate&state=submitted")) == [waiting.ref]
    assert refs(api.get("applications?category=nothing")) == []
    assert list(api.get("applications?state=draft").json()["fields"]) == ["state"]
    assert list(api.get("applications?state=x").json()["fields"]) == ["state"]


@pytest.mark.parametrize("typed", ["Примерова", "primerova", "анна прим", "образец"])
def test_search_finds_any_spelling_and_pages(forum: Forum, api: Program, typed: str) -> None:
    made = [make_registration(forum).ref for _ in range(3)][::-1]
    make_registration(
        forum,
        organisation="Порт",
        person=make_person(forum, surname="Иванов", given_name="Пётр", latin_surname="IVANOV", latin_given_name="PETR"),
    )
    first = api.post("applications/search?limit=2", {"q": typed})
    second = api.post(first.json()["next"], {"q": typed})
    assert refs(first) + refs(second) == made
    assert "прим" not in first.json()["next"]
    assert refs(api.post("applications/search", {"q": typed, "state": "confirmed"})) == []


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": "п"}, {"q": "п" * 101}, {"q": ["a"]}])
def test_search_without_words_names_the_field(api: Program, asked: dict[str, Any]) -> None:
    answer = api.post("applications/search", asked)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["q"])


def test_one_application_with_its_history(forum: Forum, api: Program) -> None:
    made, twin = make_registration(forum), make_registration(forum)
    api.post(f"applications/{made.ref}/ask-for-changes", {"note": "имя"})
    answer = api.get(f"applications/{made.ref}").json()
    assert answer["state"] == "needs_changes" and answer["note"] == "имя"
    assert [(m["was"], m["to"], m["note"]) for m in answer["history"]] == [("submitted", "needs_changes", "имя")]
    assert answer["possible_duplicates"] == [twin.ref]
    assert answer["delegation"] == {"code": "RU-TOM", "name": "Tomsk Oblast"}
    assert answer["person"]["surname"] == "Примерова"
    assert not {"document", "birth_date", "phone"} & set(answer["person"])


@pytest.mark.parametrize("item_count", [1, 3, 150])
def test_list_takes_constant_queries(
    forum: Forum, api: Program, item_count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(item_count):
        make_registration(forum)
    api.get("token")
    with django_assert_num_queries(2):  # the token, the applications
        assert len(refs(api.get("applications?limit=200"))) == item_count


@pytest.mark.parametrize(
    ("do", "to"),
    [("approve", "approved"), ("reject", "rejected"), ("ask-for-changes", "needs_changes"), ("waitlist", "waitlisted")],
)
def test_decision_is_made_once_and_tells_the_applicant(forum: Forum, api: Program, do: str, to: str) -> None:
    made = make_registration(forum)
    answers = [api.post(f"applications/{made.ref}/{do}", {"note": "Спасибо"}) for _ in range(2)]
    assert answers[0].status_code == 200
    assert answers[0].json()["state"] == to
    assert Message.objects.filter(subject_id=made.ref).count() == 1
    entry = AuditEntry.objects.get(action=f"registration.{to}")
    assert entry.actor is not None and "token" in entry.data


def test_full_quota_is_a_conflict_with_a_reason(forum: Forum, api: Program) -> None:
    full = make_category(forum, places=0)
    made = make_registration(forum, category=full)
    answer = api.post(f"applications/{made.ref}/approve")
    assert (answer.status_code, answer.json()["code"]) == (409, "places.full")


def test_impossible_decision_is_a_conflict(forum: Forum, api: Program) -> None:
    made = make_registration(forum, state=S.CANCELLED)
    answer = api.post(f"applications/{made.ref}/approve")
    assert (answer.status_code, answer.json()["code"]) == (409, "registration.move_refused")


def test_changes_need_a_message(forum: Forum, api: Program) -> None:
    made = make_registration(forum)
    for note in ({}, {"note": "  "}, {"note": "x" * 2001}):
        answer = api.post(f"applications/{made.ref}/ask-for-changes", note)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["note"])


class TestEntering:
    def test_signed_paper_makes_an_application_and_tells_the_person(self, forum: Forum, api: Program) -> None:
        answer = api.post("applications", body(forum))
        assert answer.status_code == 201, answer.content
        made = Registration.objects.get()
        assert answer["Location"] == f"/api/v1/applications/{made.ref}"
        assert api.get(answer["Location"]).json() == answer.json()
        assert (made.state, made.organisation, made.position_short) == (
            "submitted",
            "Завод «Образец»",
            "директор музея",
        )
        person = made.person
        assert (person.latin_surname, person.email, person.account.email) == (
            "PRIMEROVA",
            "new@example.org",
            "new@example.org",
        )
        consent = Consent.objects.get()
        assert (consent.evidence, consent.signed_on, consent.ip) == ("signed_paper", localdate(), None)
        assert consent.text_hash == consent.document.text_hash("ru")
        assert Message.objects.get().reason == "registration.received"
        entry = AuditEntry.objects.get(action="registration.entered")
        assert entry.actor_kind == "account" and "surname" in entry.changed
        assert "Примерова" not in str(entry.data)

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"consent": {"version": 2}}, ["consent.version"]),
            ({"consent": {"evidence": "own_tick"}}, ["consent.evidence"]),
            ({"consent": {"signed_on": "2020-01-01"}}, ["consent.signed_on"]),
            ({"consent": {"signed_on": str(localdate() + timedelta(days=1))}}, ["consent.signed_on"]),
            ({"consent": {"signed_on": None}}, ["consent.signed_on"]),
            ({"category": "nothing"}, ["category"]),
            ({"delegation": "XX"}, ["delegation"]),
            ({"organisation": " "}, ["organisation"]),
            ({"position": "я" * 251}, ["position"]),
            ({"language": "de"}, ["language"]),
            ({"person": {"surname": "Primerova"}}, ["person.surname"]),
            ({"person": {"latin_surname": "Примерова"}}, ["person.latin_surname"]),
            ({"person": {"citizenship": "XX"}}, ["person.citizenship"]),
            ({"person": {"languages": []}}, ["person.languages"]),
            ({"person": {"email": "nobody"}}, ["person.email"]),
            ({"person": {"citizenship": "UZ", "latin_surname": ""}}, ["person.latin_surname"]),
            ({"person": {"surname": "", "latin_surname": ""}}, ["person.surname"]),
        ],
    )
    def test_wrong_or_missing_answer_is_named_and_nothing_is_stored(
        self, forum: Forum, api: Program, changes: dict[str, Any], fields: list[str]
    ) -> None:
        answer = api.post("applications", body(forum, **changes))
        assert (answer.status_code, list(answer.json()["fields"])) == (400, fields)
        assert (Person.objects.count(), Consent.objects.count(), Message.objects.count()) == (0, 0, 0)

    def test_no_consent_no_application(self, forum: Forum, api: Program) -> None:
        sent = body(forum)
        del sent["consent"]
        answer = api.post("applications", sent)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["consent"])
        assert not Person.objects.exists()

    def test_category_of_another_edition_is_unknown(self, forum: Forum, api: Program) -> None:
        make_category(make_forum(is_current=False), code="other")
        assert list(api.post("applications", body(forum, category="other")).json()["fields"]) == ["category"]
