"""Every way to a place, each as a request that waits to be sent: what a browser, a program or a desk has prepared before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forum.actions.jobs import run as run_job
from forum.enums import Role
from forum.models import Account, Forum
from registration.actions.imports import receive, start_import
from registration.actions.line import serve_line
from registration.enums import RegistrationState as S
from registration.models import BulkDecision, Category, ImportRun, Registration
from registration.sessions import KEY, _mark_of
from tests.api import program
from tests.factories.forum import make_staff
from tests.factories.invitations import make_access_code, make_invitation
from tests.factories.registration import make_person, make_registration
from tests.registration.api.test_applications import body
from tests.registration.lists import ANNA, HEADS, as_text, many
from tests.registration.test_codes import filled as filled_by_code
from tests.registration.test_invitations import filled as filled_invited
from tests.sessions import sign_in

Call = Callable[[], Any]


@dataclass
class Applicant:
    """A browser that has filled the form in and has the last button before it."""

    draft: Registration

    def __post_init__(self) -> None:
        self.client = Client()
        session = self.client.session
        session[KEY] = {self.draft.ref: _mark_of(self.draft)}
        session.save()
        self.client.cookies["sessionid"] = session.session_key

    def send(self) -> Any:
        """The last button."""
        return self.client.post(f"/ru/apply/{self.draft.ref}/check/")

    def withdraw(self) -> Any:
        """“I am not coming.”"""
        return self.client.post(f"/ru/my/{self.draft.ref}/withdraw/")


def drafts(category: Category, number: int) -> list[Registration]:
    """Filled in and not sent."""
    forum = category.forum
    return [
        make_registration(forum, state=S.DRAFT, category=category, person=make_person(forum)) for _ in range(number)
    ]


def listed(category: Category, number: int, *, by: Account) -> list[Registration]:
    """People of a spreadsheet who have read the consent on their own page and agreed."""
    content = as_text([HEADS, *many(number)])
    run = receive(forum=category.forum, name="list.csv", content=content, category=category, language="ru", by=by)
    run_job(job_id=start_import(run, by=by).pk)
    people = list(Registration.objects.filter(imported__isnull=False).select_related("person"))
    for draft in people:
        client = Applicant(draft).client
        form = client.get(f"/ru/apply/{draft.ref}/agree/").context["form"]
        assert client.post(f"/ru/apply/{draft.ref}/agree/", {"agree": "on", "version": form["version"].value()}).url
    return people


def invited(category: Category, number: int) -> list[Registration]:
    """With an invitation of their own, which needs no decision."""
    return [
        filled_invited(make_invitation(category.forum, category=category, skips_review=True)) for _ in range(number)
    ]


def with_code(category: Category, number: int) -> list[Registration]:
    """With one code for all of them, which needs no decision either."""
    code = make_access_code(category.forum, category=category, uses=number, skips_review=True)
    return [filled_by_code(code) for _ in range(number)]


def entering(forum: Forum, category: Category, number: int) -> Call:
    """A program enters somebody who has signed on paper."""
    api = program(forum, Role.ACCREDITATION_OFFICER)
    given = body(forum, category=category.code, person={"email": f"paper{number}@example.org"})
    return lambda: api.post("applications", given)


def approving(forum: Forum, application: Registration) -> Call:
    """A program approves."""
    api = program(forum, Role.ACCREDITATION_OFFICER)
    return lambda: api.post(f"applications/{application.ref}/approve", {"note": ""})


def desk(forum: Forum) -> Client:
    """An officer of one's own, signed in."""
    return sign_in(Client(), make_staff(forum, Role.ACCREDITATION_OFFICER))


def at_desk(forum: Forum, application: Registration, decision: str) -> Call:
    """An officer presses a button on the person's page; whoever is put in line is served at once, as by a worker."""
    client = desk(forum)

    def press() -> Any:
        answer = client.post(f"/team/people/{application.ref}/{decision}/")
        if decision == "line":
            serve_line(pool_id=application.category.pool_id)
        return answer

    return press


def in_bulk(forum: Forum, applications: list[Registration]) -> Call:
    """An officer approves all of these at once; the worker takes it in hand. Gives the page of what became of each."""
    client = desk(forum)

    def press() -> Any:
        asked = {"confirmed": "1", "chosen": " ".join(one.ref for one in applications), "decision": "approve"}
        answer = client.post("/team/people/approve/", asked)
        bulk = BulkDecision.objects.get(public_id=answer.url.rstrip("/").rpartition("/")[2])
        run_job(job_id=bulk.job_id)
        return client.get(answer.url)

    return press


def taking_a_list_over(forum: Forum, category: Category, names: list[str]) -> Call:
    """An officer hands a list in and has it taken over. Gives the page of what became of each row."""
    client = desk(forum)
    rows = [(name, *ANNA[1:3], f"row{at}@example.org", *ANNA[4:]) for at, name in enumerate(names)]
    content = as_text([HEADS, *rows])

    def press() -> Any:
        asked = {"category": category.pk, "language": "ru", "file": SimpleUploadedFile("list.csv", content)}
        page = client.post("/team/people/lists/", asked).url
        client.post(f"{page}start/")
        run = ImportRun.objects.get(public_id=page.rstrip("/").rpartition("/")[2])
        run_job(job_id=run.job_id)
        return client.get(page)

    return press
