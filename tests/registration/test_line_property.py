"""Whatever people and organisers do in whatever order: no place is sold twice or lost, the line keeps its order."""

from string import ascii_lowercase

import pytest
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions.applications import withdraw
from registration.actions.corrections import correct_facts
from registration.actions.offers import accept_offer, decline_offer
from registration.actions.pools import miscounted, resize_pool
from registration.actions.quotas import Terms, set_quota
from registration.actions.review import approve, put_in_line
from registration.actions.sweeps import sweep
from registration.enums import ClaimState
from registration.models import Category, Claim, Pool, Quota, Registration
from tests.factories.registration import make_category, make_delegation, make_quota, make_registration

pytestmark = pytest.mark.django_db
PEOPLE = 6
GROUPS = ("RU-TOM", "UZ")
BEYOND = 5
"""A quota of so many places is wanted even where so many are not free."""
REFUSED = {
    "places.full",
    "places.none_free",
    "places.offer_over",
    "places.offer_gone",
    "places.line_closed",
    "registration.move_refused",
}
AUTOMATIC = {"lapse", "release", "sweep"}
"""What nobody asks for: never a place more than there are (complaint CAP-2)."""
ONCE = ["accept", "decline", "move", "total", "close", "open", *sorted(AUTOMATIC)]
ACTS = [*ONCE, *(["approve", "wait", "back", "quota"] * 2)]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, PEOPLE - 1)), min_size=4, max_size=20)
_names = ((f"{a}{b}", f"{a}{b}") for a in ascii_lowercase for b in ascii_lowercase)
"""Every example has a category of its own."""


class World:
    """A category of four places, two of them a quota; six people, every other one under the quota, which is full."""

    def __init__(self, forum: Forum, officer: Account, *, overflows: bool) -> None:
        self.forum, self.officer, self.places = forum, officer, 4
        self.do_open(0)
        code, letter = next(_names)
        category = make_category(forum, code=f"line-{code}", letter=letter, places=self.places)
        self.category, self.quota = category.pk, make_quota(category, places=2, overflows=overflows).pk
        self.root = category.pool_id
        self.people = [make_registration(forum, category=category, delegation=GROUPS[n % 2]).pk for n in range(PEOPLE)]
        for number in (0, 2):
            self.do_approve(number)

    def do(self, act: str, number: int) -> None:
        """One thing; what our rules refuse changes nothing."""
        before = (self.claims(), self.figures())
        try:
            getattr(self, f"do_{act}")(number)
        except DomainError as refusal:
            assert refusal.code in REFUSED, refusal.code
            assert (self.claims(), self.figures()) == before

    def person(self, number: int) -> Registration:
        return Registration.objects.select_related("category__pool", "forum", "person").get(pk=self.people[number])

    def do_approve(self, number: int) -> None:
        approve(self.person(number), by=self.officer)

    def do_wait(self, number: int) -> None:
        put_in_line(self.person(number), by=self.officer)

    def do_back(self, number: int) -> None:
        withdraw(self.person(number))

    def do_accept(self, number: int) -> None:
        accept_offer(self.person(number))

    def do_decline(self, number: int) -> None:
        decline_offer(self.person(number))

    def do_lapse(self, number: int) -> None:
        Claim.objects.filter(state=ClaimState.OFFERED).update(offer_until=now())
        sweep()

    def do_sweep(self, number: int) -> None:
        sweep()

    def do_quota(self, number: int) -> None:
        quota = Quota.objects.select_related("pool", "delegation").get(pk=self.quota)
        terms = Terms(places=number, overflows=quota.pool.overflows, version=quota.version)
        category = Category.objects.select_related("pool", "forum").get(pk=self.category)
        set_quota(
            category,
            group=quota.delegation,
            terms=terms,
            by=self.officer,
            beyond_free=number == BEYOND,
            reason="просьба",
        )

    def do_total(self, number: int) -> None:
        root = Pool.objects.get(pk=self.root)
        resize_pool(root, places=number, forum=self.forum, by=self.officer)
        self.places += number - root.places

    def do_release(self, number: int) -> None:
        parts = Pool.objects.filter(parent=self.root)
        parts.update(release_at=now())
        sweep()
        parts.update(release_at=None)

    def do_move(self, number: int) -> None:
        """An officer corrects the delegation, and the place goes along."""
        registration = self.person(number)
        other = next(code for code in GROUPS if code != registration.delegation.region.code)
        correct_facts(
            registration,
            version=registration.version,
            answers={"delegation": make_delegation(self.forum, other)},
            reason="ошибка",
            by=self.officer,
        )

    def do_close(self, number: int) -> None:
        Forum.objects.update(applications_open=False)

    def do_open(self, number: int) -> None:
        Forum.objects.update(applications_open=True)

    def pools(self) -> list[Pool]:
        return list(Pool.objects.filter(pk=self.root) | Pool.objects.filter(parent=self.root))

    def figures(self) -> list[tuple[int, int, int]]:
        return sorted((pool.pk, pool.taken, pool.places, pool.excess) for pool in self.pools())

    def claims(self) -> list[tuple[int, int, str]]:
        return list(Claim.objects.filter(root=self.root).order_by("pk").values_list("pk", "pool", "state"))

    def taken(self) -> int:
        return sum(pool.taken for pool in self.pools())

    def excess(self) -> int:
        return Pool.objects.get(pk=self.root).excess

    def offered(self) -> set[int]:
        return {claim for claim, _pool, state in self.claims() if state == ClaimState.OFFERED}

    def line(self) -> list[int]:
        return list(Claim.objects.in_line().filter(root=self.root).values_list("pk", flat=True))


@given(steps=STEPS, overflows=st.booleans())
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_places_are_never_sold_twice_nor_lost_and_the_line_keeps_its_order(
    forum: Forum, officer: Account, steps: list[tuple[str, int]], overflows: bool
) -> None:
    world = World(forum, officer, overflows=overflows)
    is_open = True
    for act, number in steps:
        line, offered, taken, excess = world.line(), world.offered(), world.taken(), world.excess()
        world.do(act, number)
        is_open = act == "open" or (is_open and act != "close")
        pools, root = world.pools(), world.root
        assert sum(p.places for p in pools) + sum(p.excess for p in pools if p.pk != root) == world.places
        assert all(p.taken <= p.places + p.excess for p in pools)
        assert miscounted() == []
        kept = [claim for claim in line if claim in world.line()]
        assert kept == world.line()[: len(kept)], "whoever waits longer stands ahead"
        live = Claim.objects.live().filter(root=root)
        assert live.count() == live.values("person").distinct().count(), "nobody stands there twice"
        assert is_open or world.offered() <= offered, "nobody is offered a place after the closing"
        if act in AUTOMATIC:
            assert world.taken() <= max(taken, world.places), "nothing is given beyond the places by itself"
        if act != "total" and (act, number) != ("quota", BEYOND):
            assert world.excess() <= excess, "no place is carved out that is not free"
    world.do("sweep", 0)
    if is_open:
        lines = [(p.left, Claim.objects.all().in_line_of(p).exists()) for p in world.pools()]
        assert not any(left and waits for left, waits in lines), "no place is free while somebody waits for it"
