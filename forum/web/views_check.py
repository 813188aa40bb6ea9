"""Is this paper valid? Anybody may ask by the code that is printed on it, and learns nothing about anybody."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from forum.models import Paper
from forum.queries.papers import is_valid, issued_on, paper_of_code, shown_code
from forum.registry import paper_kinds
from forum.web.limits import Limit, limited

CHECK = Limit("check", amount=60, seconds=600)


class CodeForm(forms.Form):
    """The code as somebody reads it from the paper."""

    code = forms.CharField(
        label=_("Code of the paper"),
        max_length=40,
        help_text=_("Twelve letters and digits beside the square pattern, for example 7K3M-Q2ZT-0VXA."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )


@method_decorator(never_cache, name="dispatch")
class CheckView(View):
    """The form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Empty."""
        return render(request, "forum/check.html", {"form": CodeForm(label_suffix="")})

    @limited(CHECK)
    def post(self, request: HttpRequest) -> HttpResponse:
        """On to the answer, which has an address of its own: the one in the square pattern."""
        form = CodeForm(request.POST, label_suffix="")
        if not form.is_valid():
            return render(request, "forum/check.html", {"form": form}, status=422)
        paper = paper_of_code(form.cleaned_data["code"])
        if paper is None:
            return unknown(request, form)
        return redirect("forum:check_paper", code=paper.code)


@method_decorator(never_cache, name="dispatch")
class CheckPaperView(View):
    """The answer: what kind of paper, its number, its day, whether it is valid. Never about whom."""

    @limited(CHECK)
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """404 for a code that stands on no paper of ours, with the form to type it again."""
        paper = paper_of_code(code)
        if paper is None:
            return unknown(request, CodeForm(label_suffix=""))
        return render(request, "forum/check.html", {"form": CodeForm(label_suffix=""), "paper": _shown(paper)})


def unknown(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """No such paper; what was typed stays."""
    return render(request, "forum/check.html", {"form": form, "unknown": True}, status=404)


def _shown(paper: Paper) -> dict[str, object]:
    return {
        "label": paper_kinds[paper.kind].label,
        "number": paper.number,
        "code": shown_code(paper.code),
        "day": issued_on(paper),
        "edition": paper.forum,
        "is_valid": is_valid(paper),
    }
