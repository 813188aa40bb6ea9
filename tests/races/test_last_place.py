"""The last place, asked for at one moment on every way there is (complaint CAP-1), and more people than places."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from forum.actions.jobs import run as run_job
from forum.enums import Role
from forum.models import Account, Forum
from registration.actions.applications import submit
from registration.actions.imports import receive, start_import
from registration.actions.line import serve_line
from registration.actions.pools import miscounted
from registration.actions.quotas import Terms, set_quota
from registration.actions.review import approve, put_in_line
from registration.enums import ClaimState
from registration.enums import RegistrationState as S
from registration.models import Category, Claim, Pool, Quota, Registration
from registration.sessions import KEY, _mark
from tests.api import Program, program
from tests.factories.forum import make_staff
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_person,
    make_quota,
    make_registration,
)
from tests.races.at_once import at_once, refusals
from tests.registration.api.test_applications import body
from tests.registration.lists import HEADS, as_text, many
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
OF_EACH = 10
TAKEN = [ClaimState.HELD, ClaimState.OFFERED]


def browser_of(draft: Registration) -> Client:
    """A browser that has filled the form in and has the last button before it."""
    client = Client()
    session = client.session
    session[KEY] = {draft.ref: _mark(draft.person.email)}
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def send(draft: Registration) -> Callable[[], Any]:
    client = browser_of(draft)
    return lambda: client.post(f"/ru/apply/{draft.ref}/check/")


def drafts(category: Category, number: int) -> list[Registration]:
    forum = category.forum
    return [
        make_registration(forum, state=S.DRAFT, category=category, person=make_person(forum)) for _ in range(number)
    ]


def listed(category: Category, by: Account) -> list[Registration]:
    """People of a spreadsheet who have read the consent on their own page and agreed."""
    content = as_text([HEADS, *many(OF_EACH)])
    run = receive(forum=category.forum, name="list.csv", content=content, category=category, language="ru", by=by)
    run_job(job_id=start_import(run, by=by).pk)
    people = list(Registration.objects.filter(imported__isnull=False).select_related("person"))
    for draft in people:
        client = browser_of(draft)
        form = client.get(f"/ru/apply/{draft.ref}/agree/").context["form"]
        assert client.post(f"/ru/apply/{draft.ref}/agree/", {"agree": "on", "version": form["version"].value()}).url
    return people


def wait(registration: Registration, by: Account) -> str:
    """Joins the waiting list, which is served at once."""
    put_in_line(registration, by=by)
    serve_line(pool_id=registration.category.pool_id)
    return "in line"


def enter(api: Program, forum: Forum, category: Category, number: int) -> Callable[[], Any]:
    given = body(forum, category=category.code, person={"email": f"paper{number}@example.org"})
    return lambda: api.post("applications", given)


def test_last_place_goes_to_one_of_fifty_who_come_on_every_way(forum: Forum, officer: Account) -> None:
    make_consent_document(forum)
    make_delegation(forum)
    category = make_category(forum, code="online", places=1, needs_approval=False)
    own, prepared = drafts(category, OF_EACH), listed(category, officer)
    reviewed, waiting = ([make_registration(forum, category=category) for _ in range(OF_EACH)] for _ in range(2))
    desks = [sign_in(Client(), make_staff(forum, Role.ACCREDITATION_OFFICER)) for _ in range(OF_EACH)]
    api = [program(forum, Role.ACCREDITATION_OFFICER) for _ in range(OF_EACH)]
    calls = [send(draft) for draft in (*own, *prepared)]
    calls += [enter(each, forum, category, number) for number, each in enumerate(api)]
    calls += [partial(wait, registration, officer) for registration in waiting]
    calls += [partial(desk.post, f"/team/people/{r.ref}/approve/") for desk, r in zip(desks, reviewed, strict=True)]
    answers = at_once(calls)
    assert refusals(answers) == []
    statuses = [getattr(answer, "status_code", None) for answer in answers]
    assert statuses[: 2 * OF_EACH] == [302] * 2 * OF_EACH, "whoever sends an application has it sent"
    assert statuses[2 * OF_EACH : 3 * OF_EACH] == [201] * OF_EACH
    by_officers = Counter(statuses[4 * OF_EACH :])
    assert set(by_officers) <= {302, 409}
    assert all("мест" in a.content.decode() for a in answers[4 * OF_EACH :] if a.status_code == 409)
    assert Claim.objects.filter(state__in=TAKEN).count() == 1
    assert (Pool.objects.get(pk=category.pool_id).taken, miscounted()) == (1, [])
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states[S.APPROVED] <= 1
    assert states[S.SUBMITTED] == OF_EACH - by_officers[302]
    assert states[S.APPROVED] + states[S.WAITLISTED] == 4 * OF_EACH + by_officers[302]
    assert not Registration.objects.filter(organisation="").exists(), "what was typed is kept"


@pytest.mark.parametrize("places", [20, pytest.param(100, marks=pytest.mark.long)])
def test_three_times_as_many_at_once_as_there_are_places(forum: Forum, places: int) -> None:
    category = make_category(forum, code="online", places=places, needs_approval=False)
    sends = [partial(submit, draft) for draft in drafts(category, 3 * places)]
    answers = [answer for first in range(0, 3 * places, 50) for answer in at_once(sends[first : first + 50])]
    assert refusals(answers) == []
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states == {S.APPROVED: places, S.WAITLISTED: 2 * places}
    assert Claim.objects.filter(state=ClaimState.HELD).count() == Pool.objects.get(pk=category.pool_id).taken == places


def test_last_place_of_a_quota_and_of_the_category_go_to_two_of_twenty(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=2)
    quota = make_quota(category, places=1)
    applications = [make_registration(forum, category=category) for _ in range(20)]
    results = at_once([partial(approve, r, by=officer) for r in applications])
    assert refusals(results) == ["places.full"] * 18
    assert [Pool.objects.get(pk=pk).taken for pk in (category.pool_id, quota.pool_id)] == [1, 1]
    assert Claim.objects.filter(state=ClaimState.HELD).count() == 2


def test_two_officers_make_one_quota_and_no_place_is_carved_twice(forum: Forum, officer: Account) -> None:
    category, group = make_category(forum, places=5), make_delegation(forum)
    other = make_delegation(forum, "UZ")
    ask = partial(set_quota, by=officer, terms=Terms(places=3))
    fresh = [Category.objects.select_related("pool", "forum").get(pk=category.pk) for _ in range(8)]
    results = at_once([partial(ask, c, group=other if n % 2 else group) for n, c in enumerate(fresh)])
    assert Counter(refusals(results)) == {"quota.stale": 3, "places.none_free": 4}
    assert Quota.objects.count() == 1
    assert Pool.objects.get(pk=category.pool_id).places == 2


def test_a_quota_is_changed_while_its_people_come_and_go(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=12)
    people = [make_registration(forum, category=category) for _ in range(12)]
    quota = make_quota(category, places=4)

    def resize(places: int) -> None:
        known = Quota.objects.select_related("category__pool", "category__forum", "delegation").get(pk=quota.pk)
        terms = Terms(places=places, version=known.version)
        set_quota(known.category, group=known.delegation, terms=terms, by=officer)

    calls: list[Callable[[], Any]] = [partial(approve, r, by=officer) for r in people]
    results = at_once([*calls, *[partial(resize, places) for places in (8, 2, 6)]])
    assert set(refusals(results)) <= {"quota.stale", "places.none_free", "places.full"}
    for registration in Registration.objects.filter(state=S.SUBMITTED):
        approve(registration, by=officer)  # looked here and there while the place was on its way
    assert Claim.objects.filter(state=ClaimState.HELD).count() == 12
    pools = [Pool.objects.get(pk=pk) for pk in (category.pool_id, quota.pool_id)]
    assert sum(p.places for p in pools) + pools[1].excess == 12
    assert (sum(p.taken for p in pools), miscounted()) == (12, [])
