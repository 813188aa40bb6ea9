"""Walking the application as a browser without JavaScript does: forms are read from the page, then sent."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from forum.models import Forum
from registration.models import Registration
from tests.factories.registration import make_category, make_consent_document, make_delegation

NAME = {
    "citizenship": "RU",
    "surname": "Примерова",
    "given_name": "Анна",
    "patronymic": "Ильинична",
    "latin_surname": "PRIMEROVA",
    "latin_given_name": "ANNA",
    "native_name": "",
    "badge_name": "",
}
CONTACT = {"email": "Anna.Primerova@Example.org", "language": "ru", "languages": ["ru", "en"]}
WORK = {"organisation": "Завод «Образец»", "position": "директор музея", "position_short": ""}


def open_doors(forum: Forum) -> None:
    """What an applicant needs to find: a category, a text to agree to, a delegation."""
    make_category(forum)
    make_consent_document(forum)
    make_delegation(forum)


def agree(client: Client, forum: Forum, *, page: str = "ru", category: str = "delegate") -> Registration:
    """Read the consent, tick it, send it; gives the draft."""
    open_doors(forum)
    address = f"/{page}/apply/{category}/consent/"
    form = client.get(address).context["form"]
    client.post(address, {"agree": "on", "version": form["version"].value(), "ticket": form["ticket"].value()})
    return Registration.objects.latest("pk")


def save(client: Client, draft: Registration, step: str, values: dict[str, Any], *, page: str = "ru") -> HttpResponse:
    """Send one step with the version that its page shows; `page` is the language it is read in."""
    address = f"/{page}/apply/{draft.ref}/{step}/"
    version = client.get(address).context["version"]
    return client.post(address, {"version": version} | values)


def fill(client: Client, forum: Forum, *, page: str = "ru", **changes: Any) -> Registration:
    """A draft with every answer, not sent yet."""
    draft = agree(client, forum, page=page)
    answers = {"name": NAME, "contact": CONTACT, "work": WORK | {"delegation": str(make_delegation(forum).pk)}}
    for step, values in answers.items():
        save(client, draft, step, values | {k: v for k, v in changes.items() if k in values}, page=page)
    draft.refresh_from_db()
    return draft


def send(client: Client, draft: Registration, *, page: str = "ru") -> HttpResponse:
    """Press the last button."""
    return client.post(f"/{page}/apply/{draft.ref}/check/")


def apply(client: Client, forum: Forum, **changes: Any) -> Registration:
    """The whole way; gives the sent application."""
    draft = fill(client, forum, **changes)
    send(client, draft)
    draft.refresh_from_db()
    return draft
