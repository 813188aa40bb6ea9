"""Half-open periods: back to back is legal, one minute of overlap is not."""

from datetime import UTC, datetime, timedelta

import pytest

from agenda.engine.clashes import Clash, Use, clashes

HALL = ("hall", "tom/coal")
NINE = datetime(2027, 5, 20, 9, tzinfo=UTC)


def use(session: str, start: int, end: int, what: tuple[str, str] = HALL) -> Use:
    """Minutes after nine."""
    return Use(what=what, session=session, starts=NINE + timedelta(minutes=start), ends=NINE + timedelta(minutes=end))


@pytest.mark.parametrize(
    ("uses", "pairs"),
    [
        pytest.param([use("a", 0, 60), use("b", 60, 90)], [], id="back to back"),
        pytest.param([use("a", 0, 60), use("b", 59, 90)], [("a", "b")], id="one minute"),
        pytest.param([use("a", 0, 90), use("b", 30, 60)], [("a", "b")], id="inside"),
        pytest.param([use("b", 0, 60), use("a", 0, 60)], [("a", "b")], id="same time"),
        pytest.param([use("a", 0, 60), use("b", 0, 60, ("hall", "tom/metal"))], [], id="other hall"),
        pytest.param([use("a", 0, 60), use("a", 0, 60)], [], id="same session twice"),
        pytest.param(
            [use("a", 0, 60), use("b", 30, 90), use("c", 50, 70)], [("a", "b"), ("a", "c"), ("b", "c")], id="three"
        ),
    ],
)
def test_clashing_pairs(uses: list[Use], pairs: list[tuple[str, str]]) -> None:
    """Every pair once, earliest overlap first."""
    assert [clash.sessions for clash in clashes(uses)] == pairs


def test_clash_names_the_overlap() -> None:
    """So that the editor sees how much has to move."""
    assert clashes([use("a", 0, 60), use("b", 45, 90)]) == [
        Clash(what=HALL, sessions=("a", "b"), starts=NINE + timedelta(minutes=45), ends=NINE + timedelta(minutes=60))
    ]
