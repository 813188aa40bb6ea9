"""Times name their zone, in the reader's language and order."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from forum.templatetags import times

OPENING = datetime(2027, 5, 20, 3, 0, tzinfo=UTC)
END = datetime(2027, 5, 20, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "20 мая 2027, чт, 10:00–11:30 (Кемерово)"),
        ("en", "Thu, 20 May 2027, 10:00–11:30 (Kemerovo)"),
        ("uz", "2027-yil 20-may, Pay, 10:00–11:30 (Kemerovo)"),
        ("be", "20 мая 2027, чц, 10:00–11:30 (Кемерава)"),
    ],
)
def test_period_reads_as_people_of_the_language_write_it(language: str, text: str) -> None:
    with translation.override(language):
        assert times.when_text(OPENING, zone="Asia/Novokuznetsk", end=END) == text


def test_year_is_left_out_when_it_is_this_one() -> None:
    with translation.override("ru"):
        assert times.day_text(date(2027, 5, 20), today=date(2027, 1, 1)) == "20 мая, чт"


def test_same_moment_in_the_partner_region() -> None:
    with translation.override("ru"):
        assert times.when_text(OPENING, zone="Europe/Moscow").endswith("чт, 06:00 (Москва)")


def test_end_on_another_day_gets_its_own_day() -> None:
    night = datetime(2027, 5, 20, 20, 0, tzinfo=UTC)
    with translation.override("en"):
        assert times.when_text(OPENING, zone="Asia/Novokuznetsk", end=night) == (
            "Thu, 20 May 2027, 10:00 – Fri, 21 May 2027, 03:00 (Kemerovo)"
        )


def test_tag_keeps_the_machine_readable_moment() -> None:
    with translation.override("en"):
        html = Template('{% load ui %}{% when moment "Europe/Minsk" %}').render(Context({"moment": OPENING}))
    assert html == '<time datetime="2027-05-20T03:00:00+00:00">Thu, 20 May 2027, 06:00 (Minsk)</time>'


def test_missing_moment_writes_nothing() -> None:
    assert Template("{% load ui %}{% when moment %}{% hour moment %}").render(Context({"moment": None})) == ""


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (75, "1 h 15 min")])
def test_length_of_time_has_no_zeros(minutes: int, text: str) -> None:
    with translation.override("en"):
        assert times.minutes_text(minutes).replace("\N{NO-BREAK SPACE}", " ") == text
