"""One delegate goes all the way: applies, is approved, confirms, gets the badge by email, is scanned, is seen to arrive."""

import re
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from forum.runtime import browser as ours
from tests.e2e.camera import film_of
from tests.e2e.conftest import PHONE, sign_in_as
from tests.e2e.mail import link_in, pdf_of, wait_for_mail

EMAIL = "whole.way@example.org"
SURNAME = "Кинолентова"
SAVE = re.compile("Сохранить и продолжить")


def test_one_delegate_goes_all_the_way(
    page: Page, laptop: BrowserContext, mailbox: Path, browser_type: BrowserType, base_url: str, tmp_path: Path
) -> None:
    apply(page)
    received = wait_for_mail(mailbox, to=EMAIL, having="/apply/return/")
    approve(laptop)
    approved = wait_for_mail(mailbox, to=EMAIL, having="Подтвердите")
    assert approved["Message-ID"] != received["Message-ID"]
    confirm(page, approved)
    ready = wait_for_mail(mailbox, to=EMAIL, having="PDF", seconds=60)
    film = film_of(pdf_of(ready), tmp_path)
    before = arrivals(laptop)
    scan(browser_type, base_url, film)
    see_arrival(laptop, more_than=before)


def apply(page: Page) -> None:
    """On a phone, in Russian, without an account."""
    page.goto("/ru/apply/")
    page.get_by_role("link", name="Делегат", exact=True).click()
    page.get_by_label(re.compile("даю согласие")).check()
    page.locator("main form button.main").click()
    page.locator("#id_citizenship").select_option("RU")
    page.locator("#id_surname").fill(SURNAME)
    page.locator("#id_given_name").fill("Софья")
    page.locator("#id_latin_surname").fill("KINOLENTOVA")
    page.locator("#id_latin_given_name").fill("SOFIA")
    page.get_by_role("button", name=SAVE).last.click()
    page.locator("#id_email").fill(EMAIL)
    page.get_by_label("русский", exact=False).last.check()
    page.get_by_role("button", name=SAVE).last.click()
    page.locator("#id_delegation").select_option(label="Омская область")
    page.locator("#id_organisation").fill("Музей плёнки «Свема»")
    page.locator("#id_position").fill("хранитель")
    page.get_by_role("button", name=SAVE).last.click()
    page.get_by_role("button", name=re.compile("Отправить")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Заявка получена")


def approve(laptop: BrowserContext) -> None:
    """The officer finds the person by the Latin spelling and approves."""
    officer = laptop.new_page()
    sign_in_as(officer, "officer")
    officer.goto("/team/people/")
    officer.locator("#id_q").fill("kinolentova")
    officer.locator("#id_q").press("Enter")
    officer.get_by_role("link", name=re.compile(SURNAME)).click()
    officer.get_by_role("button", name="Одобрить").first.click()
    expect(officer.get_by_text("Одобрена").first).to_be_visible()
    officer.close()


def confirm(page: Page, letter: EmailMessage) -> None:
    """By the link in the letter, in a browser that knows nothing yet."""
    page.context.clear_cookies()
    page.goto(link_in(letter, having="/apply/return/"))
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/my/"))
    page.locator("form[action$='/confirm/'] button").click()
    expect(page.get_by_text(re.compile("Подтвержд")).first).to_be_visible()


def scan(browser_type: BrowserType, base_url: str, film: Path) -> None:
    """A volunteer's phone films the badge: let in once, and once only."""
    camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    browser = browser_type.launch(
        executable_path=ours.chromium(),
        args=["--no-sandbox", "--disable-gpu", *camera, f"--use-file-for-fake-video-capture={film}"],
    )
    context = browser.new_context(base_url=base_url, locale="ru-RU", viewport=PHONE, permissions=["camera"])
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith((base_url, "data:", "blob:")) else None)
    sign_in_as(page, "checkin")
    page.goto("/scan/")
    page.locator("label.tile", has=page.locator("input[value=rehearsal]")).click()
    page.locator("#enrol-submit").click()
    verdict = page.locator("#verdict")
    expect(verdict).to_have_attribute("data-outcome", "ok", timeout=20_000)
    expect(page.locator("#verdict-name")).to_contain_text(SURNAME)
    expect(verdict).to_have_attribute("data-outcome", "already_in", timeout=30_000)  # the film shows the badge again
    expect(page.locator("#queue-count")).to_have_text("0")
    assert outside == []
    browser.close()


def arrivals(laptop: BrowserContext) -> int:
    """How many people the organiser's page counts as arrived; it says so in words when nobody has been scanned."""
    page = laptop.new_page()
    sign_in_as(page, "organiser")
    page.goto("/team/")
    expect(page.locator("#arrivals")).to_be_visible()
    figures = page.locator("#arrivals .stat dd").all_inner_texts()
    page.close()
    return int(figures[0]) if figures else 0


def see_arrival(laptop: BrowserContext, *, more_than: int) -> None:
    """The organiser's page shows it by itself, without being loaded again."""
    page = laptop.new_page()
    page.goto("/team/")
    expect(page.locator("#arrivals .stat dd").first).to_have_text(str(more_than + 1), timeout=15_000)
    expect(page.get_by_text(SURNAME).first).to_be_visible()
