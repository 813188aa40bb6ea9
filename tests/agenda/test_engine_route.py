"""The run of a visit: free hours between two busy windows."""

from datetime import UTC, datetime

from agenda.engine.route import FREE, PAUSE, Step, busy_windows, with_gaps
from agenda.engine.texts import NOTHING


def step(kind: str, start: tuple[int, int], end: tuple[int, int]) -> Step:
    """A leg on one day."""
    moments = (datetime(2027, 5, 21, *clock, tzinfo=UTC) for clock in (start, end))
    return Step(kind=kind, title=NOTHING, starts=next(moments), ends=next(moments))


SOUTHERN = [
    step("transfer_excursion", (6, 30), (10, 0)),
    step("gate_control", (10, 10), (10, 30)),
    step("tour", (10, 30), (12, 45)),
    step("lunch", (12, 45), (13, 40)),
    step("transfer", (16, 45), (20, 15)),
]


def test_long_gap_is_free_time_and_short_gap_is_a_pause() -> None:
    """Ten minutes before the gate are a pause; three hours are the forum's southern hall."""
    steps = with_gaps(SOUTHERN)
    assert [s.kind for s in steps[:3]] == ["transfer_excursion", PAUSE, "gate_control"]
    assert [s.kind for s in steps[3:]] == ["tour", "lunch", FREE, "transfer"]
    assert [(s.kind, s.minutes) for s in steps if not s.title and s.kind in (FREE, PAUSE)] == [(PAUSE, 10), (FREE, 185)]


def test_steps_add_up_to_the_whole_way() -> None:
    """06:30 to 20:15 are 13 hours and 45 minutes."""
    assert sum(s.minutes for s in with_gaps(SOUTHERN)) == 13 * 60 + 45


def test_southern_route_has_two_busy_windows() -> None:
    """06:30–13:40 and 16:45–20:15, as the client's data say."""
    windows = [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in busy_windows(SOUTHERN)]
    assert windows == [("06:30", "13:40"), ("16:45", "20:15")]


def test_short_visit_has_one_window() -> None:
    """From the first bus to the last."""
    assert len(busy_windows(SOUTHERN[:4])) == 1
