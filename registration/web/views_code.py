"""“I have a code”: typed or opened by its link. Codes belong to nobody, so they may stand in an address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from forum.models import Forum
from forum.queries.access import current_forum
from registration.actions.entrance_use import code_over
from registration.models import AccessCode
from registration.queries.codes import code_of, is_open, shown
from registration.queries.offers import consent_in_force
from registration.web.entrance import leave, let_in
from registration.web.limits import CODES


class CodeForm(forms.Form):
    """The code as it was said or printed; case, spaces and the hyphen do not matter."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Eight letters and digits, for example K7QD-2MXA."),
    )

    def __init__(self, data: Any = None, *, forum: Forum) -> None:
        self.forum = forum
        super().__init__(data, label_suffix="")

    def clean_code(self) -> AccessCode:
        """Raise `ValidationError` with the remedy for what is no code of ours, and for one that opens nothing now."""
        found = code_of(self.forum, self.cleaned_data["code"])
        if found is None:
            remedy = _("Compare it letter by letter with what you were given.")
            raise ValidationError(_("There is no such code."), code="unknown", params={"remedy": remedy})
        if not is_open(found):
            raise ValidationError(code_over(found).message, code="over")
        return found


@method_decorator(never_cache, name="dispatch")
class CodesView(View):
    """Typing a code in, or going on without one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty field."""
        return self._page(CodeForm(forum=current_forum()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """To the page of the code; `without` forgets the one this browser has."""
        if "without" in request.POST:
            leave(request)
            return redirect("registration:apply")
        form = CodeForm(request.POST, forum=current_forum())
        if form.is_valid():
            return redirect("registration:code", code=form.cleaned_data["code"].code)
        return guessed(request) or self._page(form, status=422)

    def _page(self, form: CodeForm, status: int = 200) -> HttpResponse:
        return render(self.request, "registration/code_typed.html", {"form": form}, status=status)


@method_decorator(never_cache, name="dispatch")
class CodeView(View):
    """What one code opens. Looking at it uses nothing up."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """As what one may apply; for a dead code, why."""
        return self._page(code_of(current_forum(), code))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """To the consent, with the code."""
        found = code_of(current_forum(), code)
        if found is None or not is_open(found) or consent_in_force(found.forum) is None:
            return self._page(found)
        let_in(request, found)
        return redirect("registration:consent", category=found.category.code)

    def _page(self, found: AccessCode | None) -> HttpResponse:
        if found is None and (refusal := guessed(self.request)):
            return refusal
        alive = found is not None and is_open(found)
        context = {
            "code": found,
            "alive": alive,
            "shown": shown(found.code) if found else "",
            "why": "" if alive or found is None else code_over(found).message,
        }
        response = render(self.request, "registration/code.html", context, status=200 if alive else 410)
        response["X-Robots-Tag"] = "noindex"
        return response


def guessed(request: HttpRequest) -> HttpResponse | None:
    """Count a code that does not exist; above the limit the answer is to wait. A right one is never counted."""
    if CODES.passes(request):
        return None
    response = render(request, "forum/too_often.html", {"minutes": CODES.seconds // 60}, status=429)
    response["Retry-After"] = str(CODES.seconds)
    return response
