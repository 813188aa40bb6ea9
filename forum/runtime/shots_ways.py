"""How one gets to pages that have no address of their own: by a link, a form, a walk through the application.

A way gets the browser's page, already at the address of its shot, and leaves it where the picture is to be taken. It raises
`LookupError` when the page does not offer what the way needs: then the page, or the way, has changed.
"""

from collections.abc import Callable
from time import time
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

Way = Callable[[Page], None]
EMAIL = "picture@example.org"
LISTED = "listed@example.org"
INVITED = "invited@example.org"
"""To whom the demo has sent a personal invitation."""
CODE = "K7QD2MXA"
"""A code of the demo."""
OFFERED = "offered@example.org"
"""To whom the demo offers a place from the waiting list."""
GUEST, LETTERED = "guest@example.org", "lettered@example.org"
"""Of the demo's guests: one owes the data of the letter, one has got it."""
CREW = "crew@example.org"
"""Of the media, with a list of equipment."""
ASKED = "del-13@example.org"
"""Of the School, which has asked new questions."""
LIST = (
    "Фамилия;Имя;Отчество;Дата рождения;Email;Гражданство;Регион;Организация;Должность;Языки;Телефон\r\n"
    f"Списочная;Ольга;Игоревна;17.05.1985;{LISTED};РФ;Томская область;Музей угля;хранитель фондов;русский;+7\r\n"
    "Безадресный;Пётр;;;;РФ;Томская область;Экскурсионное бюро;гид;русский, английский;\r\n"
    "Ошибочная;Инна;;31.02.1990;inna at example;Нарния;Томская область;Завод;инженер;русский;\r\n"
)
"""A list of people as organisers keep them."""
PATIENCE = 30_000
"""Milliseconds until a letter is there."""


def follow(*selectors: str) -> Way:
    """Through the first link that each selector finds, one page after the other."""

    def way(page: Page) -> None:
        for selector in selectors:
            page.goto(_only(page, selector).get_attribute("href") or "", wait_until="load")

    return way


def press(selector: str, *, tick: str = "", fill: dict[str, str] | None = None) -> Way:
    """Tick and fill what is named, then press the button."""

    def way(page: Page) -> None:
        for name, text in (fill or {}).items():
            page.fill(name, text)
        if tick:
            _only(page, tick).check()
        with page.expect_navigation(wait_until="load"):
            _only(page, selector).click()

    return way


def search(words: str) -> Way:
    """What the team's search box finds."""

    def way(page: Page) -> None:
        page.fill("#team-search", words)
        with page.expect_navigation(wait_until="load"):
            page.keyboard.press("Enter")

    return way


def key(name: str) -> Way:
    """The same page after a key."""

    def way(page: Page) -> None:
        page.keyboard.press(name)

    return way


def hand_in_list(page: Page) -> None:
    """A list with somebody new, somebody without an address and a row with an error."""
    _hand_in(page, "list.csv", LIST.encode())


def hand_in_picture(page: Page) -> None:
    """What is no table is refused."""
    _hand_in(page, "list.xlsx", b"\x89PNG")


def take_list_over(page: Page) -> None:
    """The same list, taken over: now, or by an earlier look, after which nothing in it is new."""
    lists = page.url
    hand_in_list(page)
    if page.locator("form[action$='/start/'] button").count():
        press("form[action$='/start/'] button")(page)
        page.wait_for_selector(".chip.ok", timeout=PATIENCE)
    else:
        page.goto(lists, wait_until="load")
        follow("tr:has(.chip.ok) a")(page)


def hand_in_invited(page: Page) -> None:
    """The same people, to be invited."""
    page.fill("#id_name", "Докладчики второго дня")
    _hand_in(page, "invited.csv", LIST.encode())


def show_link(page: Page) -> None:
    """A link of an invitation, to hand over oneself."""
    follow("main tbody tr:last-child th a")(page)
    press("main form[action$='/link/'] button")(page)


def open_prepared(page: Page) -> None:
    """An officer takes the list over; then from the letter to somebody on it to the consent."""
    browser = page.context.browser
    if browser is None:
        raise LookupError("a browser of its own is needed for the officer")
    desk = browser.new_context(base_url=page.url.partition("/demo/")[0])
    _take_over_as_officer(desk.new_page())
    desk.close()
    page.reload(wait_until="load")
    open_letter_link(page)
    press("main form button")(page)
    follow("main a[href$='/agree/']")(page)


def _take_over_as_officer(page: Page) -> None:
    page.goto("/demo/", wait_until="load")
    press("button[name=key][value=officer]")(page)
    page.goto("/team/people/lists/", wait_until="load")
    take_list_over(page)


def _hand_in(page: Page, name: str, content: bytes) -> None:
    page.set_input_files("#id_file", {"name": name, "mimeType": "text/csv", "buffer": content})
    with page.expect_navigation(wait_until="load"):
        page.locator("form[enctype] button.main").click()


def mistype_document(page: Page) -> None:
    """A number that no passport has."""
    follow("main a[href$='/document/']")(page)
    press("main form[method=post] button.main", fill={"#id_series": "12", "#id_number": "34"})(page)


def read_document(page: Page) -> None:
    """The first visitor's, with a reason."""
    follow("main tbody th a", "main tbody a[href$='/document/']")(page)
    press("main form[method=post] button", fill={"#id_reason": "Сверка списка с предприятием"})(page)


def edit_twice(page: Page) -> None:
    """Another window saves the same session meanwhile: both versions stand side by side."""
    other = page.context.new_page()
    other.goto(page.url, wait_until="load")
    # A text that was not saved before, or the second save of a day would change nothing.
    other.fill("#id_description_en", f"Saved in another window at {time():.0f}.")
    press("main form button.main")(other)
    other.close()
    page.fill("#id_description_en", "What was typed here stays.")
    page.fill("#id_description_be", "І гэта застаецца.")
    with page.expect_navigation(wait_until="load"):
        page.locator("main form button.main").click()
    page.wait_for_selector(".versions")


def edit_question_twice(page: Page) -> None:
    """Another window saves the same question meanwhile."""
    follow("main .question-text h3 a")(page)
    other = page.context.new_page()
    other.goto(page.url, wait_until="load")
    other.fill("#id_help_ru", f"Сохранено в другом окне в {time():.0f}.")
    press("main form button.main")(other)
    other.close()
    page.fill("#id_help_ru", "То, что набрано здесь, остаётся.")
    page.fill("#id_help_en", "What was typed here stays.")
    with page.expect_navigation(wait_until="load"):
        page.locator("main form button.main").click()
    page.wait_for_selector(".versions")


def _only(page: Page, selector: str) -> Locator:
    found = page.locator(selector).first
    if not found.count():
        raise LookupError(f"{page.url} has no {selector}")
    return found


def ask_to_merge(page: Page) -> None:
    """The first pair, with a reason, up to the question."""
    follow("main tbody th a")(page)
    press("main .form-actions button", fill={"#id_reason": "Подана дважды: номер паспорта один"})(page)


def open_visa(page: Page) -> None:
    """From a letter about the visa to its page."""
    open_letter_link(page)
    press("main form button")(page)
    follow("main a[href$='/visa/']")(page)


def open_equipment(page: Page) -> None:
    """From a letter to the list of equipment."""
    open_letter_link(page)
    press("main form button")(page)
    follow("main a[href$='/equipment/']")(page)


def open_equipment_line(page: Page) -> None:
    """One line of the list."""
    open_equipment(page)
    follow("main li a[href*='/equipment/']")(page)


def open_filming(page: Page) -> None:
    """From a letter to the wishes to film."""
    open_letter_link(page)
    press("main form button")(page)
    follow("main a[href$='/filming/']")(page)


def open_wish(page: Page) -> None:
    """A wish that the plant has not seen yet."""
    open_filming(page)
    follow("main article a[href*='/filming/']")(page)


def open_check(page: Page) -> None:
    """From the page of the visa to what anybody may know of the letter."""
    open_visa(page)
    follow("main a[href*='/check/']")(page)


def open_offer(page: Page) -> None:
    """The letter that offers a place from the waiting list, and the page of the offer."""
    open_letter_link(page, leads_to="/apply/offer/")


def open_invitation(page: Page) -> None:
    """The letter that invites, and the page of the invitation."""
    open_letter_link(page, leads_to="/apply/invitation/")


def open_letter_link(page: Page, *, leads_to: str = "/apply/return/") -> None:
    """The letter about the application in the demo's mailbox, and the page that its link opens."""
    letter = page.locator("ul.letters a").first
    for _round in range(PATIENCE // 1000):
        if letter.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    follow("ul.letters a")(page)
    link = page.frame_locator("iframe").locator(f"a[href*='{leads_to}']").first
    # Of a letter that an earlier start wrote the port is another one.
    page.goto(urlsplit(link.get_attribute("href") or "").path, wait_until="load")


def record_wrong_withdrawal(page: Page) -> None:
    """A letter of tomorrow, without a note: what was typed stays."""
    follow("main a[href*='/consents/people/']", "main a[href$='/withdraw/']")(page)
    press("main form button.danger", fill={"#id_received_on": "2090-01-01"})(page)
