"""Words of a search stand in no address as they are; a link to what was found works for a colleague, too."""

import pytest
from django.http import QueryDict
from django.test import Client

from forum.models import Forum
from forum.web.searched import LONGEST, address_of, opened, sealed


@pytest.mark.parametrize("words", ["Примерова", "o‘g‘li ‘ ", "<b>", "anna@example.org", "й" * LONGEST])
def test_sealed_words_are_opened_as_they_were(words: str) -> None:
    token = sealed(words)
    assert (opened(token), words in token) == (words.strip(), False)


def test_too_long_words_are_cut_and_no_words_need_no_seal() -> None:
    assert opened(sealed("x" * 500)) == "x" * LONGEST
    assert (sealed("  "), sealed("\0")) == ("", "")


@pytest.mark.parametrize("token", ["", "x", "Примерова", "%00", "A" * 60])
def test_what_is_not_ours_opens_to_nothing(token: str) -> None:
    assert opened(token) == ""


def test_a_changed_seal_opens_to_nothing() -> None:
    token = sealed("Примерова")
    assert opened(token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")) == ""


def test_filters_stay_readable_and_the_words_do_not() -> None:
    posted = QueryDict("csrfmiddlewaretoken=t&q=Примерова&state=submitted&category=")
    found = QueryDict(address_of(posted))
    assert (found["state"], opened(found["words"]), sorted(found)) == ("submitted", "Примерова", ["state", "words"])


@pytest.mark.parametrize("room", ["/team/people/", "/team/messages/", "/team/people/invitations/"])
def test_a_search_leads_to_an_address_without_the_name(organiser_client: Client, forum: Forum, room: str) -> None:
    answer = organiser_client.post(room, {"q": "Примерова"})
    assert answer.status_code == 302
    assert "Примерова" not in str(QueryDict(answer.url)) and "words=" in answer.url
    assert 'value="Примерова"' in organiser_client.get(answer.url).content.decode()
