"""People without an email of their own: record the consent they signed on paper, complete the application, send it."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from registration.actions.answers import Filled
from registration.actions.paper import record_paper, send_for
from registration.exports.consent_sheet import consent_sheet_pdf
from registration.models import ConsentDocument, Registration
from registration.queries.delegations import papers_visible_to, signed_on_paper
from registration.queries.offers import consent_in_force
from registration.queries.people import name_of
from registration.queries.questions import asked_of, held_pools, places_left
from registration.web.answers import differences
from registration.web.fields_questions import Places
from registration.web.forms_questions import QuestionsForm
from registration.web.forms_team_papers import CompleteForm, PaperForm
from registration.web.spellings import heading
from registration.web.views_steps import number

PER_PAGE = 50


class PapersView(TeamView):
    """Who signs on paper, and whose application can be sent now."""

    permission_required = "registration.record_paper"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Two lists: before and after the signature; the second one is the officer's."""
        waiting = Paginator(papers_visible_to(request.user, self.forum), PER_PAGE).get_page(request.GET.get("page"))
        may_send = request.user.has_perm("registration.register_others")
        signed = signed_on_paper(self.forum)[:PER_PAGE] if may_send else []
        context = {"page": waiting, "rows": _rows(waiting), "signed": _rows(signed)}
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


class CompleteView(TeamView):
    """Everything that is still missing, then the application is sent for the person."""

    permission_required = "registration.register_others"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The form with what the list said."""
        registration = self._find()
        return self._page(registration, CompleteForm(registration=registration), self._questions(registration))

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Send it; the application is among the others now."""
        registration = self._find()
        form, questions = CompleteForm(request.POST, registration=registration), self._questions(registration, request)
        if questions is not None:
            questions.drop_errors_of(unseen := questions.unseen)
        is_whole = questions is None or (questions.is_valid() and not unseen)
        if not form.is_valid() or form.to_check or not is_whole:
            return self._page(registration, form, questions, status=422)
        try:
            self._send(registration, form, questions)
        except DomainError as refusal:
            return self._refused(refusal, form, questions)
        messages.success(request, _("Sent: %(name)s") % {"name": heading(name_of(self._sent().person))})
        return redirect("people:detail", ref=ref)

    def _sent(self) -> Registration:
        return Registration.objects.select_related("person").get(ref=self.kwargs["ref"])

    def _send(self, registration: Registration, form: CompleteForm, questions: QuestionsForm | None) -> None:
        filled = Filled(registration.category.form_id or 0, questions.values()) if questions is not None else None
        send_for(
            registration,
            version=number(self.request.POST.get("version", "")),
            answers=form.answers(),
            questions=filled,
            by=cast(Account, self.request.user),
        )

    def _refused(self, refusal: DomainError, form: CompleteForm, questions: QuestionsForm | None) -> HttpResponse:
        """What was typed stays; what somebody else has saved meanwhile stands beside it."""
        fresh = self._find()
        for name, message in refusal.fields.items():
            place = questions if questions is not None and name in questions.fields else form
            place.add_error(name if name in place.fields else None, str(message))
        if not refusal.fields:
            form.add_error(None, str(refusal.message))
        return self._page(fresh, form, questions, status=409, differing=differences(fresh, form.answers()))

    def _find(self) -> Registration:
        return get_object_or_404(signed_on_paper(self.forum), ref=self.kwargs["ref"])

    def _questions(self, registration: Registration, request: HttpRequest | None = None) -> QuestionsForm | None:
        """Of the category; none where it asks nothing."""
        asked = asked_of(registration)
        if asked is None or not asked.items:
            return None
        left = places_left(asked.sheet)
        mine = held_pools(left, registration.person).get(registration.person_id, ()) if left else ()
        return QuestionsForm(request.POST if request else None, asked=asked, places=Places(left, mine))

    def _page(
        self,
        registration: Registration,
        form: CompleteForm,
        questions: QuestionsForm | None,
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        context = more | {
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "form": form,
            "questions": questions,
            "parts": questions.parts() if questions is not None else [],
            "version": registration.version,
        }
        return render(self.request, "registration/team/complete.html", context, status=status)
