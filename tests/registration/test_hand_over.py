"""A delegate hands the place to a substitute: a letter, a consent, an application, and only then the place moves."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from forum.errors import DomainError
from forum.models import Account, Forum, Message
from registration.actions.applications import save_answers, submit, withdraw
from registration.actions.consents import give_consent
from registration.actions.hand_over import begin_hand_over, end_late, name_substitute, take_back
from registration.actions.notices import registration_of_link
from registration.actions.retention import forget_last_addresses
from registration.actions.review import approve, reject
from registration.enums import HandOverEnd
from registration.enums import RegistrationState as S
from registration.models import HandOver, Pool, Registration
from tests.factories.forum import make_account
from tests.factories.registration import make_category, make_consent_document, make_person, make_registration
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
NAMES = {"surname": "Заменина", "given_name": "Ольга"}


@pytest.fixture
def giver(forum: Forum) -> Registration:
    make_consent_document(forum)
    person = make_person(forum, email="gives@example.org", account=make_account("gives@example.org"))
    return make_registration(forum, state=S.CONFIRMED, category=make_category(forum, places=1), person=person)


@pytest.fixture
def hand_over(giver: Registration) -> HandOver:
    return begin_hand_over(giver, names=NAMES, email="olga@example.org", by=None)


def send(substitute: Registration) -> Registration:
    """As the substitute does it: consent, answers, sent."""
    substitute = Registration.objects.get(pk=substitute.pk)
    give_consent(substitute, document=make_consent_document(substitute.forum), language="ru", by=None)
    substitute = Registration.objects.get(pk=substitute.pk)
    answers = {
        "latin_surname": "ZAMENINA",
        "latin_given_name": "OLGA",
        "citizenship": "RU",
        "languages": ["ru"],
        "organisation": "Музей",
        "position": "хранитель",
    }
    return submit(save_answers(substitute, version=substitute.version, answers=answers))


def states(hand_over: HandOver) -> tuple[str, str, str]:
    fresh = HandOver.objects.select_related("registration", "substitute").get(pk=hand_over.pk)
    return fresh.registration.state, fresh.substitute.state, fresh.outcome


def reasons(ref: str) -> list[str]:
    return list(Message.objects.filter(subject_id=ref).order_by("pk").values_list("reason", flat=True))


def test_place_stays_until_the_officer_approves(hand_over: HandOver) -> None:
    letter = Message.objects.get(reason="registration.handed")
    link = json.loads(letter.context)["link"].rstrip("/").rpartition("/")[2]
    assert registration_of_link(link) == hand_over.substitute
    substitute = send(hand_over.substitute)
    assert states(hand_over) == (S.CONFIRMED, S.SUBMITTED, "")
    approve(substitute, by=make_account("officer@example.org"))
    assert states(hand_over) == (S.REPLACED, S.APPROVED, HandOverEnd.DONE)
    assert Pool.objects.get(pk=substitute.category.pool_id).taken == 1
    assert reasons(hand_over.registration.ref) == ["registration.hand_over_done"]


def test_without_review_the_place_moves_with_the_sending(hand_over: HandOver) -> None:
    category = hand_over.registration.category
    type(category).objects.filter(pk=category.pk).update(needs_approval=False)
    send(hand_over.substitute)
    assert states(hand_over) == (S.REPLACED, S.APPROVED, HandOverEnd.DONE)
    assert Pool.objects.get(pk=category.pool_id).taken == 1


def test_taken_back_draft_is_erased_and_its_person_told(giver: Registration, hand_over: HandOver) -> None:
    assert [take_back(giver, by=None), take_back(giver, by=None)] == [True, False]
    assert states(hand_over) == (S.CONFIRMED, S.CANCELLED, HandOverEnd.TAKEN_BACK)
    substitute = Registration.objects.select_related("person").get(pk=hand_over.substitute_id)
    assert (substitute.person.surname, substitute.person.email) == ("", "")
    assert [m.recipient for m in Message.objects.filter(subject_id=substitute.ref)] == ["olga@example.org"]
    assert reasons(substitute.ref) == ["registration.hand_over_over"]
    Message.objects.update(state="sent")
    assert forget_last_addresses() == 1


def test_taken_back_after_sending_leaves_a_usual_application(giver: Registration, hand_over: HandOver) -> None:
    substitute = send(hand_over.substitute)
    take_back(giver, by=None)
    assert states(hand_over)[:2] == (S.CONFIRMED, S.SUBMITTED)
    with pytest.raises(DomainError) as refusal:
        approve(substitute, by=make_account("officer@example.org"))  # the one place is the giver's
    assert refusal.value.code == "places.full"


def test_giver_who_leaves_and_substitute_who_does_not_come(giver: Registration, hand_over: HandOver) -> None:
    reject(send(hand_over.substitute), by=make_account("officer@example.org"))
    assert states(hand_over) == (S.CONFIRMED, S.REJECTED, HandOverEnd.DECLINED)
    assert reasons(giver.ref) == ["registration.hand_over_kept"]
    again = begin_hand_over(giver, names=NAMES, email="petr@example.org", by=None)
    withdraw(giver)
    assert states(again) == (S.CANCELLED, S.DRAFT, HandOverEnd.GIVER_LEFT)
    assert reasons(again.substitute.ref)[-1] == "registration.hand_over_over"


@pytest.mark.parametrize("email", ["gives@example.org", "third@example.org"])
def test_refused_for_oneself_and_while_one_is_open(giver: Registration, hand_over: HandOver, email: str) -> None:
    with pytest.raises(DomainError) as refusal:
        begin_hand_over(giver, names=NAMES, email=email, by=None)
    assert refusal.value.code == "hand_over.open"
    take_back(giver, by=None)
    with pytest.raises(DomainError) as refusal:
        begin_hand_over(giver, names=NAMES, email="gives@example.org", by=None)
    assert refusal.value.code == "hand_over.own_email"


def test_nothing_begins_or_goes_on_once_the_forum_has_begun(giver: Registration, hand_over: HandOver) -> None:
    assert end_late() == 0
    first_day = datetime.combine(giver.forum.starts_on, datetime.min.time()).astimezone() + timedelta(hours=12)
    with time_machine.travel(first_day, tick=False):
        assert (end_late(), end_late()) == (1, 0)
        with pytest.raises(DomainError) as refusal:
            begin_hand_over(giver, names=NAMES, email="x@example.org", by=None)
    assert refusal.value.code == "hand_over.late"
    assert states(hand_over) == (S.CONFIRMED, S.DRAFT, HandOverEnd.LATE)


def test_page_begins_and_takes_back(giver: Registration) -> None:
    client = sign_in(Client(), giver.person.account, second_factor=False)  # type: ignore[arg-type]
    page = f"/en/my/{giver.ref}/hand-over/"
    assert page in client.get("/en/my/").content.decode()
    bad = client.post(page, {"surname": "Zamenina", "email": "olga"})
    assert (bad.status_code, "Zamenina" in bad.content.decode()) == (422, True)
    assert (
        client.post(page, {"surname": "Zamenina", "given_name": "Olga", "email": "olga@example.org"}).status_code == 302
    )
    shown = client.get(page).content.decode()
    assert "ZAMENINA" in shown.upper() and "olga@example.org" in shown
    client.post(page, {"back": "1"})
    assert HandOver.objects.get().outcome == HandOverEnd.TAKEN_BACK
    assert HandOver.objects.get().substitute.person.latin_surname == ""


def test_who_has_no_place_has_nothing_to_hand_over(forum: Forum, giver: Registration) -> None:
    account: Account = giver.person.account  # type: ignore[assignment]
    other = make_registration(forum, state=S.SUBMITTED, person=make_person(forum, account=account))
    client = sign_in(Client(), account, second_factor=False)
    assert client.get(f"/en/my/{other.ref}/hand-over/").status_code == 302


def test_a_head_names_somebody_who_has_applied_and_the_giver_may_take_it_back(forum: Forum, officer: Account) -> None:
    """Also where the substitute is the older application: both are locked in one order."""
    older = make_registration(forum)
    member = make_registration(forum, state=S.CONFIRMED)
    named = [name_substitute(member, substitute=older, reason="болен", by=officer) for _press in range(2)]
    assert named[0] == named[1]
    other = make_registration(forum)
    with pytest.raises(DomainError, match=r"hand_over\.open"):
        name_substitute(member, substitute=other, reason="болен", by=officer)
    assert take_back(member, by=None)
    assert states(named[0]) == (S.CONFIRMED, S.SUBMITTED, HandOverEnd.TAKEN_BACK)
    with pytest.raises(DomainError, match=r"hand_over\.named_before"):
        name_substitute(member, substitute=older, reason="болен", by=officer)
    name_substitute(member, substitute=other, reason="болен", by=officer)
    approve(other, by=officer)
    member.refresh_from_db()
    assert member.state == S.REPLACED


def test_a_substitute_with_a_place_of_their_own_leaves_the_givers_where_it_is(forum: Forum, officer: Account) -> None:
    """Offered from the line, or approved in another category: the giver hears of it and may name somebody else."""
    member = make_registration(forum, state=S.CONFIRMED)
    named = name_substitute(member, substitute=make_registration(forum), reason="болен", by=officer)
    other = make_category(forum, code="media", places=5)
    Registration.objects.filter(pk=named.substitute_id).update(category=other)
    approve(Registration.objects.get(pk=named.substitute_id), by=officer)
    assert states(named) == (S.CONFIRMED, S.APPROVED, HandOverEnd.DECLINED)
    assert reasons(member.ref) == ["registration.hand_over_kept"]
