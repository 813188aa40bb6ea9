"""The outbox page: who sees what of which letters, and what an organiser can do about them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from forum.enums import MessageState
from forum.models import Account, AuditEntry, Forum, Message
from forum.queries.messages import counts_by_state, mail_health, masked, messages_visible_to, oldest_waiting, outbox
from forum.web.searched import sealed
from tests.factories.forum import make_forum
from tests.factories.messages import make_message

S = MessageState
URL = "/team/messages/"


def rows(client: Client, query: str = "") -> list[str]:
    """Public ids of the letters shown."""
    return re.findall(r'id="letter-([0-9a-f-]{36})"', client.get(URL + query).content.decode())


def ids(*messages: Message) -> list[str]:
    return [str(message.public_id) for message in messages]


# --- queries ---------------------------------------------------------------------------------------------------------
def test_organiser_sees_letters_of_the_edition_and_about_accounts_but_not_of_other_editions(
    forum: Forum, organiser: Account
) -> None:
    mine, account = make_message(forum), make_message()
    make_message(make_forum(is_current=False))
    assert set(messages_visible_to(organiser)) == {mine, account}


def test_officer_sees_letters_of_the_edition_only(forum: Forum, officer: Account) -> None:
    mine = make_message(forum)
    make_message()
    assert list(messages_visible_to(officer)) == [mine]


def test_filters_narrow_by_state_reason_reference_and_address(forum: Forum, organiser: Account) -> None:
    one = make_message(forum, about=("registration", "ABCD123456"), to="anna@example.org", state=S.SENT)
    two = make_message(forum, reason="account.notice", to="boris@example.org")
    assert list(outbox(organiser, state=S.SENT)) == [one]
    assert list(outbox(organiser, reason="account.notice")) == [two]
    assert list(outbox(organiser, search="abcd123456")) == [one]
    assert list(outbox(organiser, search="BORIS@")) == [two]


def test_address_is_no_key_for_those_who_may_not_read_it(forum: Forum, officer: Account) -> None:
    make_message(forum, to="anna@example.org")
    assert list(outbox(officer, search="anna")) == []


def test_counts_and_age(forum: Forum, organiser: Account) -> None:
    make_message(forum, state=S.SENT)
    old, new = make_message(forum), make_message(forum, state=S.RETRY)
    long_ago = now() - timedelta(hours=3)
    Message.objects.filter(pk=old.pk).update(created_at=long_ago)
    mine = messages_visible_to(organiser)
    assert counts_by_state(mine) == {S.SENT: 1, S.QUEUED: 1, S.RETRY: 1}
    assert oldest_waiting(mine) == long_ago
    Message.objects.filter(pk__in=[old.pk, new.pk]).update(state=S.SENT)
    assert oldest_waiting(mine) is None


def test_letter_is_late_two_minutes_after_its_time_and_after_half_an_hour_of_tries(forum: Forum) -> None:
    make_message(forum, due_at=now() - timedelta(minutes=1))
    late = make_message(forum, due_at=now() - timedelta(minutes=3))
    trying = make_message(forum, state=S.RETRY, due_at=now() + timedelta(hours=1))
    assert mail_health(Message.objects.all()).late == 1
    Message.objects.filter(pk=trying.pk).update(created_at=now() - timedelta(minutes=31))
    assert mail_health(Message.objects.all()).late == 2
    Message.objects.filter(pk=late.pk).update(state=S.SENT)
    assert mail_health(Message.objects.all()).total == 1


@pytest.mark.parametrize(
    ("address", "shown"),
    [("anna@example.org", "a…@e….org"), ("a@b.co.uz", "a…@b….uz"), ("x@localhost", "x…@….localhost")],
)
def test_masked_address_cannot_be_written_to(address: str, shown: str) -> None:
    assert masked(address) == shown


# --- page ------------------------------------------------------------------------------------------------------------
def test_page_lists_letters_newest_first_and_filters_by_address_line(organiser_client: Client, forum: Forum) -> None:
    old, new = make_message(forum, state=S.FAILED), make_message(forum)
    assert rows(organiser_client) == ids(new, old)
    assert rows(organiser_client, "?state=failed") == ids(old)
    assert rows(organiser_client, f"?words={sealed(new.recipient)}") == ids(new)
    assert rows(organiser_client, "?state=nonsense&page=99") == ids(new, old)


def test_organiser_reads_addresses_officer_masked_ones(
    organiser_client: Client, officer_client: Client, forum: Forum
) -> None:
    make_message(forum, to="anna@example.org")
    assert "anna@example.org" in organiser_client.get(URL).content.decode()
    text = officer_client.get(URL).content.decode()
    assert "anna@example.org" not in text
    assert "a…@e….org" in text


def test_content_of_a_letter_is_nowhere_on_the_page(organiser_client: Client, forum: Forum) -> None:
    make_message(forum, context={"code": "SECRET-7"}, state=S.FAILED)
    assert "SECRET-7" not in organiser_client.get(URL).content.decode()


def test_unknown_is_explained_where_it_is_looked_at(organiser_client: Client, forum: Forum) -> None:
    make_message(forum, state=S.UNKNOWN)
    organiser_client.post("/language/", {"language": "en"})
    assert "The connection broke after" in organiser_client.get(URL + "?state=unknown").content.decode()
    assert "The connection broke after" not in organiser_client.get(URL).content.decode()


def test_page_is_not_there_for_the_press_office_and_delegates(viewer_client: Client, delegate_client: Client) -> None:
    assert viewer_client.get(URL).status_code == 404
    assert delegate_client.get(URL).status_code == 404


@pytest.mark.parametrize("state", [S.FAILED, S.UNKNOWN])
def test_sending_again_asks_first_and_comes_back_to_the_same_list(
    organiser_client: Client, forum: Forum, state: str
) -> None:
    message = make_message(forum, state=state)
    url = reverse("team:send_again", args=[message.public_id])
    listed = organiser_client.get(f"{URL}?state={state}").content.decode()
    assert f'action="{url}"' in listed.partition('<details class="confirm"')[2]
    answer = organiser_client.post(url, {"next": f"{URL}?state={state}"})
    assert answer.url == f"{URL}?state={state}"
    message.refresh_from_db()
    assert message.state == S.RETRY
    assert AuditEntry.objects.filter(action="message.sent_again").count() == 1


def test_second_click_changes_nothing_and_says_so(organiser_client: Client, forum: Forum) -> None:
    message = make_message(forum, state=S.FAILED)
    url = reverse("team:send_again", args=[message.public_id])
    organiser_client.post(url)
    answer = organiser_client.post(url, follow=True)
    assert [m.level_tag for m in answer.context["messages"]][-1] == "warning"
    assert AuditEntry.objects.filter(action="message.sent_again").count() == 1


def test_way_back_never_leads_to_another_site(organiser_client: Client, forum: Forum) -> None:
    message = make_message(forum, state=S.FAILED)
    for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = organiser_client.post(reverse("team:send_again", args=[message.public_id]), {"next": target})
        assert answer.url == URL


def test_only_organisers_send_again_and_only_what_they_may_see(
    organiser_client: Client, officer_client: Client, forum: Forum
) -> None:
    message = make_message(forum, state=S.FAILED)
    foreign = make_message(make_forum(is_current=False), state=S.FAILED)
    assert officer_client.post(reverse("team:send_again", args=[message.public_id])).status_code == 404
    assert organiser_client.post(reverse("team:send_again", args=[foreign.public_id])).status_code == 404
    assert organiser_client.get(reverse("team:send_again", args=[message.public_id])).status_code == 405


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_asks_the_same_number_of_queries(organiser_client: Client, forum: Forum, item_count: int) -> None:
    for _ in range(item_count):
        make_message(forum, state=S.FAILED)
    with CaptureQueriesContext(connection) as asked:
        assert len(rows(organiser_client)) == item_count
    # The page's own: count, rows, states, oldest, health. The number beside the room's name is a health, too.
    assert sum('FROM "forum_message"' in query["sql"] for query in asked) == 6
