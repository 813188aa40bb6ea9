"""One application from the first page to the letter, then one with questions: the ways and their pictures, in this order."""

import re

from playwright.sync_api import Page

from forum.runtime.shots_page import ALL, PHONE, RU, Shot
from forum.runtime.shots_ways import ASKED, EMAIL, follow, open_letter_link, press

# --- each begins where the one before ended ---
SAVE = "main form button.main"


def _on(page: Page) -> None:
    with page.expect_navigation(wait_until="load"):
        page.locator(SAVE).last.click()


def start_application(page: Page) -> None:
    """Choose a category, consent, stand before the name."""
    follow("main a[href$='/delegate/consent/']")(page)
    page.locator("main form input[type=checkbox]").first.check()
    _on(page)


def tell_name(page: Page) -> None:
    """On to the contact."""
    page.select_option("#id_citizenship", "RU")
    names = {"surname": "Снимкова", "given_name": "Софья", "latin_surname": "SNIMKOVA", "latin_given_name": "SOFIA"}
    for field, text in names.items():
        page.fill(f"#id_{field}", text)
    _on(page)


def tell_contact(page: Page) -> None:
    """On to the work."""
    page.fill("#id_email", EMAIL)
    page.locator("input[name=languages]").first.check()
    _on(page)


def tell_work(page: Page) -> None:
    """On to the summary."""
    page.select_option("#id_delegation", index=2)
    page.fill("#id_organisation", "Музей плёнки «Свема»")
    page.fill("#id_position", "хранитель")
    _on(page)


def come_to_questions(page: Page) -> None:
    """The way to the questions of a category that has some."""
    follow("main a[href$='/school/consent/']")(page)
    page.locator("main form input[type=checkbox]").first.check()
    _on(page)
    tell_name(page)
    tell_contact(page)
    tell_work(page)


def lead_on(page: Page) -> None:
    """One answer brings another question."""
    page.fill("#id_q_goal", "Плёнка от эмульсии до кассеты: цех, лаборатория, музей; для школьников, три часа.")
    with page.expect_response(re.compile(r"/questions/")):
        page.locator("input[name=q_arrival][value=car]").check()
    page.wait_for_selector("#id_q_plate")


def forget_answers(page: Page) -> None:
    """Sent with gaps: what is wrong, at the top and at each question."""
    with page.expect_response(re.compile(r"/questions/")):
        page.locator(SAVE).last.click()
    page.wait_for_selector("[aria-invalid=true]")


def tell_answers(page: Page) -> None:
    """On to the summary."""
    page.fill("#id_q_plate", "А001АА 42")
    page.locator("input[name=q_workshop]").first.check()
    _on(page)


def send(page: Page) -> None:
    """The application is in."""
    with page.expect_navigation(wait_until="load"):
        page.locator("main form button.main").last.click()


def make_mistakes(page: Page) -> None:
    """A step sent empty: what is wrong, at the top and at each field."""
    start_application(page)
    with page.expect_response(re.compile(r"/apply/")):
        page.locator(SAVE).last.click()
    page.wait_for_selector("[aria-invalid=true]")


def see_everything(page: Page) -> None:
    """The three steps on one page."""
    start_application(page)
    follow("main a[href$='/all/']")(page)


def open_new_questions(page: Page) -> None:
    """From the letter to what is asked anew."""
    open_letter_link(page)
    press("main form button")(page)
    follow("main a[href$='/questions/']")(page)


def open_own_answers(page: Page) -> None:
    """From the letter to what one has answered."""
    open_letter_link(page)
    press("main form button")(page)
    follow("main a[href$='/answers/']")(page)


APPLYING = [
    Shot(name="apply", url="/{lang}/apply/", languages=ALL, dark=True),
    Shot(
        name="apply-consent",
        url="/{lang}/apply/",
        view="registration:consent",
        languages=ALL,
        way=follow("main a[href$='/consent/']"),
    ),
    Shot(name="apply-mistakes", url="/{lang}/apply/", view="registration:step", languages=ALL, way=make_mistakes),
    Shot(name="apply-all", url="/{lang}/apply/", view="registration:whole", languages=ALL, way=see_everything),
    Shot(name="apply-name", url="/{lang}/apply/", view="registration:step", languages=ALL, way=start_application),
    Shot(name="apply-contact", view="registration:step", languages=ALL, way=tell_name),
    Shot(name="apply-work", view="registration:step", languages=ALL, way=tell_contact),
    Shot(name="apply-check", view="registration:summary", languages=ALL, way=tell_work),
    Shot(name="apply-sent", view="registration:sent", languages=ALL, sizes=(PHONE,), way=send),
    Shot(name="my-waiting", url="/{lang}/my/", languages=ALL, sizes=(PHONE,)),
    Shot(
        name="apply-return",
        url=f"/demo/mail/?to={EMAIL}",
        view="registration:return",
        languages=(RU,),
        sizes=(PHONE,),
        way=open_letter_link,
    ),
    Shot(
        name="apply-questions",
        url="/{lang}/apply/",
        view="registration:questions",
        languages=ALL,
        dark=True,
        way=come_to_questions,
    ),
    Shot(name="apply-questions-more", view="registration:questions", languages=ALL, way=lead_on),
    Shot(name="apply-questions-wrong", view="registration:questions", languages=ALL, way=forget_answers),
    Shot(name="apply-questions-check", view="registration:summary", languages=ALL, way=tell_answers),
    Shot(
        name="my-questions",
        url=f"/demo/mail/?to={ASKED}",
        view="registration:answer_again",
        languages=(RU,),
        way=open_new_questions,
    ),
    Shot(
        name="my-answers",
        url=f"/demo/mail/?to={ASKED}",
        view="registration:change_answers",
        languages=(RU,),
        way=open_own_answers,
    ),
]
"""One application from the first page to the letter, then one with questions: in this order."""
