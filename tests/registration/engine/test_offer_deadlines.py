"""Days to answer while the forum is far, hours when it is near, never a deadline in the night."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from registration.engine.offer_deadlines import offer_deadline

ZONE = ZoneInfo("Asia/Novokuznetsk")
STARTS = datetime(2027, 5, 20, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("made", "until"),
    [
        ("2027-03-01T12:00", "2027-03-04T12:00"),
        ("2027-04-22T00:00", "2027-04-25T10:00"),
        ("2027-05-10T15:30", "2027-05-11T15:30"),
        ("2027-05-17T09:00", "2027-05-17T21:00"),
        ("2027-05-17T14:00", "2027-05-18T10:00"),
        ("2027-05-19T11:00", "2027-05-19T15:00"),
        ("2027-05-19T19:00", "2027-05-20T10:00"),
        ("2027-05-19T02:00", "2027-05-19T10:00"),
    ],
)
def test_the_nearer_the_forum_the_shorter_the_offer(made: str, until: str) -> None:
    at, expected = (datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (made, until))
    assert offer_deadline(at, starts=STARTS) == expected
