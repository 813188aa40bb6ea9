"""A substitute takes the place of a delegate: who, what happens, why, confirm."""

import pytest
from django.test import Client

from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Message
from forum.refs import format_ref
from registration.enums import RegistrationState as S
from registration.models import Pool, Registration
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_person, make_registration
from tests.registration.web.questions import questions_of
from tests.sessions import sign_in


def address(registration: Registration) -> str:
    return f"/team/people/{registration.ref}/replace/"


def somebody(forum: Forum, surname: str, **changes: object) -> Registration:
    return make_registration(forum, person=make_person(forum, surname=surname), **changes)  # type: ignore[arg-type]


def states(*registrations: Registration) -> list[str]:
    return [Registration.objects.get(pk=registration.pk).state for registration in registrations]


def test_a_confirmed_delegate_is_replaced_in_two_steps(officer_client: Client, officer: Account, forum: Forum) -> None:
    old, new = somebody(forum, "Уехавшая", state=S.CONFIRMED), somebody(forum, "Приехавшая")
    assert address(old) in officer_client.get(f"/team/people/{old.ref}/").content.decode()
    typed = {"substitute": format_ref(new.ref).lower(), "reason": "командировка отменена"}
    asked = officer_client.post(address(old), typed)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert states(old, new) == [S.CONFIRMED, S.SUBMITTED]
    assert "Уехавшая" in page and "Приехавшая" in page and "перестанет действовать" in page
    done = officer_client.post(address(old), typed | {"confirmed": "1"})
    assert done.url == f"/team/people/{new.ref}/"
    assert states(old, new) == [S.REPLACED, S.APPROVED]
    assert Pool.objects.get(pk=old.category.pool_id).taken == 1
    assert old.moves.get(to=S.REPLACED).note == "командировка отменена"
    assert Message.objects.filter(reason="registration.approved", subject_id=new.ref).count() == 1
    entry = AuditEntry.objects.get(action="registration.replaced")
    assert (entry.object_id, entry.actor) == (old.ref, officer)


def test_candidates_are_those_of_the_same_delegation_and_category(officer_client: Client, forum: Forum) -> None:
    old = somebody(forum, "Уехавшая", state=S.CONFIRMED)
    somebody(forum, "Годная")
    somebody(forum, "Ждущая", state=S.WAITLISTED)
    somebody(forum, "Чужая", delegation="BY")
    somebody(forum, "Иная", category=make_category(forum, code="media"))
    somebody(forum, "Занятая", state=S.APPROVED)
    rows = officer_client.get(address(old)).context["candidates"]
    assert [row["registration"].person.surname for row in rows] == ["Годная", "Ждущая"]


def test_a_chosen_candidate_stands_in_the_field(officer_client: Client, forum: Forum) -> None:
    old, new = somebody(forum, "Уехавшая", state=S.CONFIRMED), somebody(forum, "Приехавшая")
    page = officer_client.get(f"{address(old)}?by={format_ref(new.ref)}").content.decode()
    assert f'value="{format_ref(new.ref)}"' in page


@pytest.mark.parametrize("number", ["", "нет такого", "00000-00000"])
def test_an_unknown_number_keeps_what_was_typed(officer_client: Client, forum: Forum, number: str) -> None:
    old = somebody(forum, "Уехавшая", state=S.CONFIRMED)
    answer = officer_client.post(address(old), {"substitute": number, "reason": "болезнь"})
    assert answer.status_code == 422
    assert 'value="болезнь"' in answer.content.decode()
    assert states(old) == [S.CONFIRMED]


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "1"}])
@pytest.mark.parametrize("case", ["itself", "other category", "has a place"])
def test_an_unfit_substitute_is_refused_before_and_after_the_question(
    officer_client: Client, forum: Forum, confirmed: dict[str, str], case: str
) -> None:
    old = somebody(forum, "Уехавшая", state=S.CONFIRMED)
    other = {
        "itself": lambda: old,
        "other category": lambda: somebody(forum, "Иная", category=make_category(forum, code="media")),
        "has a place": lambda: somebody(forum, "Занятая", state=S.CONFIRMED),
    }[case]()
    answer = officer_client.post(address(old), {"substitute": other.ref, "reason": "болезнь"} | confirmed)
    assert answer.status_code == 409
    assert answer.context["form"].errors
    assert states(old) == [S.CONFIRMED]


@pytest.mark.parametrize("state", [S.SUBMITTED, S.APPROVED, S.REPLACED, S.CANCELLED])
def test_only_a_confirmed_place_changes_hands(officer_client: Client, forum: Forum, state: S) -> None:
    old = somebody(forum, "Уехавшая", state=state)
    assert officer_client.get(address(old)).status_code == 404
    assert "/replace/" not in officer_client.get(f"/team/people/{old.ref}/").content.decode()


def test_others_find_no_such_page(forum: Forum, client: Client) -> None:
    old = somebody(forum, "Уехавшая", state=S.CONFIRMED)
    press = sign_in(Client(), make_staff(forum, Role.VIEWER))
    assert press.get(address(old)).status_code == 404
    assert press.post(address(old), {}).status_code == 404
    assert client.get(address(old)).status_code == 302


def test_page_asks_as_much_for_many_candidates_as_for_one(officer_client: Client, forum: Forum) -> None:
    old = somebody(forum, "Уехавшая", state=S.CONFIRMED)
    somebody(forum, "Первая")
    for_one = questions_of(officer_client, address(old))
    for surname in ("Вторая", "Третья"):
        somebody(forum, surname)
    assert questions_of(officer_client, address(old)) == for_one <= 16
