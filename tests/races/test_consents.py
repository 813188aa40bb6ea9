"""A withdrawn consent and an officer's decision at the same moment: nobody who withdrew keeps a place."""

from functools import partial

import pytest
from django.utils.timezone import localdate

from agenda.actions.bookings import take
from agenda.actions.visitor_lists import note_list
from agenda.queries.bookables import of_slot
from forum.enums import Role
from forum.models import Account, Forum, Message
from registration.actions.consents import give_consent, withdraw_consent
from registration.actions.consents_received import Received, record_signed, record_withdrawal
from registration.actions.paper import Paper
from registration.actions.review import approve
from registration.enums import ClaimState, RegistrationState, WithdrawalWay
from registration.models import Consent, ConsentWithdrawal, HandedOut, Pool, Registration
from registration.queries.consents import matters_of
from tests.factories.agenda import make_delegate, make_programme, make_slot
from tests.factories.forum import make_staff
from tests.factories.registration import make_consent_document, make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_withdrawing_and_approving_at_once_leave_no_place_and_no_letter(forum: Forum, officer: Account) -> None:
    document = make_consent_document(forum)
    applications = [make_registration(forum) for _ in range(4)]
    calls = []
    for application in applications:
        give_consent(application, document=document, language="ru", by=None)
        matter = matters_of(application.person)[0]
        fresh = partial(Registration.objects.get, pk=application.pk)
        calls += [partial(withdraw_consent, fresh(), matter=matter, language="ru", by=None)] * 2
        calls += [partial(approve, fresh(), by=officer)]
    results = at_once(calls)
    assert set(refusals(results)) <= {"registration.move_refused"}
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.CANCELLED}
    assert ConsentWithdrawal.objects.count() == 4
    pool = Pool.objects.get(pk=applications[0].category.pool_id)
    assert (pool.taken, pool.claims.exclude(state=ClaimState.RELEASED).count()) == (0, 0)
    assert set(Message.objects.values_list("reason", flat=True)) == {"registration.consent_withdrawn"}


def test_a_list_and_a_withdrawal_at_once_leave_nobody_who_is_not_told(forum: Forum, officer: Account) -> None:
    """Whoever takes the consent back while a list is made either stands on no list, or is to be told to the plant."""
    slot = make_slot(make_programme(forum))
    place = of_slot(slot, forum=forum)
    document = make_consent_document(forum, purpose="plant_access", receiver=slot.programme.host)
    people = [make_delegate(forum) for _ in range(4)]
    for one in people:
        take(place, registration=one)
        give_consent(one, document=document, language="ru", by=None)
    matters = [next(m for m in matters_of(one.person) if m.document.receiver) for one in people]
    calls = [
        partial(withdraw_consent, one, matter=m, language="ru", by=None) for one, m in zip(people, matters, strict=True)
    ]
    at_once([*calls, *[partial(note_list, place, kind="pdf", people=people, by=officer)] * 2])
    assert not HandedOut.objects.filter(recalled_at=None).exists()
    assert Pool.objects.get(pk=place.pool.pk).taken == 0


def test_two_officers_and_the_person_at_once_withdraw_once(forum: Forum, officer: Account) -> None:
    """Each consent has one withdrawal and one letter, whoever was first; the others are told that nothing was left."""
    document = make_consent_document(forum)
    people = [make_registration(forum, state=RegistrationState.CONFIRMED) for _ in range(3)]
    other, calls = make_staff(forum, Role.PRIVACY_OFFICER), []
    received = Received(way=WithdrawalWay.LETTER, received_on=localdate(), note="n")
    for one in people:
        give_consent(one, document=document, language="ru", by=None)
        matter = matters_of(one.person)[0]
        calls += [partial(record_withdrawal, one, matter=matter, received=received, by=by) for by in (officer, other)]
        calls += [partial(withdraw_consent, one, matter=matter, language="ru", by=None)]
    results = at_once(calls)
    assert sorted(results) == [False] * 6 + [True] * 3
    assert ConsentWithdrawal.objects.count() == Message.objects.count() == 3


def test_two_officers_with_one_paper_record_one_consent(forum: Forum, officer: Account) -> None:
    make_consent_document(forum)
    document = make_consent_document(forum, purpose="publication")
    person, other = make_registration(forum), make_staff(forum, Role.PRIVACY_OFFICER)
    paper = Paper(document=document, language="ru", signed_on=localdate(), witness="Свидетелева Ольга")
    calls = [partial(record_signed, person, paper=paper, by=by) for by in (officer, other, officer, other)]
    assert len(set(at_once(calls))) == Consent.objects.count() == 1
