"""“My visa”: where one stands, what to give and by when, the letter."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.queries.papers import shown_code
from forum.registry import Panel
from forum.web.files import private_file
from forum.web.forms import attempt
from forum.web.limits import limited
from registration.actions.letters import take_letter
from registration.actions.visas import ask_for_letter, save_stay, stop_asking
from registration.enums import VISA_ASKS, VISA_OPEN, VisaState
from registration.models import Registration, VisaCase, VisaRule
from registration.queries.people import name_of
from registration.queries.visas import (
    COMES,
    case_of,
    document_kinds,
    is_asked,
    rules_of,
    standing_of,
    standings,
    verdict_of,
)
from registration.web.access import OwnApplicationView
from registration.web.forms_visa import StayForm
from registration.web.limits import VISA
from registration.web.spellings import own_heading
from registration.web.words_documents import COLUMNS
from registration.web.words_visa import TONES, truth_of

PDF = "application/pdf"


class VisaView(OwnApplicationView):
    """One page; the passport itself is given on the page of the document."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """With the form where a letter is asked for."""
        case = case_of(self.registration)
        return self.page(case, StayForm(case=case) if case and case.state in VISA_ASKS else None)

    @limited(VISA)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Keep the stay; what is refused stays in the form."""
        case = case_of(self.registration)
        if case is None or case.state not in VISA_ASKS:
            return redirect("registration:visa", ref=ref)
        form = StayForm(request.POST, case=case)
        if not form.is_valid() or attempt(form, lambda: self._save(form)) is None:
            return self.page(case, form, status=422)
        messages.success(request, _("Saved. Thank you."))
        return redirect("registration:visa", ref=ref)

    def _save(self, form: StayForm) -> VisaCase:
        return save_stay(self.registration, values=form.values(), version=form.cleaned_data["version"], by=self.account)

    def page(self, case: VisaCase | None, form: StayForm | None, *, status: int = 200) -> HttpResponse:
        """What holds, what is missing, the letter."""
        registration = self.registration
        standing = standing_of(case) if case else None
        said = verdict_of(
            registration,
            rules=rules_of(registration.forum, citizenship=registration.person.citizenship),
            document=document_kinds([registration]).get(registration.pk, ""),
            case=case,
        )
        rule = VisaRule.objects.filter(pk=said.rule.key).first() if said.rule else None
        context = {
            "registration": registration,
            "heading": own_heading(name_of(registration.person)),
            "asked": is_asked(registration) or bool(case and case.state != VisaState.DROPPED),
            "waits_for_place": registration.state not in COMES,
            "standing": standing,
            "truth": truth_of(standing, said),
            "tone": TONES[VisaState(case.state)] if case else "off",
            "rule": rule,
            "form": form,
            "missing": [str(COLUMNS[column]) for column in standing.missing] if standing else [],
            "may_ask": is_asked(registration) and (case is None or case.state not in (*VISA_ASKS, VisaState.GRANTED)),
            "may_stop": bool(case and case.state in VISA_OPEN),
            "has_letter": bool(standing and standing.letter and standing.letter.file_id),
            "code": shown_code(standing.letter.code) if standing and standing.letter else "",
        }
        return render(self.request, "registration/visa.html", context, status=status)


class AskView(OwnApplicationView):
    """“I need a letter.”"""

    @limited(VISA)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Ask for the data from now on; a second press changes nothing."""
        try:
            ask_for_letter(self.registration, by=self.account)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("We write you a letter. Now give us what it needs."))
        return redirect("registration:visa", ref=ref)


class StopView(OwnApplicationView):
    """“I need no letter.”"""

    @limited(VISA)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The case ends; a second press changes nothing."""
        stop_asking(self.registration, by=self.account)
        messages.success(request, _("Written down: you need no letter. You can ask for one again at any time."))
        return redirect("registration:visa", ref=ref)


class LetterView(OwnApplicationView):
    """One's own letter as a file."""

    @limited(VISA)
    def get(self, request: HttpRequest, ref: str) -> HttpResponseBase:
        """404 where there is none, or none that is valid."""
        try:
            content = take_letter(self.registration, by=self.account, as_applicant=True)
        except FileNotFoundError as error:
            raise Http404 from error
        return private_file(content, name="invitation.pdf", content_type=PDF)


def visa_contexts(request: HttpRequest, registrations: Sequence[Registration]) -> dict[int, dict[str, Any]]:
    """On the card of each application: where it stands; constant queries."""
    rows = VisaCase.objects.filter(registration__in=registrations).select_related("rule")
    by_key = {registration.pk: registration for registration in registrations}
    cases = list(rows)
    for case in cases:
        case.registration = by_key[case.registration_id]
    found = {standing.case.registration_id: standing for standing in standings(cases)}
    forums = {registration.forum_id: registration.forum for registration in registrations}
    rules = [rule for forum in forums.values() for rule in rules_of(forum)]
    kinds = document_kinds(registrations)
    return {
        registration.pk: _card(registration, found.get(registration.pk), rules, kinds.get(registration.pk, ""))
        for registration in registrations
    }


def _card(registration: Registration, standing: Any, rules: Any, document: str) -> dict[str, Any]:
    case = standing.case if standing else None
    shown = is_asked(registration) and (case is None or case.state != VisaState.DROPPED)
    if not shown:
        return {"shown": False}
    said = verdict_of(registration, rules=rules, document=document, case=case)
    return {"shown": True, "truth": truth_of(standing, said), "urgent": bool(case and case.state == VisaState.WANTED)}


MY_VISA = Panel("visa", "registration/partials/my_visa.html", 35, "", visa_contexts)
