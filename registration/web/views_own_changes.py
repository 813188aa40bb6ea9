"""Changing what one has told, once the application is sent: what needs nobody's consent is saved at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.errors import DomainError
from registration.actions.answers import Filled
from registration.actions.own_changes import change_answers, change_facts
from registration.models import Registration
from registration.queries.applications import WITH_ALL
from registration.queries.changes import may_change
from registration.queries.questions import has_questions
from registration.web.access import OwnApplicationView
from registration.web.answers import differences
from registration.web.forms_changes import FactsForm
from registration.web.views_questions import QuestionsPage
from registration.web.views_steps import number


class FactsView(OwnApplicationView):
    """What one does, speaks, and reads our letters in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where nothing is changed any more there is no such page."""
        if not may_change(self.registration):
            return redirect("registration:my")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The form with what is stored."""
        return self._page(FactsForm(registration=self.registration))

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Save; a shorter position that we propose is looked at first."""
        form, version = FactsForm(request.POST, registration=self.registration), request.POST.get("version", "")
        if not form.is_valid():
            return self._page(form, status=422, version=version)
        if form.to_check:
            return self._page(form, version=version)
        try:
            change_facts(self.registration, version=number(version), answers=form.answers(), by=self.account)
        except DomainError as error:
            if error.code != "registration.stale":
                raise
            return self._stale(form)
        return saved(request)

    def _stale(self, form: FactsForm) -> HttpResponse:
        """Somebody saved in between: both versions; the same ones were saved by a first press of the button."""
        self.registration = Registration.objects.select_related(*WITH_ALL).get(pk=self.registration.pk)
        if differing := differences(self.registration, form.answers()):
            return self._page(form, status=409, differing=differing)
        return saved(self.request)

    def _page(self, form: FactsForm, *, status: int = 200, version: str = "", **context: Any) -> HttpResponse:
        context |= {
            "title": _("Position and languages"),
            "lead": _("It is saved at once. Names, citizenship and organisation are changed by request."),
            "form": form,
            "registration": self.registration,
            "version": version or self.registration.version,
            "back": reverse("registration:my"),
            "save_label": _("Save"),
        }
        return render(self.request, "registration/own_facts.html", context, status=status)


class AnswersView(QuestionsPage):
    """All questions of one's category, with what one has answered."""

    def is_asked(self) -> bool:
        """There are questions, and answers may be changed."""
        return may_change(self.registration) and has_questions(self.registration)

    def elsewhere(self) -> str:
        """Nothing to change."""
        return "registration:my"

    def save(self, filled: Filled, version: int) -> Registration:
        """At once."""
        return change_answers(self.registration, version=version, questions=filled, by=self.account)

    def saved(self) -> HttpResponse:
        """Back to where one stands."""
        return saved(self.request)

    def frame(self) -> dict[str, Any]:
        """A page by itself."""
        return {
            "title": _("Your answers"),
            "lead": _("Change what is different now. It is saved at once, nothing has to be sent again."),
            "back": reverse("registration:my"),
            "save_label": _("Save the answers"),
        }


def saved(request: HttpRequest) -> HttpResponse:
    """Back to where one stands."""
    messages.success(request, _("Your changes are saved."))
    return redirect("registration:my")
