"""Anybody checks a paper by its code, and learns nothing about anybody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from forum.actions.papers import issue_paper, void_paper
from forum.models import Forum, Paper
from forum.queries.papers import shown_code
from forum.web.views_check import CHECK

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(forum: Forum) -> Paper:
    return issue_paper("visa_letter", forum=forum, about=("registration", "AAAAABBBBB"), by=None)


def test_the_answer_names_number_day_and_validity_only(client: Client, paper: Paper) -> None:
    page = client.get(f"/en/check/{paper.code}/")
    text = page.content.decode()
    assert "<title>Invitation letter № 1 · Check a paper" in text
    assert "it is valid" in text
    assert paper.subject_id not in text
    assert "noindex" in text
    void_paper(paper)
    assert "it is no longer valid" in client.get(f"/en/check/{paper.code}/").content.decode()


def test_a_paper_past_its_last_day_is_not_valid(client: Client, forum: Forum) -> None:
    yesterday = localdate() - timedelta(days=1)
    old = issue_paper("visa_letter", forum=forum, about=("registration", "A"), by=None, valid_until=yesterday)
    assert "больше не действует" in client.get(f"/ru/check/{old.code}/").content.decode()


@pytest.mark.parametrize("change", [str, str.lower, shown_code, lambda code: f" {code[:6]} {code[6:]} "])
def test_the_code_is_read_however_it_is_typed(client: Client, paper: Paper, change: object) -> None:
    answer = client.post("/ru/check/", {"code": change(paper.code)})  # type: ignore[operator]
    assert answer.url == f"/ru/check/{paper.code}/"


@pytest.mark.parametrize("code", ["0" * 12, "nonsense", "<script>"])
def test_an_unknown_code_is_said_to_be_none_of_ours(client: Client, paper: Paper, code: str) -> None:
    answer = client.post("/uz/check/", {"code": code})
    assert (answer.status_code, "Bunday kodli hujjat bermaganmiz" in answer.content.decode()) == (404, True)
    assert client.get("/be/check/000000000000/").status_code == 404
    assert client.post("/ru/check/", {"code": ""}).status_code == 422


def test_whoever_tries_codes_is_stopped(client: Client, paper: Paper) -> None:
    statuses = [client.get("/ru/check/000000000000/").status_code for _try in range(CHECK.amount + 1)]
    assert statuses == [404] * CHECK.amount + [429]
    assert client.post("/ru/check/", {"code": paper.code}).status_code == 429
