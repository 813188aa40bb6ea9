"""The steps of `./run smoke`: one delegate's whole way over HTTP, from the application to the scan that counts."""

import re
import uuid
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from forum.runtime.smoke import Ground, Step, need, wait_for
from forum.runtime.visitor import Client, Page

LANGUAGES = ("ru", "en", "uz", "be")
EMAIL = "smoke@example.org"
SURNAME = "Проверкина"


def health(ground: Ground) -> None:
    page = ground.visitor("anybody").get("/healthz")
    need(page.status == 200, f"/healthz answers {page.status}")


def home_in_every_language(ground: Ground) -> None:
    for language in LANGUAGES:
        page = ground.visitor("anybody").get(f"/{language}/")
        need(page.status == 200, f"/{language}/ answers {page.status}")
        need(f'lang="{language}"' in page.text, f"/{language}/ does not say that it is in {language}")


def programme(ground: Ground) -> None:
    for path in ("/ru/programme/", "/ru/visits/"):
        page = ground.visitor("anybody").get(path)
        need(page.status == 200, f"{path} answers {page.status}")


def apply(ground: Ground) -> None:
    """Consent, name, contact, work, check, send: each page posted as a browser without JavaScript would."""
    visitor = ground.visitor("delegate")
    page = visitor.get("/ru/apply/delegate/consent/")
    page = visitor.submit(page, page.form(having="agree"), agree="on")
    page = visitor.submit(
        page,
        page.form(having="latin_surname"),
        citizenship="RU",
        surname=SURNAME,
        given_name="Инна",
        latin_surname="PROVERKINA",
        latin_given_name="INNA",
    )
    page = visitor.submit(page, page.form(having="email"), email=EMAIL, languages=["ru"])
    form = page.form(having="organisation")
    region = next(value for value in form.options["delegation"] if value)
    page = visitor.submit(page, form, delegation=region, organisation="Завод «Образец»", position="экскурсовод")
    page = visitor.submit(page, page.form(action="/check/"))
    found = re.search(r"/apply/(\w{10})/sent/", page.url)
    need(found, f"the application was not sent: {page.url}")
    ground.notes["ref"] = found[1] if found else ""


def letter(ground: Ground, having: str) -> EmailMessage | None:
    """The newest letter to our delegate with `having` in its text."""
    for path in sorted(ground.mail.rglob("*.eml"), key=lambda p: p.stat().st_mtime, reverse=True):
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        if EMAIL in str(message["To"]) and having in _text(message):
            return message
    return None


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return body.get_content() if body else ""


def received(ground: Ground) -> None:
    found = wait_for(lambda: letter(ground, "/apply/return/"), what="the letter about the application")
    ground.notes["link"] = re.search(r"https?://[^/]+(/ru/apply/return/\w+/)", _text(found))[1]  # type: ignore[index]


def signed_in(ground: Ground, role: str) -> Client:
    """A member of the team, by the demo's one click."""
    visitor = ground.visitor(role)
    page = visitor.get("/demo/")
    page = visitor.post("/demo/sign-in/", {**page.form(action="/demo/sign-in/").values, "key": role})
    need(page.status == 200, f"signing in as {role} answers {page.status}")
    return visitor


def approve(ground: Ground) -> None:
    officer, ref = signed_in(ground, "officer"), ground.notes["ref"]
    found = officer.get("/team/people/?q=proverkina")
    need(ref in found.text, "the officer does not find the person by the Latin spelling")
    page = officer.get(f"/team/people/{ref}/")
    page = officer.submit(page, page.form(action=f"/team/people/{ref}/approve/"))
    need(page.status == 200, f"approving answers {page.status}")


def confirm(ground: Ground) -> None:
    """By the link of the letter, in a browser that knows nothing yet."""
    wait_for(lambda: letter(ground, "Подтвердить"), what="the letter about the approval")
    visitor = ground.visitor("phone")
    page = visitor.get(ground.notes["link"])
    page = visitor.submit(page, page.form(action="/apply/return/"))
    page = visitor.submit(page, page.form(action="/confirm/"))
    need("/my/" in page.url and page.status == 200, f"confirming ends at {page.url} with {page.status}")


def badge(ground: Ground) -> None:
    """The worker has made the badge: the letter carries it, and the delegate can download it."""
    message = wait_for(lambda: letter(ground, "PDF"), what="the letter with the badge", seconds=30)
    attached = [part for part in message.iter_attachments() if part.get_content_type() == "application/pdf"]
    need(len(attached) == 1, f"the letter has {len(attached)} PDF files")
    page = ground.visitor("phone").get("/ru/my/badge/")
    pdf = ground.visitor("phone").get(_href(page, "/my/badge/pdf/"))
    need(pdf.body.startswith(b"%PDF"), f"the badge is no PDF but {pdf.content_type}")
    shown = re.search(r'class="pass-short">.*?</span>([^<]+)</p>', page.text)
    need(shown, "the page of the badge shows no short code")
    ground.notes["code"] = re.sub(r"\W", "", shown[1]) if shown else ""


def _href(page: Page, having: str) -> str:
    found = re.search(rf'href="([^"]*{re.escape(having)}[^"]*)"', page.text)
    need(found, f"no link to {having} at {page.url}")
    return found[1].replace("&amp;", "&") if found else ""


def scan(ground: Ground) -> None:
    """A phone is enrolled and scans: let in once, and the same scan sent again gets the same answer."""
    staff = signed_in(ground, "checkin")
    page = staff.get("/scan/")
    form = page.form(action="/scan/enrol/")
    enrolled = staff.post("/scan/enrol/", {**form.values, "point": "rehearsal"}).json()
    phone = {"Authorization": f"Device {enrolled['token']}"}
    moment = datetime.now(UTC).isoformat()
    body = {
        "nonce": str(uuid.uuid4()),
        "point": "rehearsal",
        "direction": "in",
        "method": "typed",
        "code": ground.notes["code"],
        "device_time": moment,
        "sent_at": moment,
    }
    nobody = ground.visitor("scanner")
    first = nobody.post_json("/api/v1/scans", body, headers=phone).json()
    need(first["outcome"] == "ok", f"the scan says {first['outcome']}")
    need(nobody.post_json("/api/v1/scans", body, headers=phone).json() == first, "the same scan gets another answer")
    again = nobody.post_json("/api/v1/scans", body | {"nonce": str(uuid.uuid4())}, headers=phone).json()
    need(again["outcome"] == "already_in", f"the second scan says {again['outcome']}")


def arrival(ground: Ground) -> None:
    page = signed_in(ground, "organiser").get("/team/")
    need(SURNAME in page.text, "the organiser does not see the scan")


STEPS: list[Step] = [
    ("the server is well", health),
    ("home page in four languages", home_in_every_language),
    ("programme and visits", programme),
    ("apply without an account", apply),
    ("letter: received", received),
    ("an officer approves", approve),
    ("the delegate confirms by the letter's link", confirm),
    ("a worker made and mailed the badge", badge),
    ("scan: in, repeated, already in", scan),
    ("the organiser sees the arrival", arrival),
]
