"""Two people publish, or move, at the same moment: a hall is never given to two sessions of one release."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection

from agenda.actions.moving import move_session
from agenda.actions.releases import publish_release
from agenda.engine.clashes import Use, clashes
from agenda.models import HallUse, Release
from forum.errors import DomainError
from forum.models import Forum
from tests.factories.agenda import make_hall, make_session
from tests.factories.forum import make_forum

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run `works` in threads that start together; their results, or the errors they raised."""
    barrier, results = Barrier(len(works)), [None] * len(works)

    def run(index: int, work: Callable[[], Any]) -> None:
        barrier.wait(timeout=10)
        try:
            results[index] = work()
        except (DomainError, DatabaseError) as error:
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def overlaps_of(release: Release) -> list[Any]:
    """Pairs that share a hall in a release; must always be empty."""
    uses = release.hall_uses.select_related("session")
    return clashes(
        Use(what=("hall", str(use.hall_id)), session=use.session.slug, starts=use.period.lower, ends=use.period.upper)
        for use in uses
    )


def test_publishing_twice_at_once_makes_one_release() -> None:
    """The second waits for the first and finds nothing left to publish."""
    forum = make_forum()
    for _ in range(5):
        make_session(forum)
    results = at_once(*[lambda: publish_release(forum, by=None)] * 3)
    assert {result.number for result in results} == {1}
    assert Release.objects.count() == 1
    assert HallUse.objects.count() == 5


def test_database_refuses_the_second_use_of_a_hall() -> None:
    """Without our lock the constraint alone lets exactly one of two overlapping uses in."""
    forum = make_forum()
    hall = make_hall(forum)
    one, two = make_session(forum, hall=hall), make_session(forum, starts="10:30", ends="11:30")
    release = Release.objects.create(forum=forum, number=1, snapshot={})

    def occupy(session: Any) -> HallUse:
        return HallUse.objects.create(release=release, session=session, hall=hall, period=session.period)

    results = at_once(lambda: occupy(one), lambda: occupy(two))
    assert sum(isinstance(result, IntegrityError) for result in results) == 1
    assert overlaps_of(release) == []
    assert release.hall_uses.count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_moving_into_a_taken_hall_while_publishing(attempt: int) -> None:
    """Either the release comes first, without the move, or the move comes first and the release is refused."""
    forum = make_forum()
    hall = make_hall(forum)
    make_session(forum, hall=hall)
    moved = make_session(forum, starts="10:30", ends="11:30")
    starts, ends, was = moved.period.lower, moved.period.upper, moved.hall

    def move() -> Any:
        return move_session(moved, version=1, hall=hall, starts=starts, ends=ends, by=None)

    published, _moved = at_once(lambda: publish_release(forum, by=None), move)
    if isinstance(published, DomainError):
        assert published.code == "release.clash"
        assert not Release.objects.exists()
    else:
        assert published.hall_uses.get(session=moved).hall == was
        assert overlaps_of(published) == []
    with pytest.raises(DomainError, match=r"release\.clash"):
        publish_release(forum, by=None)


def test_two_moves_of_one_version_at_once() -> None:
    """One editor wins, the other is told."""
    forum: Forum = make_forum()
    session, halls = make_session(forum), [make_hall(forum), make_hall(forum)]
    starts, ends = session.period.lower, session.period.upper

    def move_to(hall: Any) -> Any:
        return move_session(session, version=1, hall=hall, starts=starts, ends=ends, by=None)

    results = at_once(*[lambda hall=hall: move_to(hall) for hall in halls])
    refused = [result for result in results if isinstance(result, DomainError)]
    assert [error.code for error in refused] == ["session.stale"]
    session.refresh_from_db()
    assert session.version == 2
