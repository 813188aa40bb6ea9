"""The board of a day: where every session stands."""

from datetime import UTC, datetime

from agenda.engine.board import Board, board
from agenda.engine.programme import Hall, Item, Region, Track
from agenda.engine.texts import NOTHING, Text

HOST = Region(code="RU-KEM", name=Text("Кузбасс", language="ru"), zone="UTC", is_host=True)
TRACK = Track(code="INT", name=NOTHING, position=1)


def hall(position: int) -> Hall:
    """The n-th hall."""
    return Hall(key=f"tom/{position}", name=NOTHING, venue=NOTHING, city=NOTHING, zone="UTC", mode="onsite",
                position=position, capacity=10, step_free=True)  # fmt: skip


def item(slug: str, place: int, start: float, end: float, *, kind: str = "panel", linked: tuple[int, ...] = ()) -> Item:
    """A session in the n-th hall; hours as numbers."""
    starts, ends = (datetime(2027, 5, 20, int(hour), round(hour % 1 * 60), tzinfo=UTC) for hour in (start, end))
    return Item(slug=slug, title=NOTHING, description=NOTHING, kind=kind, admission="open", places=None, track=TRACK,
                host=HOST, co_hosts=(),
                hall=hall(place), linked=tuple(map(hall, linked)), starts=starts, ends=ends, languages=("ru",),
                interpretation=(), cast=(), searched="")  # fmt: skip


def spots(one: Board) -> dict[str, tuple[int, int, int, int]]:
    """(row, row end, column, column end) by slug, without reflections."""
    return {
        spot.item.slug: (spot.row, spot.row_end, spot.column, spot.column_end)
        for line in one.lines
        for spot in line.placed
        if not spot.is_link
    }


def test_lines_are_the_moments_of_the_day() -> None:
    """Back to back share a line; a gap has a line of its own."""
    one = board([item("a", 1, 9, 10), item("b", 1, 10, 11), item("c", 2, 11.5, 12)])
    assert [(line.at.hour, line.minutes, line.starts_something) for line in one.lines] == [
        (9, 60, True),
        (10, 60, True),
        (11, 30, False),
        (11, 30, True),
        (12, 0, False),
    ]
    assert spots(one) == {"a": (1, 2, 1, 2), "b": (2, 3, 1, 2), "c": (4, 5, 2, 3)}


def test_meal_lies_across_the_columns_that_are_free() -> None:
    """The hall of meals has no column; a press briefing at that time keeps its own."""
    one = board(
        [item("a", 1, 9, 10), item("b", 2, 9, 10), item("press", 3, 12, 13), item("lunch", 9, 12, 13, kind="service")]
    )
    assert [place.position for place in one.halls] == [1, 2, 3]
    assert spots(one)["lunch"] == (3, 4, 1, 3)


def test_meal_with_no_free_column_gets_its_own() -> None:
    """Nothing is drawn over anything."""
    one = board([item("a", 1, 9, 12), item("coffee", 9, 10, 11, kind="service")])
    assert [place.position for place in one.halls] == [1, 9]
    assert spots(one)["coffee"] == (2, 3, 2, 3)


def test_two_meals_at_once_do_not_cover_each_other() -> None:
    """The second one stands in its own column."""
    one = board([item("a", 1, 9, 10), item("reg", 8, 12, 14, kind="service"), item("lunch", 9, 13, 14, kind="service")])
    assert [place.position for place in one.halls] == [1, 9]
    assert spots(one)["reg"][2:] == (1, 2)
    assert spots(one)["lunch"][2:] == (2, 3)


def test_plenary_alone_lies_across_and_with_parallels_does_not() -> None:
    """Only when really nothing is beside it."""
    rest = [item("a", 1, 11, 12), item("b", 2, 11, 12)]
    assert spots(board([item("open", 1, 9, 10, kind="plenary"), *rest]))["open"][2:] == (1, 3)
    assert spots(board([item("open", 1, 11.5, 12.5, kind="plenary"), item("b", 2, 11, 12)]))["open"][2:] == (1, 2)


def test_linked_hall_with_a_column_shows_a_reflection() -> None:
    """One without a column is only named by the session."""
    one = board([item("bridge", 1, 9, 10, kind="telebridge", linked=(2, 7)), item("b", 2, 11, 12)])
    links = [(spot.column, spot.row, spot.row_end) for line in one.lines for spot in line.placed if spot.is_link]
    assert links == [(2, 1, 2)]


def test_day_of_one_meal_is_a_column() -> None:
    """There is nothing to lie across."""
    one = board([item("reg", 8, 9, 10, kind="service")])
    assert [place.position for place in one.halls] == [8]
    assert spots(one) == {"reg": (1, 2, 1, 2)}
