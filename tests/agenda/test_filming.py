"""Filming in plants: who may ask, what is refused, what the plant says and who is told; nothing is left after erasure."""

import json
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from agenda.actions.filming import ask_to_film, change_wish, erase_due_wishes, withdraw_wish
from agenda.actions.filming_answers import ANSWERED, answer_wish, plant_was_told, put_to_plant
from agenda.enums import FilmingMeans, FilmingState
from agenda.exports.filming import filming_pdf, filming_xlsx
from agenda.models import FilmingWish, VisitSlot
from agenda.queries.filming import board, for_list, wishes_answerable_by, wishes_visible_to
from agenda.queries.filming_own import asked_until, chances, told
from agenda.queries.own_data import filming_part
from forum.enums import Role
from forum.errors import DomainError
from forum.mailing import compose
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.consents import give_consent, withdraw_consent
from registration.actions.equipment import remove_equipment
from registration.actions.person_erasing import erase_person
from registration.enums import ErasedData, ErasureBasis, RegistrationState
from registration.models import Erasure, Registration
from registration.queries.consents import matters_of
from tests.factories.agenda import make_organisation, make_programme, make_slot, make_wish, wish_of
from tests.factories.forum import make_staff
from tests.factories.registration import make_consent_document, make_registration
from tests.factories.vehicles import make_crew, make_device
from tests.mail import html_of

pytestmark = pytest.mark.django_db
S, M = FilmingState, FilmingMeans


@pytest.fixture
def coordinator(forum: Forum) -> Account:
    return make_staff(forum, Role.VISIT_COORDINATOR)


@pytest.fixture
def crew(forum: Forum) -> Registration:
    made = make_crew(forum)
    make_device(made)
    return made


@pytest.fixture
def slot(forum: Forum) -> VisitSlot:
    return make_slot(make_programme(forum))


def answer(wish: FilmingWish, state: FilmingState, by: Account, text: str = "") -> FilmingWish:
    wish.refresh_from_db()
    return answer_wish(wish, state=state, answer=text, version=wish.version, by=by)


def test_a_wish_is_stated_changed_and_withdrawn_before_the_plant_knows(crew: Registration, slot: VisitSlot) -> None:
    wish = make_wish(crew, slot)
    changed = change_wish(wish, wish=wish_of(slot, subject="Только музей", means=[M.PHOTO]), by=None)
    assert (changed.subject, changed.means, changed.devices) == ("Только музей", ["photo"], [])
    assert [withdraw_wish(wish, by=None) for _press in range(2)] == [True, False]
    wish.refresh_from_db()
    assert (wish.state, wish.tell_plant) == (S.WITHDRAWN, False)
    with translation.override("en"):
        assert told(wish)["state"] == "Withdrawn"


def test_only_crews_with_a_place_ask(forum: Forum, crew: Registration, slot: VisitSlot) -> None:
    delegate = make_registration(forum, state=RegistrationState.CONFIRMED)
    waits = make_registration(forum, category=crew.category, state=RegistrationState.SUBMITTED)
    for registration in (delegate, waits):
        with pytest.raises(DomainError, match=r"filming\.not_asked"):
            ask_to_film(registration, wish=wish_of(slot), by=None)


def test_a_drone_is_asked_for_alone(crew: Registration, slot: VisitSlot) -> None:
    with pytest.raises(DomainError, match=r"filming\.drone_alone"):
        make_wish(crew, slot, means=[M.DRONE, M.VIDEO])
    wish = make_wish(crew, slot, means=[M.DRONE])
    with pytest.raises(IntegrityError, match="filming_drone_alone"), transaction.atomic():
        FilmingWish.objects.filter(pk=wish.pk).update(means=["drone", "photo"])


def test_the_same_is_asked_once_and_again_after_a_withdrawal(crew: Registration, slot: VisitSlot) -> None:
    wish = make_wish(crew, slot)
    with pytest.raises(DomainError, match=r"filming\.twice"):
        make_wish(crew, slot, means=[M.VIDEO, M.PHOTO])
    withdraw_wish(wish, by=None)
    make_wish(crew, slot)


def test_somebody_elses_devices_are_refused(forum: Forum, crew: Registration, slot: VisitSlot) -> None:
    other = make_crew(forum)
    foreign = make_device(other, serial="QQ-9")
    with pytest.raises(DomainError, match=r"filming\.foreign"):
        make_wish(crew, slot, devices=[foreign])


def test_asking_ends_with_the_plants_list(crew: Registration, slot: VisitSlot) -> None:
    until = asked_until(slot.programme, slot.day, person=crew.person)
    assert {chance.slot for chance in chances(crew.forum, person=crew.person, at=until)} == {None} or not chances(
        crew.forum, person=crew.person, at=until
    )
    with time_machine.travel(until, tick=False), pytest.raises(DomainError, match=r"filming\.closed"):
        make_wish(crew, slot)


def test_what_was_asked_stays_when_the_list_of_equipment_changes(crew: Registration, slot: VisitSlot) -> None:
    wish = make_wish(crew, slot)
    remove_equipment(crew.equipment.get(), by=None)
    wish.refresh_from_db()
    with translation.override("en"):
        assert told(wish)["devices"] == ["Video camera Sony FX6, № ZZ-1"]


def test_each_answer_has_one_letter_in_the_persons_language(
    crew: Registration, slot: VisitSlot, coordinator: Account
) -> None:
    wish = make_wish(crew, slot, put_by=coordinator)
    with pytest.raises(DomainError, match=r"filming\.conditions"):
        answer(wish, S.ALLOWED_IF, coordinator)
    answer(wish, S.ALLOWED_IF, coordinator, "Без людей в кадре")
    answer(wish, S.ALLOWED_IF, coordinator, "Без людей в кадре")
    answer(wish, S.REFUSED, coordinator)
    letters = Message.objects.filter(reason=ANSWERED).order_by("pk")
    assert [(json.loads(one.context)["state"], one.language) for one in letters] == [
        ("allowed_if", "ru"),
        ("refused", "ru"),
    ]
    entries = AuditEntry.objects.filter(action="filming.answered")
    assert not any("кадре" in str(entry.data) for entry in entries)


@pytest.mark.parametrize(
    ("language", "subjects"),
    [
        ("ru", ("Съёмка разрешена:", "Съёмка разрешена с условиями:", "Съёмка не разрешена:")),
        ("en", ("You may film:", "You may film with conditions:", "You may not film:")),
        ("uz", ("Suratga olishga ruxsat:", "Suratga olishga shart bilan ruxsat:", "Suratga olishga ruxsat yoʻq:")),
        ("be", ("Здымка дазволена:", "Здымка дазволена з умовамі:", "Здымка не дазволена:")),
    ],
)
def test_the_letter_says_in_its_subject_what_the_plant_says(
    crew: Registration, slot: VisitSlot, coordinator: Account, language: str, subjects: tuple[str, str, str]
) -> None:
    Registration.objects.filter(pk=crew.pk).update(language=language)
    wish = make_wish(crew, slot, put_by=coordinator)
    for state, subject in zip((S.ALLOWED, S.ALLOWED_IF, S.REFUSED), subjects, strict=True):
        answer(wish, state, coordinator, "Без <b>людей</b>" if state == S.ALLOWED_IF else "")
        mail = message_from_bytes(compose(Message.objects.select_related("forum").latest("pk")), policy=policy.default)
        assert mail["Subject"].strip().startswith(subject)
        assert ("&lt;b&gt;" in html_of(mail)) == (state == S.ALLOWED_IF)


def test_an_answer_to_what_has_changed_meanwhile_is_refused(
    crew: Registration, slot: VisitSlot, coordinator: Account
) -> None:
    wish = make_wish(crew, slot, put_by=coordinator)
    seen = wish.version
    withdraw_wish(wish, by=None)
    with pytest.raises(DomainError, match=r"filming\.stale"):
        answer_wish(wish, state=S.ALLOWED, answer="", version=seen, by=coordinator)


def test_nothing_is_answered_before_it_is_put(crew: Registration, slot: VisitSlot, coordinator: Account) -> None:
    wish = make_wish(crew, slot)
    with pytest.raises(DomainError, match=r"filming\.move_refused"):
        answer(wish, S.ALLOWED, coordinator)
    assert [put_to_plant(slot.programme, wishes=[wish], by=coordinator) for _press in range(2)] == [1, 0]
    with pytest.raises(DomainError, match=r"filming\.put_already"):
        change_wish(wish, wish=wish_of(slot), by=None)


def test_a_withdrawal_after_the_plant_knew_waits_until_it_is_told(
    crew: Registration, slot: VisitSlot, coordinator: Account
) -> None:
    wish = make_wish(crew, slot, put_by=coordinator)
    withdraw_wish(wish, by=None)
    assert board(coordinator, forum=crew.forum)[0].to_tell == 1
    assert [plant_was_told(wish, by=coordinator) for _press in range(2)] == [True, False]
    assert board(coordinator, forum=crew.forum)[0].to_tell == 0


def test_a_plant_sees_and_answers_its_own_wishes_once_they_are_put(
    forum: Forum, crew: Registration, slot: VisitSlot, coordinator: Account
) -> None:
    host = make_staff(forum, Role.HOST_CONTACT, scope_id=str(slot.programme.host.public_id), email="h@plant.example")
    other = make_staff(forum, Role.HOST_CONTACT, scope_id=str(make_organisation().public_id), email="o@plant.example")
    wish = make_wish(crew, slot)
    assert not wishes_visible_to(host, forum=forum).exists()
    put_to_plant(slot.programme, wishes=[wish], by=coordinator)
    assert wishes_answerable_by(host, forum=forum).get() == wish
    assert not wishes_visible_to(other, forum=forum).exists()
    assert board(other, forum=forum) == []
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    assert wishes_visible_to(officer, forum=forum).exists()
    assert not wishes_answerable_by(officer, forum=forum).exists()


def test_the_list_holds_what_was_put_and_not_refused(
    forum: Forum, crew: Registration, slot: VisitSlot, coordinator: Account
) -> None:
    wish, drone = (make_wish(crew, slot, put_by=coordinator, means=[means]) for means in (M.VIDEO, M.DRONE))
    make_wish(crew, slot, means=[M.PHOTO])
    answer(drone, S.REFUSED, coordinator)
    rows = list(for_list(wishes_visible_to(coordinator, forum=forum), slot.programme))
    assert rows == [wish]
    assert filming_pdf(slot.programme, rows).startswith(b"%PDF")
    assert filming_xlsx(slot.programme, rows).startswith(b"PK")


def test_whoever_does_not_come_films_nowhere(crew: Registration, slot: VisitSlot, coordinator: Account) -> None:
    """A withdrawn consent to processing ends the participation, and with it every wish; the plant is told namelessly."""
    wish = make_wish(crew, slot, put_by=coordinator)
    give_consent(crew, document=make_consent_document(crew.forum), language="ru", by=None)
    withdraw_consent(crew, matter=matters_of(crew.person)[0], language="ru", by=None)
    shown = told(wishes_visible_to(coordinator, forum=crew.forum).get(pk=wish.pk))
    assert (shown["wish"].state, shown["wish"].tell_plant, shown["name"]) == (S.WITHDRAWN, True, "")


def test_nothing_of_a_wish_is_left_after_erasure(crew: Registration, slot: VisitSlot, coordinator: Account) -> None:
    make_wish(crew, slot, put_by=coordinator, subject="Зябликовый цех", hours="зябликовая смена")
    assert "agenda_filmingwish" in tables_with("зяблик")
    erase_person(crew, basis=ErasureBasis.ASKED, by=None, as_applicant=True)
    assert tables_with("зяблик") == set()
    assert tables_with("zz-1") == set()
    assert ErasedData.FILMING in Erasure.objects.get().data


def tables_with(word: str) -> set[str]:
    with connection.cursor() as cursor:
        found = set()
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE lower(t::text) LIKE %s', [f"%{word}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_wishes_are_erased_a_month_after_the_forum(crew: Registration, slot: VisitSlot) -> None:
    make_wish(crew, slot)
    assert erase_due_wishes() == 0
    with time_machine.travel(crew.forum.ends_on + timedelta(days=32), tick=False):
        assert erase_due_wishes() == 1
    assert not FilmingWish.objects.exists()


def test_the_persons_data_name_each_wish(crew: Registration, slot: VisitSlot) -> None:
    make_wish(crew, slot)
    facts = {fact.key: fact.value for fact in filming_part(crew).rows[0].facts}
    assert (facts["subject"], facts["plant"]) == ("Цех и пульт управления", slot.programme.host.name)
