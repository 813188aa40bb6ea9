"""What a delegate's first visit weighs, what stands without scripts, and what comes out of a printer."""

from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from forum.runtime import shots
from forum.runtime import shots_apply as ways
from forum.runtime.browser import chromium
from forum.runtime.shots import Look
from forum.runtime.shots_page import DESKTOP, RU, Shot
from forum.runtime.shots_pages import PAGES
from tests.e2e.conftest import PHONE, sign_in_as

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")

BUDGET = 150_000
"""Bytes of a first visit without fonts: page, styles, scripts, pictures, as they come over the network."""
PUBLIC = [shot for shot in PAGES if not shot.role and shot.url.startswith("/{lang}/") and shot.status == 200]
HEAVIEST = {"home", "programme", "programme-list", "session", "speakers", "visit", "visits", "apply-name"}
"""Weighed in the short run: the others share their styles and scripts and carry less."""


@pytest.mark.parametrize(
    "shot",
    [pytest.param(shot, id=shot.name, marks=() if shot.name in HEAVIEST else pytest.mark.long) for shot in PUBLIC],
)
def test_first_visit_is_light(browser: Browser, base_url: str, shot: Shot) -> None:
    context = browser.new_context(base_url=base_url, locale="ru-RU", viewport=PHONE)
    page = context.new_page()
    shots.arrive(page, shot, Look("", RU, DESKTOP, False), [])
    address = page.url
    page.goto("about:blank")
    weights = weigh(context, page, address)
    context.close()
    total = sum(weight for url, weight in weights.items() if "/fonts/" not in url)
    assert total <= BUDGET, sorted(weights.items(), key=lambda pair: -pair[1])[:6]
    assert len(weights) > 5, "the browser told nothing"


def weigh(context: BrowserContext, page: Page, address: str) -> dict[str, int]:
    """Bytes on the wire by address, with an empty cache."""
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
    urls: dict[str, str] = {}
    weights: dict[str, int] = {}

    def sent(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def came(event: dict[str, Any]) -> None:
        url = urls.get(event["requestId"], "")
        weights[url] = weights.get(url, 0) + int(event["encodedDataLength"])

    protocol.on("Network.requestWillBeSent", sent)
    protocol.on("Network.loadingFinished", came)
    page.goto(address, wait_until="networkidle")
    return weights


# --- without scripts ---------------------------------------------------------------------------------------------------
@pytest.fixture
def plain(browser: Browser, base_url: str) -> Iterator[Page]:
    """A Russian phone that runs no scripts."""
    context = browser.new_context(base_url=base_url, locale="ru-RU", viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_delegate_needs_no_scripts(plain: Page) -> None:
    plain.goto("/ru/")
    plain.get_by_role("link", name="Программа", exact=True).first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Программа")
    plain.locator("main .session a.card-link").first.click()
    expect(plain.get_by_role("heading", level=1)).not_to_have_text("Программа")
    plain.goto("/ru/visits/")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Выезды на предприятия")
    plain.goto("/ru/apply/")
    for step in (ways.start_application, ways.tell_name, ways.tell_contact, ways.tell_work, ways.send):
        step(plain)
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Заявка получена")
    plain.goto("/ru/my/")
    expect(plain.locator("main")).to_contain_text("Снимкова")
    # Its own menus open too: language and, on a phone, nothing is hidden behind a script.
    plain.locator(".site-tools details summary").click()
    expect(plain.get_by_role("link", name="English")).to_be_visible()


def test_filters_and_days_of_the_programme_need_no_scripts(plain: Page) -> None:
    plain.goto("/ru/programme/")
    plain.locator("nav.tabs a").nth(1).click()
    expect(plain.locator("nav.tabs a[aria-current=page]")).to_have_count(1)
    assert "day=" in plain.url


# --- on paper ----------------------------------------------------------------------------------------------------------
def printed(page: Page) -> str:
    """The text of the page as it comes out of the printer, A4."""
    page.emulate_media(media="print")
    document = pdfium.PdfDocument(page.pdf(format="A4"))
    assert 0 < len(document) <= 12
    return " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in document).split())


def test_programme_prints_its_sessions_and_not_our_menus(page: Page) -> None:
    page.goto("/ru/programme/")
    title = page.locator("main .card-title").first.inner_text()
    paper = printed(page)
    assert " ".join(title.split()) in paper
    assert "Форум" in paper
    for furniture in ("Подать заявку", "Войти", "English"):
        assert furniture not in paper


def test_list_of_people_prints_without_the_team_s_furniture(laptop: BrowserContext) -> None:
    page = laptop.new_page()
    sign_in_as(page, "officer")
    page.goto("/team/people/?state=all")
    name = page.locator("main tbody th a").first.inner_text()
    paper = printed(page)
    assert name in paper
    for furniture in ("Точки прохода", "Показать", "Клавиши:"):
        assert furniture not in paper
