"""The steps of an application, each saved as one goes; then check, send, and what happens next."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from forum.errors import DomainError
from registration.actions.applications import save_answers, submit
from registration.enums import RegistrationState
from registration.models import Registration
from registration.queries.applications import WITH_ALL
from registration.queries.consents import matters_of
from registration.queries.line import in_line
from registration.queries.questions import has_questions, is_begun, missing_of
from registration.sessions import remember
from registration.web.access import EditableApplicationView, OwnApplicationView
from registration.web.answers import consents_of, differences, latin_proposal, sections
from registration.web.answers_questions import question_sections
from registration.web.forms import CategoryForm, ContactForm, NameForm, StepForm, WorkForm
from registration.web.standing import Standing, first_missing_step, standing, step_url, time_line
from registration.web.views_consents import shown
from registration.web.way import TITLES, after, before, way

FORMS: dict[str, type[StepForm]] = {form.step: form for form in (CategoryForm, NameForm, ContactForm, WorkForm)}


class StepView(EditableApplicationView):
    """One step of the form, saved as one goes."""

    step: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """There are only the steps there are."""
        super().setup(request, *args, **kwargs)
        self.step = kwargs["step"]
        if self.step not in FORMS:
            raise Http404

    def get(self, request: HttpRequest, ref: str, step: str) -> HttpResponse:
        """The form with what is stored."""
        return self._page(FORMS[step](registration=self.registration))

    def post(self, request: HttpRequest, ref: str, step: str) -> HttpResponse:
        """Save and go on; or, where asked, fill in the proposed Latin name and show the page again."""
        if step == NameForm.step and ("propose" in request.POST or "look" in request.POST):
            return self._propose(fill="propose" in request.POST)
        form = FORMS[step](request.POST, registration=self.registration)
        if not form.is_valid():
            return self._page(form, status=422, version=request.POST.get("version", ""))
        if isinstance(form, WorkForm) and form.to_check:
            return self._page(form, version=request.POST.get("version", ""))
        try:
            self.registration = save_answers(
                self.registration, version=number(request.POST.get("version")), answers=form.answers(), by=self.account
            )
        except DomainError as error:
            if error.code != "registration.stale":
                raise
            return self._stale(form)
        return self._go_on()

    def _propose(self, *, fill: bool) -> HttpResponse:
        """Nothing is saved. Where the person asks for it, the proposal goes into the empty fields, to be compared with
        the document; else it is only shown.
        """
        typed = {field: self.request.POST.get(field, "") for field in NameForm.base_fields}
        proposal = NameForm.propose(typed)
        if proposal and fill:
            typed |= {"latin_surname": proposal.surname, "latin_given_name": proposal.given}
        form = NameForm(registration=self.registration)
        form.initial = {**form.initial, **typed}
        version = self.request.POST.get("version", "")
        return self._page(form, version=version, filled=bool(proposal) and fill, nothing=fill and not proposal)

    def _stale(self, form: StepForm) -> HttpResponse:
        """Somebody saved in between. What was typed stays in the form, beside what is stored now."""
        self.registration = Registration.objects.select_related(*WITH_ALL).get(pk=self.registration.pk)
        if differing := differences(self.registration, form.answers()):
            return self._page(form, status=409, differing=differing)
        return self._go_on()  # the same answers were saved by a first press of the button

    def _go_on(self) -> HttpResponse:
        """To the next step; to the summary once nothing is missing."""
        return go_on(self.request, self.registration, self.step)

    def _page(self, form: StepForm, *, status: int = 200, version: str = "", **context: Any) -> HttpResponse:
        title, lead = TITLES[self.step]
        context |= {
            "title": title,
            "lead": lead,
            "form": form,
            "registration": self.registration,
            "version": version or self.registration.version,
            "proposal": form.proposal() if isinstance(form, NameForm) else None,
            "back": back(self.registration, self.step),
        }
        context |= way(self.step, asks=has_questions(self.registration))
        return render(self.request, f"registration/step_{self.step}.html", context, status=status)


def go_on(request: HttpRequest, registration: Registration, step: str) -> HttpResponse:
    """To the next step; to the summary once nothing is missing. Questions that need no answer are shown once, too."""
    remember(request, registration)
    following = after(step, asks=has_questions(registration))
    if following == "questions" and not is_begun(registration):
        return redirect(step_url(registration, following))
    if following == "consent" or not missing_of(registration):
        following = first_missing_step(registration)
    return redirect(step_url(registration, following))


def back(registration: Registration, step: str) -> str:
    """Where “Back” leads: whoever came from the summary goes back there."""
    previous = before(step, asks=has_questions(registration))
    return step_url(registration, previous if missing_of(registration) else "summary")


class SummaryView(EditableApplicationView):
    """Everything at one glance, each part with its way back; then send."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """All answers; what is missing is named with its remedy."""
        return self._page()

    def _page(self, *, refused: DomainError | None = None) -> HttpResponse:
        asks = has_questions(self.registration)
        context = {
            "registration": self.registration,
            "refused": refused,
            "sections": sections(self.registration) + question_sections(self.registration),
            "missing_step": step_url(self.registration, first_missing_step(self.registration)),
            "is_complete": not missing_of(self.registration),
            "latin": latin_proposal(self.registration),
            "consents": consents_of(self.registration),
            "optional": [shown(one) for one in matters_of(self.registration.person) if not one.is_needed],
            "back": step_url(self.registration, before("summary", asks=asks)),
        }
        context |= way("summary", asks=asks)
        return render(self.request, "registration/summary.html", context, status=refused.status if refused else 200)

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Send. A second press sends nothing more."""
        if missing_of(self.registration):
            return self._page()
        try:
            submit(self.registration, by=self.account)
        except DomainError as error:
            if error.code not in ("questions.full", "entrance.over"):
                raise
            return self._page(refused=error)
        return redirect("registration:sent", ref=ref)


class SentView(OwnApplicationView):
    """It has arrived: the reference, what happens next, and that a letter is on its way."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Only for what was really sent."""
        if self.registration.state == RegistrationState.DRAFT:
            return redirect("registration:summary", ref=ref)
        moves = list(self.registration.moves.all())
        context = {
            "registration": self.registration,
            "standing": self._standing(),
            "time_line": time_line(self.registration, moves),
        }
        return render(request, "registration/sent.html", context)

    def _standing(self) -> Standing | None:
        """Where it stands already: a place, or the waiting list and why. None while officers have to decide."""
        if self.registration.state == RegistrationState.SUBMITTED:
            return None
        return standing(self.registration, in_line([self.registration]).get(self.registration.pk))


def number(text: str | None) -> int:
    """The version a page was made from; none we ever gave when it was tampered with."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1
