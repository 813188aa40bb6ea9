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
from registration.sessions import expect, remember
from registration.web.access import EditableApplicationView, OwnApplicationView
from registration.web.answers import consents_of, differences, latin_proposal, sections
from registration.web.answers_questions import question_sections
from registration.web.forms import CategoryForm, ContactForm, NameForm, StepForm, WorkForm
from registration.web.standing import Standing, first_missing_step, standing, step_url, time_line
from registration.web.views_consents import shown
from registration.web.way import TITLES, after, before, way

FORMS: dict[str, type[StepForm]] = {form.step: form for form in (CategoryForm, NameForm, ContactForm, WorkForm)}
NOT_SENT = frozenset({"questions.full", "entrance.over"})
"""Why sending may be refused for what others have done meanwhile: said on the page, nothing is lost."""


class StepView(EditableApplicationView):
    """One step of the form, saved as one goes."""

    form: type[StepForm]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """There are only the steps there are."""
        super().setup(request, *args, **kwargs)
        self.form = self.form_of(**kwargs)

    def form_of(self, *, ref: str, step: str) -> type[StepForm]:
        """The form of the address."""
        if step not in FORMS:
            raise Http404
        return FORMS[step]

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """The form with what is stored."""
        return self._page(self.form(registration=self.registration))

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Save and go on; or, where asked, fill in the proposed Latin name and show the page again."""
        if issubclass(self.form, NameForm) and ("propose" in request.POST or "look" in request.POST):
            return self._propose(self.form, fill="propose" in request.POST)
        form = self.form(request.POST, registration=self.registration)
        if not form.is_valid():
            return self._page(form, status=422, version=request.POST.get("version", ""))
        if isinstance(form, WorkForm) and form.to_check:
            return self._page(form, version=request.POST.get("version", ""))
        if "email" in form.asks:
            expect(request, self.registration, email=form.answers()["email"])
        try:
            self._keep(form, version=number(request.POST.get("version")))
        except DomainError as error:
            return self._refused(form, error)
        return self._go_on()

    def _refused(self, form: StepForm, error: DomainError) -> HttpResponse:
        if error.code != "registration.stale":
            raise error
        return self._stale(form)

    def _keep(self, form: StepForm, *, version: int) -> None:
        self.registration = save_answers(self.registration, version=version, answers=form.answers(), by=self.account)

    def _propose(self, kind: type[NameForm], *, fill: bool) -> HttpResponse:
        """Nothing is saved. Where the person asks for it, the proposal goes into the empty fields, to be compared with
        the document; else it is only shown.
        """
        form = kind(registration=self.registration)
        open_ones = {name: field.widget for name, field in form.fields.items() if name not in form.locked}
        typed = {name: widget.value_from_datadict(self.request.POST, {}, name) for name, widget in open_ones.items()}
        proposal = kind.propose({**form.initial, **typed})
        if proposal and fill:
            typed |= {"latin_surname": proposal.surname, "latin_given_name": proposal.given}
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
        return go_on(self.request, self.registration, self.form.step)

    def _page(self, form: StepForm, *, status: int = 200, version: str = "", **context: Any) -> HttpResponse:
        context |= {
            "form": form,
            "registration": self.registration,
            "version": version or self.registration.version,
            "proposal": form.proposal() if isinstance(form, NameForm) else None,
        }
        context |= self.frame(form.step)
        return render(self.request, f"registration/step_{form.step}.html", context, status=status)

    def frame(self, step: str) -> dict[str, Any]:
        """Title, lead, way back, progress."""
        title, lead = TITLES[step]
        asks = has_questions(self.registration)
        return {"title": title, "lead": lead, "back": back(self.registration, step)} | way(step, asks=asks)


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
            if error.code not in NOT_SENT:
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
