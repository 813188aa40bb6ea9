"""Visas before the officers: the board by urgency, one case, the letter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forum.models import Account
from forum.registry import Panel
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from forum.web.undo import done
from registration.actions.letters import issue_letter, take_letter, withdraw_letter
from registration.actions.visas import ask_for_letter, decide_case
from registration.enums import HAS_LETTER, VISA_ASKS, VISA_MOVES, VISA_OPEN, VisaState
from registration.models import Registration
from registration.queries.applications import registrations_visible_to
from registration.queries.people import name_of
from registration.queries.visas import (
    Standing,
    by_urgency,
    case_of,
    cases_visible_to,
    document_kinds,
    is_asked,
    letters_of,
    rules_of,
    standing_of,
    standings,
    verdict_of,
)
from registration.web.forms_team_visa import BoardForm, DecisionForm, LetterReasonForm
from registration.web.limits import LOOKS
from registration.web.spellings import heading
from registration.web.words_documents import COLUMNS
from registration.web.words_visa import TONES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

S = VisaState
PER_PAGE = 50


@dataclass(frozen=True)
class Choice:
    """What an officer may decide. `asks`: what it costs, asked before it is done; the inverse is offered where there is one."""

    to: VisaState
    label: "_StrPromise"
    asks: "_StrPromise | str" = ""
    has_undo: bool = False


_VOIDS = gettext_lazy("A valid invitation letter becomes void.")
CHOICES = (
    Choice(S.GRANTED, gettext_lazy("The visa is granted"), has_undo=True),
    Choice(S.REFUSED, gettext_lazy("The visa is refused"), has_undo=True),
    Choice(S.WANTED, gettext_lazy("A letter is needed: ask for the data"), _VOIDS),
    Choice(S.NOT_NEEDED, gettext_lazy("No letter is needed"), _VOIDS),
    Choice(S.CHECKING, gettext_lazy("Still to be checked")),
    Choice(S.DROPPED, gettext_lazy("Not needed any more"), _VOIDS),
)


class BoardView(TeamView):
    """All cases, the most urgent first."""

    permission_required = "registration.manage_visas"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is open, unless another state is asked for."""
        form = BoardForm(request.GET)
        state, country = form.chosen("state"), form.chosen("country")
        rows = cases_visible_to(request.user, forum=self.forum)
        if state != "all":
            rows = rows.filter(state=state) if state else rows.filter(state__in=VISA_OPEN)
        if country:
            rows = rows.filter(registration__person__citizenship=country)
        page = Paginator(by_urgency(standings(list(rows))), PER_PAGE).get_page(request.GET.get("page"))
        context = {"form": form, "page": page, "rows": [row(one) for one in page], "chosen": bool(state or country)}
        return render(request, "registration/team/visas.html", context)


def row(standing: Standing) -> dict[str, Any]:
    """A line of the board."""
    case = standing.case
    return {
        "standing": standing,
        "registration": case.registration,
        "name": heading(name_of(case.registration.person)),
        "citizenship": case.registration.person.citizenship,
        "tone": TONES[S(case.state)],
        "days": days_words(standing.days_left) if standing.is_open else "",
        "is_late": standing.is_open and standing.days_left < 0,
        "lacks": len(standing.missing) + len(standing.missing_stay) if case.state in VISA_ASKS else 0,
    }


def days_words(days_left: int) -> str:
    """“12 days left”, “today”, “3 days late”."""
    if days_left > 0:
        return ngettext("%(days)s day left", "%(days)s days left", days_left) % {"days": days_left}
    if days_left == 0:
        return _("today is the last day")
    return ngettext("%(days)s day late", "%(days)s days late", -days_left) % {"days": -days_left}


class CaseView(TeamView):
    """One case: what is known, what is missing, the letters, what may be decided."""

    permission_required = "registration.manage_visas"

    def find(self) -> Registration:
        """The application, or 404."""
        visible = registrations_visible_to(self.request.user).filter(forum=self.forum)
        return get_object_or_404(visible, ref=self.kwargs["ref"])

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Without a case: what the rules say, and the button that opens one."""
        return self.page(self.find())

    def page(self, registration: Registration, *, status: int = 200, **forms: Any) -> HttpResponse:
        """The same page with whatever was refused."""
        case = case_of(registration)
        standing = standing_of(case) if case else None
        context = {
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "case": case,
            "standing": standing,
            "is_asked": is_asked(registration),
            "outcome": verdict_of(
                registration,
                rules=rules_of(self.forum, citizenship=registration.person.citizenship),
                document=document_kinds([registration]).get(registration.pk, ""),
                case=case,
            ).outcome.label,
            "row": row(standing) if standing else None,
            "missing": [str(COLUMNS[column]) for column in standing.missing] if standing else [],
            "choices": _choices(S(case.state)) if case else [],
            "letters": letters_of(registration),
            "may_issue": bool(standing and standing.is_complete and case and case.state in (S.READY, *HAS_LETTER)),
            "reason_form": LetterReasonForm(label_suffix=""),
            "decision_form": DecisionForm(initial={"remark": case.note if case else ""}, label_suffix=""),
            **forms,
        }
        return render(self.request, "registration/team/visa.html", context, status=status)

    @property
    def by(self) -> Account:
        """Who acts."""
        return cast(Account, self.request.user)


def _choices(state: VisaState) -> list[dict[str, Any]]:
    possible = [choice for choice in CHOICES if choice.to in VISA_MOVES[state]]
    return [
        {"to": choice.to.value, "label": choice.label, "asks": choice.asks if state in HAS_LETTER else ""}
        for choice in possible
    ]


class CaseDoor(CaseView):
    """Base of what only takes a form: opened again, it leads to the case."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Back to the page."""
        return redirect("people:visa", ref=self.find().ref)

    def answer(self, form: Any, act: Callable[[], object], said: str) -> HttpResponse:
        """Do it and say so; what is refused is said on the page."""
        registration = self.find()
        if not form.is_valid() or attempt(form, act) is None:
            return self.page(registration, status=422, refused=form)
        messages.success(self.request, said)
        return redirect("people:visa", ref=registration.ref)


class OpenView(CaseDoor):
    """An officer says that a letter is needed."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The person is asked for the data."""
        registration, form = self.find(), forms.Form({})
        return self.answer(
            form,
            lambda: ask_for_letter(registration, by=self.by, as_applicant=False),
            _("The person is asked for the data."),
        )


class DecideView(CaseDoor):
    """Where the case goes; a remark."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """What can be taken back is offered with its way back."""
        registration, form = self.find(), DecisionForm(request.POST, label_suffix="")
        case = case_of(registration)
        was = case.state if case else ""
        if not form.is_valid():
            return self.page(registration, status=422, refused=form)
        to = S(form.cleaned_data["to"])
        remark = form.cleaned_data["remark"]
        if attempt(form, lambda: decide_case(registration, to, remark=remark, by=self.by)) is None:
            return self.page(self.find(), status=409, refused=form)
        self._say(registration, was, to)
        return redirect("people:visa", ref=ref)

    def _say(self, registration: Registration, was: str, to: VisaState) -> None:
        text = _("Written down: %(state)s") % {"state": to.label}
        takes_back = any(choice.to == to and choice.has_undo for choice in CHOICES)
        if takes_back and was in (S.ISSUED, S.NOT_NEEDED):
            done(self.request, text, undo=reverse("people:visa_back", args=[registration.ref, was]))
        else:
            messages.success(self.request, text)


class BackView(CaseDoor):
    """Taking “granted” or “refused” back."""

    def get(self, request: HttpRequest, ref: str, state: str) -> HttpResponse:  # type: ignore[override]
        """Back to the page."""
        return redirect("people:visa", ref=self.find().ref)

    def post(self, request: HttpRequest, ref: str, state: str) -> HttpResponse:
        """Only to where it may have come from."""
        registration = self.find()
        if state not in (S.ISSUED, S.NOT_NEEDED):
            raise Http404
        form = DecisionForm({"to": state}, label_suffix="")
        return self.answer(form, lambda: decide_case(registration, S(state), remark="", by=self.by), _("Taken back."))


class IssueView(CaseDoor):
    """A letter, or a new one with a reason."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The number at once, the drawing by a worker."""
        registration = self.find()
        form = LetterReasonForm(request.POST, label_suffix="")
        form.fields["reason"].required = False
        return self.answer(
            form,
            lambda: issue_letter(registration, by=self.by, reason=form.cleaned_data["reason"]),
            _("The letter has its number and is being drawn. The person gets an email when it is ready."),
        )


class VoidView(CaseDoor):
    """The valid letter is valid no longer."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """With a reason; the person is told."""
        registration, form = self.find(), LetterReasonForm(request.POST, label_suffix="")
        return self.answer(
            form,
            lambda: withdraw_letter(registration, reason=form.cleaned_data["reason"], by=self.by),
            _("The letter is void. The page of the code says so at once."),
        )


class FileView(CaseDoor):
    """The letter as a file: it names the passport, so a reason stands in the log first."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponseBase:
        """Too many looks in an hour are refused, as of documents."""
        registration, form = self.find(), LetterReasonForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.page(registration, status=422, refused=form)
        if not LOOKS.passes_for(str(self.by.public_id)):
            form.add_error(None, _("You have looked at very many documents within an hour. Go on later."))
            return self.page(registration, status=429, refused=form)
        try:
            content = take_letter(registration, by=self.by, reason=form.cleaned_data["reason"])
        except FileNotFoundError as error:
            raise Http404 from error
        return private_file(content, name="invitation.pdf", content_type="application/pdf")


def visa_panel(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """On the page of one application: where the visa stands. Of people from here nothing is looked up."""
    if registration.person.citizenship in ("", "RU"):
        return {"asked": False, "case": None, "row": None}
    case = case_of(registration)
    standing = standing_of(case) if case else None
    return {"asked": is_asked(registration), "case": case, "row": row(standing) if standing else None}


PANEL = Panel("visa", "registration/team/panels/visa.html", 31, "registration.manage_visas", visa_panel)
