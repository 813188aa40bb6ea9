"""A place is never sold twice, whatever comes together."""

from functools import partial

import pytest

from forum.models import Account, Forum, Message
from registration.actions.applications import submit, withdraw
from registration.actions.line import serve_line
from registration.actions.review import approve, put_in_line
from registration.enums import ClaimState, RegistrationState
from registration.models import Pool, Registration
from tests.factories.registration import make_category, make_consent_document, make_person, make_registration
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
S = RegistrationState


def fresh(registration: Registration) -> Registration:
    return Registration.objects.get(pk=registration.pk)


def test_last_place_goes_to_exactly_one_of_twenty(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=1)
    applications = [make_registration(forum, category=category) for _ in range(20)]
    results = at_once([partial(approve, fresh(a), by=officer) for a in applications])
    assert refusals(results) == ["places.full"] * 19
    assert Registration.objects.filter(state=S.APPROVED).count() == 1
    assert Pool.objects.get(pk=category.pool_id).taken == 1
    assert category.pool.claims.filter(state=ClaimState.HELD).count() == 1


def test_approving_twice_at_once_takes_one_place_and_writes_one_message(forum: Forum, officer: Account) -> None:
    application = make_registration(forum)
    results = at_once([partial(approve, fresh(application), by=officer) for _ in range(8)])
    assert refusals(results) == []
    assert Pool.objects.get(pk=application.category.pool_id).taken == 1
    assert application.moves.filter(to=S.APPROVED).count() == 1
    assert Message.objects.filter(reason="registration.approved").count() == 1


def test_sending_twice_at_once_sends_once(forum: Forum) -> None:
    make_consent_document(forum)
    draft = make_registration(forum, state=S.DRAFT, person=make_person(forum, email="one@example.org"))
    results = at_once([partial(submit, fresh(draft)) for _ in range(8)])
    assert refusals(results) == []
    assert draft.moves.count() == 1
    assert Message.objects.filter(reason="registration.received").count() == 1
    assert Account.objects.filter(email="one@example.org").count() == 1


def test_withdrawing_twice_at_once_frees_one_place(forum: Forum) -> None:
    category = make_category(forum, places=3)
    comers = [make_registration(forum, category=category, state=S.APPROVED) for _ in range(3)]
    at_once([partial(withdraw, fresh(comers[0])) for _ in range(6)])
    assert Pool.objects.get(pk=category.pool_id).taken == 2


def test_line_is_served_once_when_many_serve_it(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=2)
    for _ in range(2):
        make_registration(forum, category=category, state=S.APPROVED)
    waiting = [make_registration(forum, category=category) for _ in range(4)]
    for application in waiting:
        put_in_line(application, by=officer)
    withdraw(Registration.objects.filter(state=S.APPROVED).first())
    served = at_once([partial(serve_line, pool_id=category.pool_id) for _ in range(6)])
    assert sum(n for n in served if isinstance(n, int)) == 1
    claims = category.pool.claims.exclude(state=ClaimState.RELEASED).filter(person__in=[w.person for w in waiting])
    assert [claim.state for claim in claims.order_by("pk")] == [ClaimState.OFFERED, *[ClaimState.WAITING] * 3]
    assert Pool.objects.get(pk=category.pool_id).taken == 2


def test_newcomer_and_line_never_share_a_freed_place(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=1)
    holder = make_registration(forum, category=category, state=S.CONFIRMED)
    put_in_line(make_registration(forum, category=category), by=officer)
    newcomer = make_registration(forum, category=category)
    at_once(
        [
            partial(withdraw, fresh(holder)),
            partial(approve, fresh(newcomer), by=officer),
            partial(serve_line, pool_id=category.pool_id),
        ]
    )
    serve_line(pool_id=category.pool_id)
    assert category.pool.claims.filter(state__in=[ClaimState.HELD, ClaimState.OFFERED]).count() == 1
    assert Pool.objects.get(pk=category.pool_id).taken == 1
