"""People without an email of their own: who signs on paper, and the paper they have signed."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from registration.actions.paper import record_paper
from registration.exports.consent_sheet import consent_sheet_pdf
from registration.models import ConsentDocument, Registration
from registration.queries.delegations import papers_visible_to, signed_on_paper
from registration.queries.offers import consent_in_force
from registration.queries.people import name_of
from registration.web.forms_team_papers import PaperForm
from registration.web.spellings import heading

PER_PAGE = 50


class PapersView(TeamView):
    """Who signs on paper, and whose application can be sent now."""

    permission_required = "registration.record_paper"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Two lists: before and after the signature; the second one is the officer's."""
        waiting = Paginator(papers_visible_to(request.user, self.forum), PER_PAGE).get_page(request.GET.get("page"))
        may_send = request.user.has_perm("registration.register_others")
        signed = signed_on_paper(self.forum)[:PER_PAGE] if may_send else []
        context = {"page": waiting, "rows": _rows(waiting), "signed": _rows(signed), "may_add": may_send}
        return render(request, "registration/team/papers.html", context)


def _rows(registrations: Any) -> list[dict[str, Any]]:
    return [{"registration": one, "name": heading(name_of(one.person))} for one in registrations]


class SheetView(TeamView):
    """The consent as a paper to print: the person reads and signs it before a witness. It names nobody."""

    permission_required = "registration.print_consent"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """In the language that is asked for, else in the first one of the forum."""
        document = consent_in_force(self.forum)
        if document is None:
            raise Http404
        asked = request.GET.get("language", "")
        language = asked if asked in dict(settings.LANGUAGES) else self.forum.languages[0]
        with translation.override(language):
            content = consent_sheet_pdf(document)
        return private_file(content, name=f"consent-{language}.pdf", content_type="application/pdf")


class PaperView(TeamView):
    """Record the paper that somebody has signed before a witness."""

    permission_required = "registration.record_paper"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The form beside the text that was signed."""
        registration = self._find()
        return self._page(registration, PaperForm(registration=registration))

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Write the consent down; the officer goes on to the application."""
        registration, by = self._find(), cast(Account, request.user)
        form = PaperForm(request.POST, registration=registration)
        if not form.is_valid():
            return self._page(registration, form, status=422)
        paper = form.paper(self._document())
        if attempt(form, lambda: record_paper(registration, paper=paper, by=by)) is None:
            return self._page(registration, form, status=409)
        messages.success(request, _("The consent is recorded. Keep the paper."))
        if request.user.has_perm("registration.register_others"):
            return redirect("people:complete", ref=ref)
        return redirect("people:papers")

    def _find(self) -> Registration:
        return get_object_or_404(papers_visible_to(self.request.user, self.forum), ref=self.kwargs["ref"])

    def _document(self) -> ConsentDocument:
        document = consent_in_force(self.forum)
        if document is None:
            raise Http404
        return document

    def _page(self, registration: Registration, form: PaperForm, *, status: int = 200) -> HttpResponse:
        context = {
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "document": self._document(),
            "form": form,
        }
        return render(self.request, "registration/team/paper.html", context, status=status)
