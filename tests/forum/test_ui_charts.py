"""Geometry of the pictures: pure numbers in, places out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.charts import (
    Leg,
    LevelRange,
    RegionCount,
    bar_chart,
    fill_share,
    level_of,
    level_ranges,
    nice_top,
    ring_arc,
    route_strip,
    tile_map,
)


def region(code: str, x: int, y: int, count: int, role: str = "guest") -> RegionCount:
    return RegionCount(code, code, x, y, count, role)


def test_levels_are_equal_steps_up_to_the_largest_count() -> None:
    assert level_ranges([0, 3, 25]) == [
        LevelRange(1, 1, 7),
        LevelRange(2, 8, 14),
        LevelRange(3, 15, 21),
        LevelRange(4, 22, 25),
    ]


def test_levels_are_absent_when_nobody_is_there() -> None:
    assert level_ranges([0, 0]) == []


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30))
def test_every_count_falls_into_its_range(counts: list[int]) -> None:
    legend = level_ranges(counts)
    for count in counts:
        level = level_of(count, legend=legend)
        assert (level == 0) == (count == 0)
        assert all(step.low <= count <= step.high for step in legend if step.level == level)


def test_host_region_is_left_out_of_the_steps() -> None:
    drawn = tile_map([region("UZ", 0, 0, 4), region("RU-KEM", 1, 0, 900, "host")])
    assert [(step.low, step.high) for step in drawn.legend] == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_tile_map_is_cut_to_its_tiles() -> None:
    drawn = tile_map([region("A", 3, 2, 1), region("B", 4, 4, 1)])
    assert (drawn.width, drawn.height) == (208, 316)
    assert [(tile.left, tile.top) for tile in drawn.tiles] == [(0, 0), (108, 216)]


def test_tile_map_of_nothing_is_empty() -> None:
    assert tile_map([]).tiles == []


@pytest.mark.parametrize(
    ("largest", "top", "step"),
    [(0, 1, 1), (3, 3, 1), (61, 80, 20), (100, 100, 25), (9000, 10000, 5000), (30000, 30000, 7500)],
)
def test_scale_ends_on_a_round_number(largest: int, top: int, step: int) -> None:
    assert nice_top(largest) == (top, step)


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=96))
def test_bars_stay_inside_the_picture(values: list[int]) -> None:
    chart = bar_chart([(str(index), value) for index, value in enumerate(values)])
    assert chart.total == sum(values)
    for bar in chart.bars:
        assert 0 <= bar.left <= bar.left + bar.width <= 100.001
        assert 0 <= bar.top <= chart.plot
        assert bar.top + bar.height == pytest.approx(chart.plot, abs=0.11)


def test_bar_of_now_is_marked_and_hours_are_labelled() -> None:
    chart = bar_chart([("08:00", 1), ("08:15", 2), ("08:30", 3)], marked="08:15", every=2)
    assert [bar.marked for bar in chart.bars] == [False, True, False]
    assert [bar.labelled for bar in chart.bars] == [True, False, True]


def test_chart_without_points_is_empty() -> None:
    assert bar_chart([]).bars == []


def test_route_is_as_wide_as_it_is_long() -> None:
    bus, tour = route_strip([Leg("transfer", "Bus", 30), Leg("tour", "Tour", 90)])
    assert (bus.left, bus.width) == (0.0, 25.0)
    assert (tour.left, tour.width) == (25.0, 75.0)


def test_route_without_minutes_takes_no_room() -> None:
    assert [segment.width for segment in route_strip([Leg("tour", "Tour", 0)])] == [0.0]


@pytest.mark.parametrize(("taken", "places", "share"), [(0, 20, 0.0), (5, 20, 25.0), (25, 20, 100.0), (0, 0, 100.0)])
def test_fill_never_leaves_its_edges(taken: int, places: int, share: float) -> None:
    assert fill_share(taken, places=places) == share


def test_ring_is_empty_at_zero_and_open_at_a_hundred() -> None:
    assert ring_arc(0, radius=42, centre=50) == ""
    assert ring_arc(25, radius=42, centre=50) == "M50 8A42 42 0 0 1 92.000 50.000"
    assert ring_arc(100, radius=42, centre=50).startswith("M50 8A42 42 0 1 1 ")
