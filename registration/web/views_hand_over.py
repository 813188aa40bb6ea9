"""Handing the confirmed place to a substitute: whom, what happens then, and taking it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.web.forms import attempt
from forum.web.limits import limited
from registration.actions.hand_over import begin_hand_over, take_back
from registration.queries.hand_over import may_hand_over, open_hand_over
from registration.queries.people import name_of
from registration.web.access import OwnApplicationView
from registration.web.fields import LineField, PlainEmailField
from registration.web.limits import START
from registration.web.spellings import own_heading


class SubstituteForm(forms.Form):
    """Whom we write to. The spelling is theirs to correct; nothing else is asked of somebody who has not agreed yet."""

    surname = LineField(label=gettext_lazy("Surname"), max_length=100)
    given_name = LineField(label=gettext_lazy("Given name"), max_length=100, required=False)
    email = PlainEmailField(label=gettext_lazy("Email of your substitute"))

    def names(self) -> dict[str, str]:
        """Spellings by their fields; what is not written in Cyrillic is the Latin one."""
        surname, given = self.cleaned_data["surname"], self.cleaned_data["given_name"]
        if any("\u0400" <= sign <= "\u04ff" for sign in surname + given):
            return {"surname": surname, "given_name": given}
        return {"latin_surname": surname, "latin_given_name": given}


class HandOverView(OwnApplicationView):
    """One address: the form, or where the hand-over stands with the button that takes it back."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Whoever has no place to give is led back."""
        if not may_hand_over(self.registration):
            return redirect("registration:my")
        return self._page(SubstituteForm(label_suffix=""))

    @limited(START)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Begin, or with `back` take the place back."""
        if "back" in request.POST:
            if take_back(self.registration, by=self.account):
                messages.success(request, _("The place stays with you. We have told your substitute."))
            return redirect("registration:my")
        form = SubstituteForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self._page(form, status=422)
        if attempt(form, lambda: self._begin(form)) is None:
            return self._page(form, status=409)
        messages.success(request, _("We have written to your substitute. Until the place has moved it stays yours."))
        return redirect("registration:hand_over", ref=ref)

    def _begin(self, form: SubstituteForm) -> bool:
        email = form.cleaned_data["email"]
        begin_hand_over(self.registration, names=form.names(), email=email, by=self.account)
        return True

    def _page(self, form: SubstituteForm, *, status: int = 200) -> HttpResponse:
        found = open_hand_over(self.registration)
        context: dict[str, Any] = {
            "registration": self.registration,
            "heading": own_heading(name_of(self.registration.person)),
            "form": form,
            "hand_over": found,
            "substitute": own_heading(name_of(found.substitute.person)) if found else "",
        }
        return render(self.request, "registration/hand_over.html", context, status=status)
