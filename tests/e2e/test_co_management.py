"""Saint Petersburg proposes another time for its session, the host decides, both see what was agreed: in two browsers."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import LAPTOP, sign_in_as

SESSION = "/team/programme/sessions/edu-guide/"
REASON = "Спикер прилетает позже."


def test_proposal_goes_from_the_partner_to_the_host(laptop: BrowserContext, browser: Browser, base_url: str) -> None:
    partner = laptop.new_page()
    sign_in_as(partner, "partner")
    address = propose(partner)
    there = browser.new_context(locale="ru-RU", viewport=LAPTOP, base_url=base_url)
    host = there.new_page()
    sign_in_as(host, "programme")
    decide(host, address)
    partner.goto(address)
    expect(partner.locator("#history")).to_contain_text("programme@example.org")
    expect(partner.locator("form[action$='/accept/']")).to_have_count(0)
    there.close()


def propose(page: Page) -> str:
    """An hour later, after a look at what that would mean. Returns the proposal's address."""
    page.goto(SESSION)
    page.locator(f"a[href='{SESSION}place/']").click()
    starts, ends = (page.locator(f"#id_{name}") for name in ("starts", "ends"))
    for field in (starts, ends):
        hour, minute = field.input_value().split(":")[:2]
        field.fill(f"{int(hour) + 1:02}:{minute}")
    page.locator("#id_reason").fill(REASON)
    page.locator("button[name=preview]").click()
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("#id_reason")).to_have_value(REASON)
    page.locator("button[name=send]").click()
    page.goto(SESSION)
    link = page.locator(".state-line ~ * a[href*='/team/programme/proposals/']").first
    return str(link.get_attribute("href"))


def decide(page: Page, address: str) -> None:
    """The host reads the reason and accepts."""
    page.goto(address)
    expect(page.locator("#reason")).to_contain_text(REASON)
    page.locator("form[action$='/accept/'] button.main").click()
    page.goto(address)
    expect(page.get_by_text(re.compile("Принят")).first).to_be_visible()


def test_foreign_sessions_are_not_there_for_the_partner(laptop: BrowserContext) -> None:
    page = laptop.new_page()
    sign_in_as(page, "partner")
    for path in ("edit/", "speakers/", "place/"):
        answer = page.goto(f"/team/programme/sessions/cas-best/{path}")
        assert answer
        assert answer.status == 404
