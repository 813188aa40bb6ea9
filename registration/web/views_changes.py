"""Asking the organisers to change a key field of an approved application."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.web.forms import attempt
from registration.actions.changes import ask_for_change, take_request_back
from registration.enums import ChangeState, KeyField
from registration.queries.changes import may_change, requests_of, stored_value
from registration.queries.people import name_of
from registration.web.access import OwnApplicationView
from registration.web.answers import LABELS
from registration.web.forms_changes import ChangeForm, WhichForm, shown_value
from registration.web.spellings import own_heading

TONES = {
    ChangeState.OPEN: "wait",
    ChangeState.ACCEPTED: "ok",
    ChangeState.DECLINED: "no",
    ChangeState.WITHDRAWN: "off",
}


class ChangesView(OwnApplicationView):
    """Which field, then the new value and why; below, what was asked before."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The first question, or the form of the field that the address names."""
        field = request.GET.get("field", "")
        if field not in KeyField.values or not may_change(self.registration):
            return self._page()
        return self._page(ChangeForm(registration=self.registration, field=KeyField(field)), KeyField(field))

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Ask; what is refused stays as it was typed."""
        which = WhichForm(request.POST, label_suffix="")
        if not which.is_valid():
            return self._page(status=422)
        field = KeyField(which.cleaned_data["field"])
        form = ChangeForm(request.POST, registration=self.registration, field=field)
        if not form.is_valid():
            return self._page(form, field, status=422)
        given = form.cleaned_data

        def ask() -> Any:
            facts = {"field": field, "value": given["value"], "why": given["why"]}
            return ask_for_change(self.registration, by=self.account, **facts)

        if attempt(form, ask) is None:
            return self._page(form, field, status=409)
        messages.success(request, _("The organisers have your request. The answer comes by email."))
        return redirect("registration:changes", ref=ref)

    def _page(
        self, form: ChangeForm | None = None, field: KeyField | None = None, *, status: int = 200
    ) -> HttpResponse:
        which = WhichForm(initial={"field": field or KeyField.SURNAME}, label_suffix="")
        now_there = shown_value(self.registration, field, stored_value(self.registration, field)) if field else ""
        context = {
            "registration": self.registration,
            "heading": own_heading(name_of(self.registration.person)),
            "is_locked": may_change(self.registration),
            "which": which,
            "form": form,
            "field_name": field or "",
            "now_there": now_there,
            "requests": [
                {"change": one, "label": LABELS[one.field], "tone": TONES[ChangeState(one.state)]}
                for one in requests_of(self.registration)
            ],
        }
        return render(self.request, "registration/changes.html", context, status=status)


class TakeBackView(OwnApplicationView):
    """Taking one's own request back."""

    def post(self, request: HttpRequest, ref: str, public_id: UUID) -> HttpResponse:
        """A second press changes nothing."""
        change = get_object_or_404(
            requests_of(self.registration).select_related("registration__forum"), public_id=public_id
        )
        if take_request_back(change, by=self.account):
            messages.success(request, _("The request is taken back. Everything stays as it is."))
        return redirect("registration:changes", ref=ref)
