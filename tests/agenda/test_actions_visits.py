"""Runs of plant visits."""

from typing import Any

import pytest

from agenda.actions.visits import Leg
from agenda.enums import LegKind
from agenda.models import VisitSlot
from forum.errors import DomainError
from forum.models import Forum
from registration.models import Pool
from tests.factories.agenda import at, make_programme, make_slot


def leg(forum: Forum, starts: str, ends: str) -> Leg:
    """A tour."""
    title = {"ru": "Тур", "en": "Tour"}
    return Leg(kind=LegKind.TOUR, title=title, starts=at(forum, starts, day=1), ends=at(forum, ends, day=1))


def test_slot_has_its_pool_and_legs(forum: Forum) -> None:
    """Twenty places, four steps."""
    slot = make_slot(make_programme(forum))
    assert (slot.pool.kind, slot.pool.places, slot.legs.count()) == ("visit", 20, 4)


@pytest.mark.parametrize("clocks", [[], [("09:00", "10:00"), ("09:59", "11:00")], [("10:00", "10:00")]])
def test_legs_follow_one_another(forum: Forum, clocks: list[Any]) -> None:
    """Missing, overlapping and empty legs are refused, and nothing is left behind."""
    programme = make_programme(forum)
    with pytest.raises(DomainError, match=r"visit\.legs"):
        make_slot(programme, legs=[leg(forum, *clock) for clock in clocks])
    assert not VisitSlot.objects.exists()
    assert not Pool.objects.exists()


def test_legs_may_touch(forum: Forum) -> None:
    """Half-open periods."""
    make_slot(make_programme(forum), legs=[leg(forum, "09:00", "10:00"), leg(forum, "10:00", "11:00")])


def test_unknown_drawing_is_refused(forum: Forum) -> None:
    """Here, and not as a broken public page."""
    with pytest.raises(DomainError, match=r"visit\.drawing"):
        make_programme(forum, drawing="castle")
