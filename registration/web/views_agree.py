"""The consent of somebody whom the organisers have entered from a list: nothing goes on before it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from forum.web.limits import client_ip, limited
from registration.actions.consents import give_consent
from registration.engine.texts import parts_of
from registration.enums import RegistrationState
from registration.models import ConsentDocument
from registration.queries.offers import consent_in_force
from registration.queries.questions import has_questions
from registration.web.access import OwnApplicationView
from registration.web.answers import sections
from registration.web.forms import AgreeForm, with_value
from registration.web.limits import START
from registration.web.standing import first_missing_step, step_url
from registration.web.way import way


class AgreeView(OwnApplicationView):
    """What the organisers have filled in, the full text, and a box that nobody has ticked."""

    document: ConsentDocument

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Only for such drafts; there must be a text to agree to."""
        super().setup(request, *args, **kwargs)
        document = consent_in_force(self.registration.forum)
        if document is None:
            raise Http404
        self.document = document

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Whoever has agreed already goes on with the application."""
        if not self._waits():
            return self._go_on()
        return self._page(AgreeForm(document=self.document))

    @limited(START)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Agree and go on; a second press goes on too."""
        if not self._waits():
            return self._go_on()
        form = AgreeForm(request.POST, document=self.document)
        if not form.is_valid():
            form.data = with_value(form.data, version=str(self.document.version))
            return self._page(form, status=422)
        language = get_language() or self.registration.language
        give_consent(
            self.registration,
            document=self.document,
            language=language,
            ip=client_ip(request) or None,
            by=self.account,
        )
        self.registration.refresh_from_db()
        return self._go_on()

    def _waits(self) -> bool:
        return self.registration.awaits_consent and self.registration.state == RegistrationState.DRAFT

    def _go_on(self) -> HttpResponse:
        return redirect(step_url(self.registration, first_missing_step(self.registration)))

    def _page(self, form: AgreeForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "document": self.document,
            "parts": parts_of(self.document.body),
            "registration": self.registration,
            "sections": sections(self.registration),
        }
        context |= way("consent", asks=has_questions(self.registration))
        return render(self.request, "registration/agree.html", context, status=status)
