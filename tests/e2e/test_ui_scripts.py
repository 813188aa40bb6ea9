"""The shells in a real browser under the real content policy: what the small modules add, and what stands without them."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from forum.runtime.browser import chromium
from tests.e2e.ui_pages import Handler

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test when the policy refuses anything or a script breaks."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    assert complaints == []


def test_theme_goes_round_and_is_drawn_by_the_server_on_the_next_page(page: Page, site: str) -> None:
    page.goto(f"{site}/en/")
    switch = page.locator("[data-theme-switch]")
    expect(switch).to_have_accessible_name("Colours: as the device")
    switch.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    switch.click()
    expect(switch).to_have_accessible_name("Colours: dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#dark-colours")).to_have_attribute("media", "screen")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 28)"
    page.locator("[data-theme-switch]").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "auto")


def test_menu_closes_on_escape_and_gives_the_focus_back(page: Page, site: str) -> None:
    page.goto(f"{site}/en/")
    summary = page.locator(".site-tools details summary")
    summary.press("Enter")
    expect(page.get_by_role("link", name="Русский")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Русский")).to_be_hidden()
    expect(summary).to_be_focused()


def test_first_tab_leads_past_the_head(page: Page, site: str) -> None:
    page.goto(f"{site}/en/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_keys_of_the_team_pages(page: Page, site: str) -> None:
    page.goto(f"{site}/team/people/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("[data-row]").nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#team-search")).to_be_focused()
    page.keyboard.type("j?")
    expect(page.locator("#team-search")).to_have_value("j?")


def test_ticking_all_rows_counts_them_and_frees_the_action(page: Page, site: str) -> None:
    page.goto(f"{site}/team/people/")
    approve = page.get_by_role("button", name="Approve")
    expect(approve).to_be_disabled()
    page.get_by_label("Prykladau").check()
    expect(page.locator("[data-selected]")).to_have_text("1")
    assert page.locator("[data-all]").evaluate("box => box.indeterminate")
    page.get_by_label("All").check()
    expect(page.locator("[data-selected]")).to_have_text("3")
    expect(approve).to_be_enabled()
    page.get_by_label("All").uncheck()
    expect(approve).to_be_disabled()


def test_dialog_opens_from_its_button_and_closes(page: Page, site: str) -> None:
    page.goto(f"{site}/team/people/")
    page.get_by_role("button", name="More").click()
    dialog = page.get_by_role("dialog", name="More")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_good_news_leaves_and_bad_news_stays_until_closed(page: Page, site: str) -> None:
    page.clock.install()
    page.goto(f"{site}/team/people/")
    page.clock.run_for(9_000)
    expect(page.locator(".toast")).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("The mail server did not answer")
    page.locator(".toast").get_by_role("button", name="Close").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_clocks_show_their_zones(page: Page, site: str) -> None:
    page.clock.set_fixed_time("2027-05-20T03:00:00Z")
    page.goto(f"{site}/team/people/")
    assert page.locator("[data-clock]").all_inner_texts() == ["10:00", "06:00"]


def test_without_scripts_nothing_dead_is_shown(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/")
    expect(page.locator("[data-theme-switch]")).to_be_hidden()
    expect(page.locator("[data-dismiss]").first).to_be_hidden()
    page.locator(".site-tools details summary").click()
    expect(page.get_by_role("link", name="Русский")).to_be_visible()
    context.close()


@pytest.mark.parametrize("address", ["/en/", "/team/people/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_shells_are_accessible_and_fit_the_screen(
    browser: Browser, site: str, address: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = [(fault["id"], len(fault["nodes"])) for fault in Axe().run(page).response["violations"]]
    context.close()
    assert found == []
