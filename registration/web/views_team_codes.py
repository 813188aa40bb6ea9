"""The officers' room of codes: which there are, a new one, who came by one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.web.forms import attempt
from forum.web.undo import done
from registration.actions.codes import make_code, resume_code, stop_code
from registration.models import AccessCode, CodeUse
from registration.queries.codes import applications_of, codes_visible_to, is_open, shown, with_figures
from registration.queries.people import name_of
from registration.web.forms_team_invitations import CodeForm, quota_name
from registration.web.spellings import heading
from registration.web.views_team_invitations import PER_PAGE, InvitationsRoom


def code_row(code: AccessCode) -> dict[str, Any]:
    """One code, in words."""
    if code.stopped_at:
        tone, word = "off", _("stopped")
    elif code.used >= code.uses:
        tone, word = "ask", _("used up")
    elif is_open(code):
        tone, word = "ok", _("in force")
    else:
        tone, word = "off", _("over")
    return {"code": code, "shown": shown(code.code), "tone": tone, "word": word, "quota": _quota(code)}


def _quota(code: AccessCode) -> str:
    if code.quota is None:
        return ""
    code.quota.category = code.category
    return quota_name(code.quota)


class CodesRoom(InvitationsRoom):
    """Base: codes of the current edition."""

    def codes(self) -> QuerySet[AccessCode]:
        """Those one may see."""
        return codes_visible_to(self.account).filter(forum=self.forum)


class CodesView(CodesRoom):
    """Every code, the newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """With how often each was used."""
        page = Paginator(with_figures(self.codes()), PER_PAGE).get_page(request.GET.get("page"))
        context = {"page": page, "rows": [code_row(code) for code in page]}
        return render(request, "registration/team/codes.html", context)


class NewCodeView(CodesRoom):
    """Making one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        return self.page(CodeForm(forum=self.forum))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it and show it."""
        form = CodeForm(request.POST, forum=self.forum)
        made = attempt(form, lambda: make_code(form.terms(), by=self.account)) if form.is_valid() else None
        if made is None:
            return self.page(form, status=422)
        return redirect("people:code", public_id=made.public_id)

    def page(self, form: CodeForm, status: int = 200) -> HttpResponse:
        """The form with what was typed."""
        return render(self.request, "registration/team/code_new.html", {"form": form}, status=status)


class CodeView(CodesRoom):
    """One code: to hand out, and who came by it."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """As it stands now."""
        code = get_object_or_404(with_figures(self.codes()), public_id=public_id)
        page = Paginator(applications_of(code), PER_PAGE).get_page(request.GET.get("page"))
        address = request.build_absolute_uri(reverse("registration:code", args=[code.code]))
        context = code_row(code) | {"page": page, "rows": [_use(use) for use in page], "link": address}
        return render(request, "registration/team/code.html", context)


def _use(use: CodeUse) -> dict[str, Any]:
    return {"use": use, "registration": use.registration, "name": heading(name_of(use.registration.person))}


class StopView(CodesRoom):
    """Stop a code; the toast lets it go on."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """A second press changes nothing."""
        code = get_object_or_404(self.codes(), public_id=public_id)
        if stop_code(code, by=self.account):
            resume = reverse("people:code_resume", args=[public_id])
            done(request, _("The code is stopped. Applications that were sent with it stay."), undo=resume)
        return redirect("people:code", public_id=public_id)


class ResumeView(CodesRoom):
    """Let a stopped code go on."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """A second press changes nothing."""
        if resume_code(get_object_or_404(self.codes(), public_id=public_id), by=self.account):
            messages.success(request, _("The code works again."))
        return redirect("people:code", public_id=public_id)
