"""Three times as many people as places press the last button at one moment, each with a browser and an address of their own,
before the web server as production runs it: nobody sees an error, and not one place is given twice.
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from itertools import count
from statistics import quantiles
from threading import Barrier

import pytest
from django.utils import translation
from django.utils.translation import gettext

from forum.runtime.bench.apply import Applicant
from registration.actions.pools import miscounted
from registration.enums import ClaimState
from registration.enums import RegistrationState as S
from registration.models import Category, Claim, Pool, Registration
from tests.drills.figures import tell
from tests.drills.people import Guests
from tests.drills.stack import Stack
from tests.factories.registration import make_category, make_consent_document, make_delegation, make_quota

FILLING = 8
"""Browsers that fill their forms in beside each other; only the last button is pressed by all at once."""
PATIENCE = 300.0
"""Seconds: on a machine that others use at the same time, too, slow is no fault; an error is one."""
WAITS = "All places are taken now. When one is free and it is your turn, we offer it to you by a letter."
COMES = "Tell us that you are coming; then we make your badge."
_numbers = count(1)


@dataclass
class Answer:
    """What one of them got: the seconds of the last button, and what the page after it says."""

    seconds: float
    ended: str
    status: int
    page: str

    @property
    def fault(self) -> str:
        """What is wrong with it, or nothing."""
        if self.status == 200 and (said(WAITS) in self.page or said(COMES) in self.page):
            return ""
        return f"{self.status} at {self.ended}: {self.page[:300]}"


def said(text: str) -> str:
    with translation.override("ru"):
        return gettext(text)


def of_category(category: Category, places: int) -> Pool:
    """The places are those of the category."""
    return category.pool


def of_quota(category: Category, places: int) -> Pool:
    """They are kept for one delegation, which gets no more than these."""
    return make_quota(category, delegation="RU-TOM", places=places, overflows=False).pool


def press(applicant: Applicant, base: str, barrier: Barrier) -> Answer:
    """The last button together with everybody else, on a connection of its own, then the page to which it leads."""
    applicant.wire.close()
    barrier.wait(timeout=60)
    began = time.perf_counter()
    try:
        ended = applicant.send(base)
        seconds = time.perf_counter() - began
        status, page = applicant.look(ended)
    except (OSError, ValueError) as error:
        return Answer(time.perf_counter() - began, base, 0, str(error))
    finally:
        applicant.wire.close()
    return Answer(seconds, ended, status, unescape(page))


def come(port: int, category: Category, number: int) -> tuple[list[Answer], float]:
    """So many fill the form in, then all press at once. Gives the answers and the seconds until the last one was there."""
    delegation = str(make_delegation(category.forum).pk)
    crowd = [Applicant(port, next(_numbers), category=category.code, patience=PATIENCE) for _ in range(number)]

    def fill(applicant: Applicant) -> str:
        applicant.read()
        return applicant.fill(delegation)

    with ThreadPoolExecutor(max_workers=FILLING) as pool:
        bases = list(pool.map(fill, crowd))
    barrier = Barrier(number)
    with ThreadPoolExecutor(max_workers=number) as pool:
        began = time.perf_counter()
        answers = list(pool.map(lambda pair: press(*pair, barrier), zip(crowd, bases, strict=True)))
    return answers, time.perf_counter() - began


@pytest.mark.parametrize(
    ("where", "places"),
    [
        (of_category, 10),
        pytest.param(of_category, 100, marks=pytest.mark.long),
        pytest.param(of_quota, 100, marks=pytest.mark.long),
    ],
)
def test_as_many_have_a_place_as_there_are_and_nobody_sees_an_error(
    stack: Stack, guests: Guests, where: Callable[[Category, int], Pool], places: int
) -> None:
    make_consent_document(guests.forum)
    room = places if where is of_category else 2 * places
    category = make_category(
        guests.forum, code=f"crowd-{where.__name__[3:]}-{places}", places=room, needs_approval=False
    )
    pool = where(category, places)
    with stack.web() as port:
        answers, wall = come(port, category, 3 * places)
    times = quantiles([one.seconds for one in answers], n=20)
    tell(f"{3 * places} at once for {places} places {where.__name__.replace('_', ' a ')}, p50", times[9])
    tell("    p95", times[18])
    tell("    all of them", wall)
    assert [one.fault for one in answers if one.fault] == []
    assert Counter(Registration.objects.filter(category=category).values_list("state", flat=True)) == {
        S.APPROVED: places,
        S.WAITLISTED: 2 * places,
    }
    told = Counter(said(COMES) in one.page for one in answers)
    assert told == {True: places, False: 2 * places}, "the page says what is so"
    held = Claim.objects.filter(pool=pool, state=ClaimState.HELD).count()
    assert (held, Pool.objects.get(pk=pool.pk).taken, miscounted()) == (places, places, [])
    guests.settle(seconds=120)
    assert guests.faults() == []
