"""Doors of the demo: sign in as any role with one click, and read the letters the forum sent.

`forum.urls` mounts them in demo mode only; every view refuses outside it as well, should somebody mount them by mistake.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from csp.constants import SELF
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin

from forum.demo import DELEGATE_ACCOUNT, ROLE_ACCOUNTS
from forum.enums import Role
from forum.models import Account
from forum.queries.access import is_staff
from forum.web.mailbox import Letter, letter, letters

PER_PAGE = 30
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LETTER_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"],
                 "frame-ancestors": [SELF], "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"]}  # fmt: skip
"""A letter may bring its inline style and nothing else; its links open beside the demo."""


class DemoView(View):
    """Base of the demo's doors."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Outside demo mode there is nothing here."""
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class RolesView(DemoView):
    """Who one can be in the demo, and what each can try."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One button for each account that the demo data made."""
        return render(request, "forum/demo/roles.html", {"cards": _cards(), "delegate": _delegate_card()})


def _cards() -> list[dict[str, Any]]:
    known = set(Account.objects.filter(email__in=[row[1] for row in ROLE_ACCOUNTS]).values_list("email", flat=True))
    return [
        {"key": key, "email": email, "title": Role(role).label, "text": label}
        for key, email, role, _scope, label in ROLE_ACCOUNTS
        if email in known
    ]


def _delegate_card() -> dict[str, Any] | None:
    if not Account.objects.filter(email=DELEGATE_ACCOUNT).exists():
        return None
    return {"key": "delegate", "email": DELEGATE_ACCOUNT, "title": _("Delegate"),
            "text": _("a confirmed participant: own status, badge, visits")}  # fmt: skip


class SignInView(DemoView):
    """One click signs in. In the demo it counts as second factor; it exists nowhere else."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """`key` names an account of the list, never an address."""
        addresses = {row[0]: row[1] for row in ROLE_ACCOUNTS} | {"delegate": DELEGATE_ACCOUNT}
        account = Account.objects.filter(email=addresses.get(request.POST.get("key", ""), "")).first()
        if account is None:
            raise Http404
        request.session.flush()
        login(request, account, backend=BACKEND)
        record_authentication(request, account, method="demo")
        return redirect("team:today" if is_staff(account) else "registration:my")


class MailboxView(DemoView):
    """The letters, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """`to` shows the letters of one address, as that person's mailbox would."""
        found = letters()
        to = request.GET.get("to", "").strip().lower()
        if to:
            found = [item for item in found if to in item.to.lower()]
        context = {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "to": to}
        return render(request, "forum/demo/mail_list.html", context)


def _letter_or_404(name: str) -> Letter:
    found = letter(name)
    if found is None:
        raise Http404
    return found


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class MailView(DemoView):
    """One letter: the HTML as a mail program shows it, the text, the files."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """The HTML stands in a sandboxed frame with an address of its own."""
        found = _letter_or_404(name)
        context = {"letter": found, "html": found.body("text/html"), "text": found.body("text/plain")}
        return render(request, "forum/demo/mail.html", context)


@method_decorator([csp(LETTER_POLICY), xframe_options_sameorigin], name="dispatch")
class MailPartView(DemoView):
    """One part of a letter: its HTML for the frame, anything else as a download."""

    def get(self, request: HttpRequest, name: str, part: int) -> HttpResponse:
        """Nothing but the letter's own HTML is ever shown."""
        parts = _letter_or_404(name).parts()
        if not 1 <= part <= len(parts):
            raise Http404
        found = parts[part - 1]
        if found.kind == "text/html" and not found.filename:
            return HttpResponse(found.text.replace("<head>", '<head><base target="_blank">', 1))
        disposition = content_disposition_header(as_attachment=True, filename=found.filename or f"part-{part}")
        return HttpResponse(found.data, content_type=found.kind, headers={"Content-Disposition": disposition})
