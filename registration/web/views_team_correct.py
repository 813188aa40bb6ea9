"""What an officer corrects on a person, and pictures that are answers."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from registration.actions.corrections import correct_facts
from registration.models import Registration
from registration.queries.answer_files import file_readable_by
from registration.queries.people import name_of
from registration.web.answers import differences
from registration.web.forms_team import CorrectForm
from registration.web.spellings import heading
from registration.web.views_answer_files import answer_file
from registration.web.views_steps import number
from registration.web.views_team_person import PersonView


class CorrectView(PersonView):
    """Correcting what is printed, with a reason. Of two corrections at once the later is shown both versions."""

    permission_required = "registration.correct"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The form with what is stored."""
        registration = self.find()
        return self._page(registration, CorrectForm(registration=registration))

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Save, tell the rooms above."""
        registration = self.find()
        form = CorrectForm(request.POST, registration=registration)
        version = request.POST.get("version", "")
        if not form.is_valid():
            return self._page(registration, form, status=422, version=version)
        if form.to_check:
            return self._page(registration, form, version=version)
        try:
            correct_facts(
                registration,
                version=number(version),
                answers=form.answers(),
                reason=form.cleaned_data["reason"],
                by=cast(Account, request.user),
            )
        except DomainError as error:
            return self._refused(form, error)
        messages.success(request, _("The correction is saved."))
        return redirect("people:detail", ref=ref)

    def _refused(self, form: CorrectForm, refusal: DomainError) -> HttpResponse:
        """Another version was saved meanwhile, or the new delegation has no place: what was typed stays."""
        fresh = self.find()
        if refusal.code == "registration.stale":
            return self._page(fresh, form, status=409, differing=differences(fresh, form.answers()))
        if refusal.code != "places.full":
            raise refusal
        form.add_error("delegation", refusal.message)
        return self._page(fresh, form, status=409)

    def _page(
        self, registration: Registration, form: CorrectForm, *, status: int = 200, version: str = "", **context: Any
    ) -> HttpResponse:
        context |= {
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "form": form,
            "version": version or registration.version,
        }
        return render(self.request, "registration/team/correct.html", context, status=status)


class AnswerFileView(PersonView):
    """A picture that is an answer: for whoever may see answers to its question. Asked for by a button; it stands in the log."""

    def get(self, request: HttpRequest, ref: str, public_id: Any) -> HttpResponse:  # type: ignore[override]
        """The address of a button that was pressed, opened again."""
        return redirect("people:detail", ref=self.find().ref)

    def post(self, request: HttpRequest, ref: str, public_id: Any) -> HttpResponseBase:
        """A download."""
        kept = file_readable_by(request.user, self.find(), public_id)
        if kept is None:
            raise Http404
        return answer_file(kept, by=cast(Account, request.user))
