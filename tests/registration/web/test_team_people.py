"""The officers' list: who may see it, filters, search in any spelling, approving many at once."""

import pytest
from django.test import Client

from forum.actions import jobs
from forum.enums import Role
from forum.models import Account, Forum, Job, Message
from forum.web.searched import sealed
from registration.actions.reasons import add_reason
from registration.enums import ReasonKind, RegistrationState
from registration.models import BulkDecision, Registration
from tests.factories.forum import make_account, make_staff
from tests.factories.registration import make_category, make_person, make_registration
from tests.registration.web.questions import questions_of
from tests.sessions import sign_in

S = RegistrationState
LIST = "/team/people/"


def refs(client: Client, query: str = "") -> list[str]:
    """What the list shows, in order."""
    return [row["registration"].ref for row in client.get(f"{LIST}?{query}").context["rows"]]


@pytest.mark.parametrize(
    "role",
    [
        Role.CHECKIN_STAFF,
        Role.CHECKIN_SUPERVISOR,
        Role.PROGRAMME_EDITOR,
        Role.VISIT_COORDINATOR,
        Role.PRIVACY_OFFICER,
        Role.VIEWER,
        Role.PARTNER_EDITOR,
        Role.HOST_CONTACT,
        Role.ESCORT,
    ],
)
def test_other_roles_find_nothing_here(forum: Forum, role: Role) -> None:
    scopes = {Role.PARTNER_EDITOR: "RU-SPE", Role.HOST_CONTACT: "plant", Role.ESCORT: "slot"}
    client = sign_in(Client(), make_staff(forum, role, scope_id=scopes.get(role, "")))
    registration = make_registration(forum)
    person = f"{LIST}{registration.ref}/"
    for address in (LIST, person, f"{person}correct/"):
        assert client.get(address).status_code == 404
    for address in (f"{LIST}approve/", f"{person}approve/", f"{person}reject/", f"{person}correct/"):
        assert client.post(address, {"note": "x", "refs": registration.ref}).status_code == 404
    registration.refresh_from_db()
    assert registration.state == S.SUBMITTED


def test_a_delegate_finds_nothing_here_and_a_stranger_signs_in(forum: Forum) -> None:
    assert sign_in(Client(), make_account()).get(LIST).status_code == 404
    assert "/accounts/login/" in Client().get(LIST).url


def test_an_officer_without_a_second_factor_is_sent_to_set_one_up(officer: Account) -> None:
    answer = sign_in(Client(), officer, second_factor=False).get(LIST)
    assert answer.status_code == 302
    assert "2fa" in answer.url


def test_it_opens_with_what_waits_oldest_first(officer_client: Client, forum: Forum) -> None:
    first, second = make_registration(forum), make_registration(forum)
    make_registration(forum, state=S.APPROVED)
    make_registration(forum, state=S.DRAFT)
    assert refs(officer_client) == [first.ref, second.ref]


def test_filters_narrow_and_the_counts_stay(officer_client: Client, forum: Forum) -> None:
    media = make_category(forum, code="media")
    tomsk = make_registration(forum, delegation="RU-TOM")
    minsk = make_registration(forum, delegation="BY", category=media)
    approved = make_registration(forum, delegation="BY", state=S.APPROVED)
    assert refs(officer_client, "delegation=BY") == [minsk.ref]
    assert refs(officer_client, "category=media") == [minsk.ref]
    assert refs(officer_client, "state=approved") == [approved.ref]
    assert set(refs(officer_client, "state=all")) == {tomsk.ref, minsk.ref, approved.ref}
    assert set(refs(officer_client, "state=all&delegation=BY")) == {minsk.ref, approved.ref}
    counts = {str(chip["label"]): chip["count"] for chip in officer_client.get(LIST).context["states"]}
    assert sorted(counts.values()) == [1, 2, 3]


@pytest.mark.parametrize(
    "query", ["state=nonsense", "category=nonsense", "delegation=%00", "page=999", "page=x", "words=%00"]
)
def test_a_made_up_filter_is_no_fault(officer_client: Client, forum: Forum, query: str) -> None:
    make_registration(forum)
    assert officer_client.get(f"{LIST}?{query}").status_code == 200


PEOPLE = {
    "anna": {},
    "siarhei": {
        "surname": "Прикладов",
        "given_name": "Сергей",
        "patronymic": "",
        "latin_surname": "PRYKLADAU",
        "latin_given_name": "SIARHEI",
        "native_name": "Прыкладаў Сяргей",
    },
    "jasur": {
        "surname": "Намунаев",
        "given_name": "Жасур",
        "patronymic": "Тўлқин ўғли",
        "latin_surname": "NAMUNAYEV",
        "latin_given_name": "JASUR",
        "native_name": "Namunayev Jasur Toʻlqin oʻgʻli",
    },
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Примерова", "anna"),
        ("PRIMEROVA", "anna"),
        ("primerova", "anna"),
        ("пример", "anna"),
        ("анна примерова", "anna"),
        ("Прыкладаў", "siarhei"),
        ("Прикладов", "siarhei"),
        ("prykladau", "siarhei"),
        ("Сяргей", "siarhei"),
        ("oʻgʻli", "jasur"),
        ("o'g'li", "jasur"),
        ("o‘g‘li", "jasur"),
        ("o`g`li", "jasur"),
        ("ogli", "jasur"),
        ("ўғли", "jasur"),
        ("namunayev jasur", "jasur"),
    ],
)
def test_search_finds_any_spelling(officer_client: Client, forum: Forum, query: str, found: str) -> None:
    made = {key: make_registration(forum, person=make_person(forum, **names)) for key, names in PEOPLE.items()}
    answer = officer_client.post(LIST, {"q": query}, follow=True)
    assert [row["registration"] for row in answer.context["rows"]] == [made[found]]


def test_search_finds_reference_email_and_organisation_in_any_state(officer_client: Client, forum: Forum) -> None:
    one = make_registration(forum, state=S.CONFIRMED, organisation="Музей плёнки")
    make_registration(forum)
    for query in (one.ref, f"{one.ref[:5]}-{one.ref[5:]}", one.ref.lower(), one.person.email.upper(), "плёнки"):
        answer = officer_client.post(LIST, {"q": query}, follow=True)
        assert [row["registration"] for row in answer.context["rows"]] == [one], query


def test_pages_keep_the_filters(officer_client: Client, forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registration.web.views_team.PER_PAGE", 2)
    for _number in range(3):
        make_registration(forum, delegation="BY")
    page = officer_client.get(f"{LIST}?state=submitted&delegation=BY").content.decode()
    assert "?state=submitted&amp;delegation=BY&amp;page=2" in page


def test_an_empty_queue_says_what_will_come(officer_client: Client, forum: Forum) -> None:
    assert "Решения ничего не ждёт" in officer_client.get(LIST).content.decode()
    assert (
        "Под эти условия никто не подходит" in officer_client.get(f"{LIST}?words={sealed('никого')}").content.decode()
    )


def test_the_list_asks_the_database_as_much_for_three_rows_as_for_one(officer_client: Client, forum: Forum) -> None:
    make_registration(forum)
    for_one = questions_of(officer_client, f"{LIST}?state=all&words={sealed('primerova')}")
    make_registration(forum, delegation="BY", category=make_category(forum, code="media"))
    make_registration(forum, delegation="UZ", state=S.APPROVED)
    assert questions_of(officer_client, f"{LIST}?state=all&words={sealed('primerova')}") == for_one <= 18


# --- approving many ------------------------------------------------------------------------------------------------
def work(job: Job) -> Job:
    """What the worker does."""
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    return job


def decided(client: Client, chosen: list[Registration], decision: str = "approve", **words: str) -> Job:
    """Both steps, and the work."""
    refs = " ".join(one.ref for one in chosen)
    answer = client.post(f"{LIST}approve/", {"confirmed": "1", "chosen": refs, "decision": decision, **words})
    assert answer.status_code == 302, answer.context["form"].errors
    bulk = BulkDecision.objects.get()
    assert answer.url == f"/team/people/decisions/{bulk.public_id}/"
    return work(Job.objects.get())


def test_ticked_ones_are_approved_by_a_job(officer_client: Client, forum: Forum) -> None:
    chosen, other = make_registration(forum), make_registration(forum)
    asked = officer_client.post(f"{LIST}approve/", {"refs": [chosen.ref]})
    assert asked.context["refs"] == [chosen.ref]
    job = decided(officer_client, [chosen])
    assert (job.done, job.failed, job.total) == (1, 0, 1)
    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.state, other.state) == (S.APPROVED, S.SUBMITTED)


def test_all_that_fit_the_filter_are_the_ones_counted(officer_client: Client, forum: Forum) -> None:
    fits = [make_registration(forum, delegation="BY") for _number in range(2)]
    make_registration(forum, delegation="UZ")
    make_registration(forum, delegation="BY", state=S.REJECTED)
    asked = officer_client.post(f"{LIST}approve/", {"everything": "1", "filter": "state=all&delegation=BY"})
    assert set(asked.context["refs"]) == {r.ref for r in fits}
    late = make_registration(forum, delegation="BY")
    decided(officer_client, fits)
    late.refresh_from_db()
    assert late.state == S.SUBMITTED
    assert set(Registration.objects.filter(state=S.APPROVED)) == set(fits)


def test_each_decision_says_for_how_many_it_is_possible(officer_client: Client, forum: Forum) -> None:
    chosen = [make_registration(forum, state=state) for state in (S.SUBMITTED, S.WAITLISTED, S.NEEDS_CHANGES)]
    page = officer_client.post(f"{LIST}approve/", {"refs": [one.ref for one in chosen]})
    offered = {value: label.rpartition(": ")[2] for value, label in page.context["form"].fields["decision"].choices}
    assert offered == {"approve": "2", "line": "1", "ask": "1", "reject": "3"}


def test_what_cannot_be_approved_becomes_a_row_of_errors(officer_client: Client, forum: Forum) -> None:
    small = make_category(forum, code="media", places=1)
    first, second = make_registration(forum, category=small), make_registration(forum, category=small)
    job = decided(officer_client, [first, second])
    assert (job.done, job.failed) == (2, 1)
    assert {row["item"] for row in job.errors} == {second.ref}
    bulk = BulkDecision.objects.get()
    page = officer_client.get(f"/team/people/decisions/{bulk.public_id}/?show=refused")
    assert [row["registration"] for row in page.context["rows"]] == [second]
    assert "Все места заняты" in page.context["rows"][0]["why"]


def test_changes_need_words_and_the_words_must_fit(officer_client: Client, forum: Forum, officer: Account) -> None:
    one = make_registration(forum)
    texts = {f"{part}_{code}": code for part in ("title", "text") for code in ("ru", "en")}
    refusal = add_reason(forum=forum, kind=ReasonKind.REJECT, texts=texts, by=officer)
    asked = {"confirmed": "1", "chosen": one.ref, "decision": "ask"}
    answer = officer_client.post(f"{LIST}approve/", asked)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["note"])
    answer = officer_client.post(f"{LIST}approve/", asked | {"reason": refusal.public_id, "note": "Имя"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert not Job.objects.exists()


def test_a_ready_made_text_is_read_in_the_language_of_each(
    officer_client: Client, forum: Forum, officer: Account
) -> None:
    texts = {"title_ru": "Мест нет", "text_ru": "Места кончились", "title_en": "Full", "text_en": "No places left"}
    reason = add_reason(forum=forum, kind=ReasonKind.REJECT, texts=texts, by=officer)
    people = [make_registration(forum, language=language) for language in ("ru", "en", "uz")]
    decided(officer_client, people, "reject", reason=str(reason.public_id))
    notes = {r.language: r.note for r in Registration.objects.all()}
    assert notes == {"ru": "Места кончились", "en": "No places left", "uz": "Места кончились"}


def test_everything_is_undone_from_the_page_while_no_letter_has_left(officer_client: Client, forum: Forum) -> None:
    people = [make_registration(forum) for _number in range(2)]
    decided(officer_client, people)
    page = f"/team/people/decisions/{BulkDecision.objects.get().public_id}/"
    assert officer_client.get(page).context["standing"]["may_undo"]
    assert officer_client.post(f"{page}undo/").url == page
    work(Job.objects.get(kind="registration.bulk_undo"))
    assert {r.state for r in Registration.objects.all()} == {S.SUBMITTED}
    assert not Message.objects.exists()
    assert officer_client.get(page).context["counts"]["back"] == 2
    assert [row["bulk"].job.total for row in officer_client.get("/team/people/decisions/").context["rows"]] == [2]


def test_nothing_ticked_is_said(officer_client: Client, forum: Forum) -> None:
    make_registration(forum)
    answer = officer_client.post(f"{LIST}approve/", {"next": f"{LIST}?state=submitted"}, follow=True)
    assert "Решать не о чем" in answer.content.decode()
    assert not Job.objects.exists()


def test_the_room_shows_how_many_wait(officer_client: Client, forum: Forum) -> None:
    for _number in range(2):
        make_registration(forum)
    items = {item["url"]: item["count"] for item in officer_client.get(LIST).context["nav_items"]}
    assert items[LIST] == 2
