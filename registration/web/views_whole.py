"""The application on one page: for who fills in several, and for who would rather see everything at once.

The consent has come before it on a page of its own, as everywhere. Where the category asks questions, they come next.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from forum.errors import DomainError
from registration.actions.applications import save_and_send
from registration.models import Registration
from registration.queries.applications import WITH_ALL
from registration.queries.questions import has_questions
from registration.sessions import remember
from registration.web.answers import differences
from registration.web.forms import StepForm, WholeForm
from registration.web.standing import step_url
from registration.web.views_steps import NOT_SENT, StepView, go_on


class WholeView(StepView):
    """Name, contact and work, saved and sent with one button."""

    def form_of(self, **kwargs: str) -> type[StepForm]:
        """Always the same."""
        return WholeForm

    @property
    def asks(self) -> bool:
        """Whether questions follow: then it is saved here and sent after them."""
        return has_questions(self.registration)

    def _keep(self, form: StepForm, *, version: int) -> None:
        if self.asks:
            super()._keep(form, version=version)
        else:
            self.registration = save_and_send(
                self.registration, version=version, answers=form.answers(), by=self.account
            )

    def _refused(self, form: StepForm, error: DomainError) -> HttpResponse:
        """What was typed stays. A second press of the button finds it sent."""
        if error.code in NOT_SENT:
            return self._page(form, status=error.status, refused=error)
        if error.code == "registration.locked" and not self._differs(form):
            return self._go_on()
        return super()._refused(form, error)

    def _differs(self, form: StepForm) -> bool:
        stored = Registration.objects.select_related(*WITH_ALL).get(pk=self.registration.pk)
        return bool(differences(stored, form.answers()))

    def _go_on(self) -> HttpResponse:
        if self.asks:
            return go_on(self.request, self.registration, "work")
        remember(self.request, self.registration)
        return redirect("registration:sent", ref=self.registration.ref)

    def frame(self, step: str) -> dict[str, Any]:
        """No progress: it is one page."""
        lead = _("One page instead of three steps. It is saved and sent with the button at its end.")
        if self.asks:
            lead = _("One page instead of three steps. A few questions follow, then you check and send.")
        label = "" if self.asks else _("Send the application")
        back = step_url(self.registration, "name")
        return {"title": _("Your application"), "lead": lead, "back": back, "save_label": label}
