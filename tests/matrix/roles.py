"""Who asks: one caller for each role, with all the keys that somebody in this role may have in hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.utils.timezone import now

from agenda.models import VisitSlot
from forum.enums import Role
from forum.models import Account, ApiToken, Forum, Membership, Organisation
from registration.models import Registration
from registration.sessions import remember
from tests.api import make_token
from tests.factories.forum import make_account, make_staff
from tests.sessions import sign_in

ROLES = {
    "anon": "nobody: not signed in, no token",
    "app": "an applicant's browser without an account; it holds Lev's draft",
    "anna": "a delegate, signed in",
    "boris": "another delegate",
    "head": "head of the Belarusian delegation, looks after Galina",
    "uz": "head of another delegation (Uzbekistan)",
    "off": "accreditation officer",
    "prog": "programme editor of the host",
    "vis": "visit coordinator",
    "spb": "partner editor, Saint Petersburg",
    "tom": "partner editor, another region (Tomsk)",
    "azot": "host contact of a plant",
    "kru": "host contact of another plant",
    "esc": "escort of the run to azot",
    "chk": "check-in staff",
    "sup": "check-in supervisor",
    "prv": "privacy officer",
    "view": "viewer (press office)",
    "exp": "organiser whose grant has expired",
    "past": "organiser of a past edition",
    "1fa": "organiser, signed in without the second factor",
    "org": "organiser",
}
"""Column of the table -> who it is."""


class _Browser(RequestFactory):
    """Sends requests to the whole application. Unlike `django.test.Client` it copies no contexts of templates, which
    for thousands of pages is most of the time, and what breaks is an answer with the status 500.
    """

    handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


@dataclass
class Caller:
    """Somebody with a browser's cookies and perhaps a token and a phone."""

    account: Account | None = None
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    api_token: ApiToken | None = None
    secret: str = ""
    phone: str = ""

    def ask(self, method: str, address: str, *, door: str, **data: str) -> Any:
        """One request. `door` is what is shown there: the browser's session, the token, or the phone's token."""
        browser = _Browser()
        browser.cookies = SimpleCookie(self.cookies)
        headers = {"HX-Request": "true"} if method == "PART" else {}
        body: dict[str, Any] = {"data": data} if data else {}
        if door != "session":
            headers |= self._authorization(door)
            body = {"data": json.dumps(data), "content_type": "application/json"} if method != "GET" else {}
        send = getattr(browser, {"PART": "get"}.get(method, method.lower()))
        return send(address, headers=headers, **body)

    def _authorization(self, door: str) -> dict[str, str]:
        """Whoever has no phone tries with the token."""
        if door == "phone" and self.phone:
            return {"Authorization": f"Device {self.phone}"}
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


def make_applicant(registration: Registration) -> Caller:
    """A browser that has opened an application, as after the consent or the link in the letter."""
    client, request = Client(), RequestFactory().get("/")
    request.session = client.session
    remember(request, registration)
    request.session.save()
    return Caller(cookies=client.cookies)


def make_callers(forum: Forum, *, plants: Mapping[str, Organisation], escorted: VisitSlot) -> dict[str, Caller]:
    """Everybody but the organiser of the past edition and the applicant."""
    team = {
        "head": (Role.DELEGATION_HEAD, "BY"),
        "uz": (Role.DELEGATION_HEAD, "UZ"),
        "off": (Role.ACCREDITATION_OFFICER, ""),
        "prog": (Role.PROGRAMME_EDITOR, ""),
        "vis": (Role.VISIT_COORDINATOR, ""),
        "spb": (Role.PARTNER_EDITOR, "RU-SPE"),
        "tom": (Role.PARTNER_EDITOR, "RU-TOM"),
        "azot": (Role.HOST_CONTACT, str(plants["azot"].public_id)),
        "kru": (Role.HOST_CONTACT, str(plants["kru"].public_id)),
        "esc": (Role.ESCORT, str(escorted.public_id)),
        "chk": (Role.CHECKIN_STAFF, ""),
        "sup": (Role.CHECKIN_SUPERVISOR, ""),
        "prv": (Role.PRIVACY_OFFICER, ""),
        "view": (Role.VIEWER, ""),
        "exp": (Role.ORGANISER, ""),
        "org": (Role.ORGANISER, ""),
    }
    made = {"anon": Caller()}
    made |= {key: _signed_in(make_account(f"{key}@people.example"), False) for key in ("anna", "boris")}
    made |= {key: make_staff_caller(forum, key, role, scope) for key, (role, scope) in team.items()}
    made["1fa"] = _signed_in(make_staff(forum, Role.ORGANISER, email="1fa@team.example"), False)
    long_ago = {"created_at": now() - timedelta(days=9), "valid_until": now() - timedelta(seconds=1)}
    Membership.objects.filter(account=made["exp"].account).update(**long_ago)
    return made


def make_past_caller(past: Forum) -> Caller:
    """While the past edition is the current one."""
    return make_staff_caller(past, "past", Role.ORGANISER, "")


def make_staff_caller(forum: Forum, key: str, role: Role, scope: str) -> Caller:
    """Somebody of the team, signed in with a second factor, with a token of the same role."""
    account = make_staff(forum, role, scope_id=scope, email=f"{key}@team.example")
    caller = _signed_in(account, True)
    caller.api_token, caller.secret = make_token(forum, role, scope_id=scope, holder=account)
    # Used just now, so that it is not written down again at each request.
    ApiToken.objects.filter(pk=caller.api_token.pk).update(last_used_at=now())
    return caller


def _signed_in(account: Account, second_factor: bool) -> Caller:
    return Caller(account, sign_in(Client(), account, second_factor=second_factor).cookies)
