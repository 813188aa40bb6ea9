"""The living page of components: a component without a sample, or a sample without a component, fails here."""

from pathlib import Path

import pytest
from django.test import Client

from forum.models import Forum
from forum.web.design_team import samples

COMPONENTS = Path(__file__).resolve().parents[3] / "forum" / "templates" / "forum" / "components"
SHELL = {
    "alternates", "error_page", "keyboard_help", "language_switch", "modules", "site_footer", "site_header",
    "stylesheets", "team_bar", "team_nav", "theme_switch",
}  # fmt: skip
"""Parts of a whole page; every picture shows them."""
PARTS = {"field_label", "field_notes"}
"""Drawn inside of `field`."""
PLAIN = {"buttons", "colours", "drawings", "icons", "table", "type"}
"""Classes, tokens and pictures without a template of their own."""


def test_every_component_has_a_sample() -> None:
    components = {path.stem for path in COMPONENTS.glob("*.html")}
    assert {sample["name"] for sample in samples()} == components - SHELL - PARTS | PLAIN


def test_page_draws_every_sample(organiser_client: Client, forum: Forum) -> None:
    page = organiser_client.get("/team/design/").content.decode()
    for sample in samples():
        start = page.index(f'id="c-{sample["name"]}"')
        assert len(page[start : page.find("</section>", start)]) > 200, sample["name"]


@pytest.mark.parametrize("colour", ["furnace", "no-tint", "level-4"])
def test_colours_are_those_of_the_tokens(organiser_client: Client, forum: Forum, colour: str) -> None:
    page = organiser_client.get("/team/design/").content.decode()
    assert f"--{colour}</code>" in page
    tokens = (COMPONENTS.parents[2] / "static" / "forum" / "css" / "tokens.css").read_text(encoding="utf-8")
    assert f"--{colour}:" in tokens


def test_toasts_are_shown_with_their_way_back(organiser_client: Client, forum: Forum) -> None:
    page = organiser_client.post("/team/design/", {"show": "toasts"}, follow=True).content.decode()
    assert page.count('<div class="toast ') == 3
    assert '<form class="undo" method="post" action="/team/design/">' in page


def test_only_organisers_open_it(officer_client: Client, forum: Forum) -> None:
    assert officer_client.get("/team/design/").status_code == 404
