"""The steps of `./run smoke`: one delegate from application to scan, over HTTP, as a browser without JavaScript.

Pages are read by their addresses and names of fields, never by words: words change, and they are translated.
"""

import json
import re
import uuid
from datetime import UTC, datetime

from forum.runtime.letters import attachment, find_letter, link_in
from forum.runtime.smoke import Ground, Step, need, wait_for
from forum.runtime.visitor import Client, Form, Page

LANGUAGES = ("ru", "en", "uz", "be")
EMAIL = "smoke@example.org"
SURNAME, LATIN = "Дымовая", "DYMOVAIA"
ANSWERS: dict[str, str | list[str]] = {
    "citizenship": "RU", "surname": SURNAME, "given_name": "Анна", "patronymic": "Ильинична",
    "latin_surname": LATIN, "latin_given_name": "ANNA",
    "email": EMAIL, "language": "ru", "languages": ["ru", "en"],
    "organisation": "Завод «Образец»", "position": "директор музея", "position_short": "директор музея",
}  # fmt: skip
POINT = "rehearsal"  # open at any time: the forum itself is weeks ahead
MOST_STEPS = 8


def get(visitor: Client, path: str) -> Page:
    page = visitor.get(path)
    need(page.status == 200, f"{path} answers {page.status}")
    return page


def sign_in(ground: Ground, role: str) -> Client:
    """Through the demo's one-click page."""
    visitor = ground.visitor(role)
    page = get(visitor, "/demo/")
    form = page.form(action="sign-in")
    form.values["key"] = [role]
    after = visitor.submit(page, form)
    need(after.status == 200, f"signing in as {role} answers {after.status}")
    return visitor


# --- before the delegate comes ---------------------------------------------------------------------------------------
def health(ground: Ground) -> None:
    for path in ("/healthz", "/readyz"):
        page = ground.visitor("anybody").get(path)
        need(page.status == 200, f"{path} answers {page.status}: {page.text}")


def home_in_every_language(ground: Ground) -> None:
    for language in LANGUAGES:
        page = get(ground.visitor("anybody"), f"/{language}/")
        need(f'lang="{language}"' in page.text, f"/{language}/ does not say that it is in {language}")


def programme_and_visits(ground: Ground) -> None:
    for path in ("/ru/programme/", "/ru/visits/"):
        get(ground.visitor("anybody"), path)


def static_files(ground: Ground) -> None:
    """Every style sheet and script that the home page names."""
    page = get(ground.visitor("anybody"), "/ru/")
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    need(named, "the home page names no static file")
    for path in sorted(named):
        get(ground.visitor("anybody"), path)


# --- the delegate -------------------------------------------------------------------------------------------------------
def consent(ground: Ground) -> None:
    applicant = ground.visitor("applicant")
    page = get(applicant, "/ru/apply/")
    links = re.findall(r'href="([^"]*/apply/delegate/consent/)"', page.text)
    need(links, "no way from /apply/ to the consent")
    page = get(applicant, links[0])
    form = page.form(having="agree")
    need(not form.values.get("agree"), "the consent is ticked beforehand")
    ground.notes["page"] = applicant.submit(page, form, agree=form.options["agree"])


def fill_the_steps(ground: Ground) -> None:
    """Each page leads to the next one until the summary."""
    applicant, page = ground.visitor("applicant"), ground.notes["page"]
    for _ in range(MOST_STEPS):
        if page.url.rstrip("/").endswith("/check"):
            ground.notes["page"] = page
            return
        form = page.form(having="version")
        page = applicant.submit(page, form, **answers_for(form))
        need(page.status == 200, f"{page.url} answers {page.status}: {errors_on(page)}")
    need(False, f"the summary is not reached; the last page is {page.url}")


def answers_for(form: Form) -> dict[str, str | list[str]]:
    names = {*form.values, *form.options}
    given = {name: value for name, value in ANSWERS.items() if name in names}
    if "delegation" in names:
        given["delegation"] = next(option for option in form.options["delegation"] if option)
    return given


def errors_on(page: Page) -> str:
    found = re.findall(r'class="[^"]*error[^"]*"[^>]*>([^<]+)', page.text)
    return "; ".join(text.strip() for text in found if text.strip()) or "no message"


def send(ground: Ground) -> None:
    page: Page = ground.notes["page"]
    need(SURNAME in page.text, "the summary does not show the name")
    after = ground.visitor("applicant").submit(page, page.form(action="/check/"))
    need(after.url.rstrip("/").endswith("/sent"), f"sending leads to {after.url}: {errors_on(after)}")


def letter_received(ground: Ground) -> None:
    letter = wait_for(lambda: find_letter(ground.mail, to=EMAIL), what="the letter that the application came")
    ground.notes["letters"] = {letter["Message-ID"]}


# --- the officer --------------------------------------------------------------------------------------------------------
def approve(ground: Ground) -> None:
    """Found by the Latin spelling, though the name was typed in Cyrillic too."""
    officer = sign_in(ground, "officer")
    people = get(officer, "/team/people/")
    page = officer.submit(people, people.form(having="category"), q=LATIN.lower())
    found = re.findall(r'href="(/team/people/[0-9A-Z-]+/)', page.text)
    need(found and SURNAME in page.text, "the officer does not find the person")
    person = get(officer, found[0])
    after = officer.submit(person, person.form(action="/approve/"))
    need(after.status == 200, f"approving answers {after.status}")
    ground.notes["person"] = found[0]


def letter_approved(ground: Ground) -> None:
    known = ground.notes["letters"]
    letter = wait_for(lambda: find_letter(ground.mail, to=EMAIL, but=known), what="the letter of approval")
    known.add(letter["Message-ID"])
    ground.notes["link"] = link_in(letter, having="/apply/return/")


def confirm(ground: Ground) -> None:
    """By the link of the letter, in a browser that knows nothing."""
    delegate = ground.visitor("delegate at home")
    page = get(delegate, ground.notes["link"])
    page = delegate.submit(page, page.form(action="/apply/return/"))
    need(page.status == 200, f"opening the link answers {page.status}")
    page = delegate.submit(page, page.form(action="/confirm/"))
    need(page.status == 200, f"confirming answers {page.status}")


def seat(ground: Ground) -> None:
    """Take a place in the first session with limited places, and see it in one's own agenda."""
    delegate = ground.visitor("delegate at home")
    page = get(delegate, "/ru/my/agenda/")
    form = page.form(action="/take/")
    after = delegate.submit(page, form)
    need(after.status == 200, f"taking a seat answers {after.status}")
    back = form.action.replace("/take/", "/back/")
    need(back in get(delegate, "/ru/my/agenda/").text, f"the seat is not in the agenda: {errors_on(after)}")


# --- the badge ------------------------------------------------------------------------------------------------------------
def badge_by_mail(ground: Ground) -> None:
    known = ground.notes["letters"]
    letter = wait_for(
        lambda: find_letter(ground.mail, to=EMAIL, but=known, attached="application/pdf"),
        what="the letter with the badge",
    )
    pdf = attachment(letter, "application/pdf")
    need(pdf.startswith(b"%PDF-") and len(pdf) > 5_000, "the attached badge is no PDF")


def badge_on_the_page(ground: Ground) -> None:
    delegate = ground.visitor("delegate at home")
    page = get(delegate, "/ru/my/badge/")
    code = re.search(r'class="pass-short"[^>]*>(?:<span[^>]*>[^<]*</span>)?\s*([^<]+)<', page.text)
    if code is None:
        need(False, "the badge page shows no short code")
        return
    ground.notes["code"] = code[1].strip()
    path = re.search(r'href="([^"]*/my/badge/pdf/[^"]*)"', page.text)
    need(
        path and get(delegate, path[1].replace("&amp;", "&")).body.startswith(b"%PDF-"), "the badge's PDF is not there"
    )


# --- the door -----------------------------------------------------------------------------------------------------------
def enrol(ground: Ground) -> None:
    staff = sign_in(ground, "checkin")
    page = get(staff, "/scan/")
    token = page.form(having="csrfmiddlewaretoken").values["csrfmiddlewaretoken"][0]
    answer = staff.post("/scan/enrol/", {"csrfmiddlewaretoken": token, "point": POINT}, headers={"X-CSRFToken": token})
    need(answer.status == 200, f"enrolling a phone answers {answer.status}: {answer.text[:200]}")
    ground.notes["device"] = answer.json()["token"]


def scan(ground: Ground) -> None:
    """Without cookies, as the scanner does it; the same scan again gets the same answer."""
    phone = Client(ground.base, language="ru")
    headers = {"Authorization": f"Device {ground.notes['device']}"}
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    body = {
        "nonce": str(uuid.uuid4()), "point": POINT, "direction": "in", "method": "typed",
        "code": re.sub(r"[\s-]", "", ground.notes["code"]).upper(), "device_time": now, "sent_at": now,
    }  # fmt: skip
    first, second = (phone.post_json("/api/v1/scans", body, headers=headers) for _ in range(2))
    need(first.status in (200, 201), f"the scan answers {first.status}: {first.text[:300]}")
    need(SURNAME in json.dumps(first.json(), ensure_ascii=False), f"the verdict names nobody: {first.text[:300]}")
    need(first.json() == second.json(), "the same scan sent twice gets two answers")
    ground.notes["verdict"] = first.json()


def let_in(ground: Ground) -> None:
    verdict = ground.notes["verdict"]
    outcome = verdict.get("outcome") or verdict.get("verdict", {}).get("outcome")
    need(outcome == "ok", f"the verdict is {outcome}, not ok")


def arrival_seen(ground: Ground) -> None:
    organiser = sign_in(ground, "organiser")
    page = get(organiser, "/team/")
    need(SURNAME in page.text, "the organiser's page does not show the arrival")


STEPS: list[Step] = [
    ("the server is well", health),
    ("home page in four languages", home_in_every_language),
    ("programme and visits", programme_and_visits),
    ("style sheets and scripts are served", static_files),
    ("consent", consent),
    ("the steps of the application", fill_the_steps),
    ("sending", send),
    ("letter: received", letter_received),
    ("an officer approves", approve),
    ("letter: approved, with a link", letter_approved),
    ("confirming by the link", confirm),
    ("a seat in a session", seat),
    ("letter: the badge as PDF", badge_by_mail),
    ("the badge on its page", badge_on_the_page),
    ("enrolling a phone", enrol),
    ("scan, sent twice", scan),
    ("the verdict lets the delegate in", let_in),
    ("the organiser sees the arrival", arrival_seen),
]
