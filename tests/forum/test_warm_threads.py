"""The threads that answer requests: the warm one first, none lost, all in order."""

from concurrent.futures import CancelledError, Future, wait
from threading import Barrier, Event, current_thread, get_ident

import pytest

from forum.warm_threads import WarmThreads
from tests.workers import wait_until

PATIENCE = 10


def finished(future: "Future[object]") -> object:
    return future.result(PATIENCE)


def rested(threads: WarmThreads, *, count: int) -> None:
    """Until so many threads rest: an answer is there a moment before its thread lies down."""
    wait_until(lambda: len(threads._idle) == count, seconds=PATIENCE)


def test_one_after_the_other_is_done_by_one_thread() -> None:
    threads, done_by = WarmThreads(8), set[object]()
    for _ in range(20):
        done_by.add(finished(threads.submit(get_ident)))
        rested(threads, count=1)
    assert len(done_by) == 1
    threads.shutdown()


def test_who_worked_last_works_next() -> None:
    threads, all_in, gates = WarmThreads(3), Barrier(4), [Event() for _ in range(3)]

    def hold(gate: Event) -> int:
        all_in.wait(PATIENCE)
        gate.wait(PATIENCE)
        return get_ident()

    held = [threads.submit(hold, gate) for gate in gates]
    all_in.wait(PATIENCE)
    for count, at in enumerate((1, 0, 2), start=1):
        gates[at].set()
        last = finished(held[at])
        rested(threads, count=count)
    assert finished(threads.submit(get_ident)) == last
    threads.shutdown()


def test_what_is_too_much_waits_in_order_and_no_thread_is_added() -> None:
    threads, gate, order = WarmThreads(1), Event(), list[int]()
    first = threads.submit(gate.wait, PATIENCE)
    later = [threads.submit(order.append, number) for number in range(5)]
    assert not wait([*later], timeout=0.05).done
    gate.set()
    assert finished(first) and wait(later, timeout=PATIENCE).not_done == set()
    assert order == [0, 1, 2, 3, 4]
    threads.shutdown()


def test_as_many_as_allowed_work_at_once() -> None:
    threads, together = WarmThreads(4), Barrier(4)
    assert len({finished(f) for f in [threads.submit(together.wait, PATIENCE) for _ in range(4)]}) == 4
    threads.shutdown()


def test_a_fault_belongs_to_its_caller_and_the_thread_goes_on() -> None:
    threads = WarmThreads(1)
    with pytest.raises(ZeroDivisionError):
        finished(threads.submit(lambda: 1 / 0))
    with pytest.raises(SystemExit):
        finished(threads.submit(exit))
    assert finished(threads.submit(int, "7")) == 7
    threads.shutdown()


def test_what_was_given_up_is_not_begun() -> None:
    threads, gate, begun = WarmThreads(1), Event(), list[int]()
    first = threads.submit(gate.wait, PATIENCE)
    given_up = threads.submit(begun.append, 1)
    assert given_up.cancel()
    gate.set()
    assert finished(first) and finished(threads.submit(int)) == 0
    with pytest.raises(CancelledError):
        given_up.result(PATIENCE)
    assert begun == []
    threads.shutdown()


def test_after_closing_what_came_before_is_done_and_all_threads_end() -> None:
    threads, gate = WarmThreads(2), Event()
    resting = finished(threads.submit(current_thread))
    busy = threads.submit(lambda: (gate.wait(PATIENCE), current_thread())[1])
    other = threads.submit(lambda: (gate.wait(PATIENCE), current_thread())[1])
    waiting = threads.submit(int, "7")
    threads.shutdown(wait=False)
    with pytest.raises(RuntimeError):
        threads.submit(int)
    gate.set()
    assert finished(waiting) == 7
    for thread in (resting, finished(busy), finished(other)):
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_closing_ends_threads_that_rest() -> None:
    threads = WarmThreads(2)
    thread = finished(threads.submit(current_thread))
    threads.shutdown()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_closing_may_give_up_what_waits() -> None:
    threads, gate = WarmThreads(1), Event()
    first = threads.submit(gate.wait, PATIENCE)
    waiting = threads.submit(int)
    threads.shutdown(wait=False, cancel_futures=True)
    assert waiting.cancelled()
    gate.set()
    assert finished(first)
