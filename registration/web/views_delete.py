"""Deleting everything about oneself: what goes and what stays, then a code, then it is done at once."""

from time import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.forms import attempt
from forum.web.limits import limited
from registration.actions.self_deletion import ask_for_deletion_code, delete_self
from registration.enums import HOLDS_PLACE, RegistrationState
from registration.queries.people import name_of
from registration.queries.retention import proofs_until
from registration.sessions import forget
from registration.web.access import OwnApplicationView
from registration.web.limits import EMAIL
from registration.web.spellings import own_heading
from registration.web.views_email import CodeForm

FRESH = 15 * 60
"""Seconds after signing in with an emailed code, within which no second code is asked for."""


class DeleteView(OwnApplicationView):
    """Two steps on one address: what will happen; then the button, with the code from the letter where one is needed."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The first step; the second one while a code waits."""
        return self._page(CodeForm(label_suffix=""), sure=self._code_waits())

    @limited(EMAIL)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Go on to the second step, sending the code; with `confirmed`, delete."""
        if "confirmed" in request.POST:
            return self._delete(request)
        form = CodeForm(label_suffix="")
        if self._needs_code():
            form = CodeForm({}, label_suffix="")
            if attempt(form, self._ask) is None:
                return self._page(form, status=429)
            form = CodeForm(label_suffix="")
        return self._page(form, sure=True)

    def _delete(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST, label_suffix="")
        needed = self._needs_code()
        if needed and not form.is_valid():
            return self._page(form, sure=True, status=422)
        code = form.cleaned_data["code"] if needed else ""
        form.is_valid()
        if attempt(form, lambda: self._erase(code, is_proven=not needed)) is None:
            return self._page(form, sure=True, status=422)
        self._leave(request)
        messages.success(request, _("Your data are deleted. Thank you for having been with us."))
        return redirect("registration:my")

    def _leave(self, request: HttpRequest) -> None:
        """This browser forgets the application, and a login that is no more is signed out."""
        forget(request, self.registration.ref)
        if self.account and not Account.objects.filter(pk=self.account.pk, is_active=True).exists():
            logout(request)

    def _ask(self) -> bool:
        ask_for_deletion_code(self.registration, by=self.account)
        return True

    def _erase(self, code: str, *, is_proven: bool) -> bool:
        delete_self(self.registration, code=code, is_proven=is_proven, by=self.account)
        return True

    def _needs_code(self) -> bool:
        """Not where there is no address, nor right after signing in by the code that went to it."""
        return bool(self.registration.person.email) and not self._is_fresh()

    def _is_fresh(self) -> bool:
        account = self.account
        if account is None or account.email != self.registration.person.email:
            return False
        return any(one.get("at", 0) > time() - FRESH for one in get_authentication_records(self.request, account))

    def _code_waits(self) -> bool:
        return (
            self._needs_code() and self.registration.deletion_codes.filter(ended_at=None, expires_at__gt=now()).exists()
        )

    def _page(self, form: forms.Form, *, sure: bool = False, status: int = 200) -> HttpResponse:
        person, state = self.registration.person, RegistrationState(self.registration.state)
        context: dict[str, Any] = {
            "registration": self.registration,
            "heading": own_heading(name_of(person)),
            "form": form,
            "sure": sure,
            "needs_code": self._needs_code(),
            "has_place": state in HOLDS_PLACE,
            "is_draft": self.registration.submitted_at is None,
            "others": person.account.people.exclude(pk=person.pk).count() if person.account else 0,
            "proofs_until": proofs_until(self.registration.forum),
        }
        return render(self.request, "registration/delete.html", context, status=status)
