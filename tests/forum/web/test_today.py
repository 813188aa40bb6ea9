"""The Today page: panels of all rooms, of which only the changed ones are sent again."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils.timezone import now

from forum.enums import JobState, MessageState
from forum.models import Account, Forum, Message
from forum.registry import Panel, panels
from forum.web.board import Part, board
from tests.factories.jobs import counting_kind, make_job
from tests.factories.messages import make_message

BOARD = "/team/board/"


@pytest.fixture
def ticking() -> Iterator[dict[str, int]]:
    """A panel of another room that shows a number."""
    shown = {"value": 1, "label": "ticks"}
    panels.add("ticking", Panel("ticking", "forum/components/stat.html", 900, "forum.view_figures", lambda r, f: shown))
    yield shown
    del panels._entries["ticking"]


def seen_by(page: str) -> list[str]:
    """What the page tells the server it shows."""
    found = re.search(r'id="board-poll" hx-get="/team/board/\?([^"]*)"', page)
    assert found is not None
    return [part.partition("=")[2].replace("%3A", ":") for part in found[1].split("&amp;")]


def poll(client: Client, seen: list[str]) -> Any:
    return client.get(BOARD, {"seen": seen}, headers={"HX-Request": "true"})


def test_nothing_changed_means_204_and_the_same_mark(organiser_client: Client, ticking: dict[str, int]) -> None:
    seen = seen_by(organiser_client.get("/team/").content.decode())
    first, second = poll(organiser_client, seen), poll(organiser_client, seen)
    assert (first.status_code, first.content) == (204, b"")
    assert first["ETag"] == second["ETag"]
    assert first["Cache-Control"] == "private, no-store"


def test_only_the_changed_part_is_sent_and_the_poll_learns_of_it(
    organiser_client: Client, ticking: dict[str, int]
) -> None:
    seen = seen_by(organiser_client.get("/team/").content.decode())
    ticking["value"] = 2
    answer = poll(organiser_client, seen)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r'id="board-(\w+)" hx-swap-oob', text) == ["ticking"]
    assert "<dd>2</dd>" in text
    assert poll(organiser_client, seen_by(text)).status_code == 204


def test_token_in_a_form_does_not_count_as_a_change(organiser: Account, forum: Forum) -> None:
    panels.add("form", Panel("form", "forum/components/language_switch.html", 900, "forum.view_today", lambda r, f: {}))
    try:
        first, second = (_form_part(organiser, forum) for _ in range(2))
    finally:
        del panels._entries["form"]
    assert 'name="csrfmiddlewaretoken"' in first.html
    assert first.html != second.html
    assert first.mark == second.mark


def _form_part(organiser: Account, forum: Forum) -> Part:
    request = RequestFactory().get("/team/")
    request.user = organiser
    return next(part for part in board(request, forum=forum) if part.name == "form")


def test_panels_are_those_one_may_see(
    viewer_client: Client, organiser_client: Client, organiser: Account, forum: Forum
) -> None:
    make_message(forum, state=MessageState.FAILED)
    assert 'id="board-alarms"' in organiser_client.get("/team/").content.decode()
    assert 'id="board-alarms"' not in viewer_client.get("/team/").content.decode()


def test_broken_panel_leaves_the_others_alone(organiser_client: Client, ticking: dict[str, int], caplog) -> None:
    panels.add("broken", Panel("broken", "forum/components/stat.html", 901, "forum.view_today", lambda r, f: 1 / 0))
    try:
        text = organiser_client.get("/team/").content.decode()
    finally:
        del panels._entries["broken"]
    assert "<dd>1</dd>" in text
    assert 'class="alert no"' in text
    assert "panel broken cannot be drawn" in caplog.text


def test_page_reloads_by_a_link_without_script(organiser_client: Client) -> None:
    assert 'href="/team/"' in organiser_client.get("/team/").content.decode()


def test_alarms_name_what_needs_a_person(organiser_client: Client, organiser: Account, forum: Forum) -> None:
    make_message(forum, due_at=now() - timedelta(minutes=5))
    for _ in range(2):
        make_message(forum, state=MessageState.FAILED)
    make_message(forum, state=MessageState.UNKNOWN)
    with counting_kind():
        make_job(forum, organiser, state=JobState.FAILED, finished_at=now())
    organiser_client.post("/language/", {"language": "en"})
    text = organiser_client.get("/team/").content.decode()
    for sentence in ("1 letter does not leave", "2 letters were refused", "1 letter may or may not have arrived",
                     "1 long operation broke off"):  # fmt: skip
        assert sentence in text


def test_no_alarm_while_all_is_well(organiser_client: Client, forum: Forum) -> None:
    make_message(forum)
    make_message(forum, state=MessageState.SENT)
    assert 'id="alarms"' not in organiser_client.get("/team/").content.decode()


def test_old_failures_are_history(organiser_client: Client, forum: Forum) -> None:
    message = make_message(forum, state=MessageState.FAILED)
    Message.objects.filter(pk=message.pk).update(created_at=now() - timedelta(days=8))
    assert 'id="alarms"' not in organiser_client.get("/team/").content.decode()
