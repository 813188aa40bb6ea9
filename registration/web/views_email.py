"""A new email: the address, then the code that was sent there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.web.forms import attempt
from forum.web.limits import limited
from registration.actions.email_change import ask_for_new_email, confirm_new_email
from registration.models import Registration
from registration.sessions import remember
from registration.web.access import OwnApplicationView
from registration.web.fields import PlainEmailField
from registration.web.limits import EMAIL


class NewEmailForm(forms.Form):
    """Where to write from now on."""

    email = PlainEmailField(label=gettext_lazy("New email"))


class CodeForm(forms.Form):
    """The digits of the letter; spaces between them do no harm."""

    code = forms.CharField(
        label=gettext_lazy("Code from the letter"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class EmailView(OwnApplicationView):
    """The new address."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """An empty field, and what happens."""
        return self.page(NewEmailForm(label_suffix=""))

    @limited(EMAIL)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Send the code there."""
        form = NewEmailForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.page(form, status=422)
        email = form.cleaned_data["email"]
        if attempt(form, lambda: ask_for_new_email(self.registration, email=email, by=self.account)) is None:
            return self.page(form, status=422)
        return redirect("registration:email_code", ref=ref)

    def page(self, form: forms.Form, *, status: int = 200, waits: bool = False) -> HttpResponse:
        """Both steps look alike."""
        context: dict[str, Any] = {
            "registration": self.registration,
            "form": form,
            "waits": waits,
            "now_email": self.registration.person.email,
        }
        return render(self.request, "registration/email.html", context, status=status)


class EmailCodeView(EmailView):
    """The code."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Where no code waits, the first step."""
        if not self.registration.email_changes.filter(ended_at=None).exists():
            return redirect("registration:email", ref=ref)
        return self.page(CodeForm(label_suffix=""), waits=True)

    @limited(EMAIL)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Take the address; this browser goes on knowing the application, every other one is shut out."""
        form = CodeForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.page(form, status=422, waits=True)
        code = form.cleaned_data["code"]
        if attempt(form, lambda: self._confirm(code)) is None:
            return self.page(form, status=422, waits=True)
        request.session.cycle_key()
        remember(request, Registration.objects.select_related("person").get(pk=self.registration.pk))
        messages.success(request, _("The email is changed. From now on you sign in with it."))
        return redirect("registration:data", ref=ref)

    def _confirm(self, code: str) -> bool:
        confirm_new_email(self.registration, code=code, by=self.account)
        return True
