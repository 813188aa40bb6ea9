"""Before a form is put in force: how delegates will see it, what it changes, and who has to answer again."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from forum.errors import DomainError
from registration.actions.form_publishing import publish_form
from registration.engine.questions.conditions import Facts
from registration.engine.questions.difference import Change, Difference, difference
from registration.engine.questions.sheet import Item, Sheet
from registration.models import Registration
from registration.queries.form_room import asked_by, draft_of, in_force
from registration.queries.forms import build_sheet, world_of
from registration.queries.people import name_of
from registration.queries.questions import Asked
from registration.web.fields import CountryField
from registration.web.fields_questions import Places, in_my_language
from registration.web.fields_team_forms import Known
from registration.web.forms_questions import QuestionsForm
from registration.web.spellings import heading
from registration.web.team_form_room import FormView, problem_rows, question_row
from registration.web.views_steps import number

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SHOWN = 100
"""People named on the page; all of them are counted."""
PARTS: dict[str, Any] = {
    "kind": gettext_lazy("kind of answer"),
    "label": gettext_lazy("text"),
    "help": gettext_lazy("hint"),
    "required": gettext_lazy("obligatory or not"),
    "bounds": gettext_lazy("limits"),
    "options": gettext_lazy("answers to choose from"),
    "condition": gettext_lazy("who is asked"),
    "purpose": gettext_lazy("purpose"),
    "legal_basis": gettext_lazy("legal basis"),
    "kept_days": gettext_lazy("time of keeping"),
    "visible_to": gettext_lazy("who reads it"),
    "is_sensitive": gettext_lazy("encryption"),
}
"""What differs, in words."""


# --- preview ----------------------------------------------------------------------------------------------------------
class WhoForm(forms.Form):
    """As whom one looks."""

    citizenship = CountryField(empty="—", label=gettext_lazy("Document issued by"), required=False)
    age = forms.IntegerField(label=gettext_lazy("Age"), required=False, min_value=0, max_value=120)
    language = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.is_valid()

    def facts(self, category: str) -> Facts:
        """What conditions look at; whatever is not on the lists is left out."""
        given = self.cleaned_data
        return Facts(citizenship=given.get("citizenship", ""), category=category, age=given.get("age"))


class PreviewView(FormView):
    """The form as a delegate meets it, in any language, its conditions alive. Nothing is kept."""

    def get(self, request: HttpRequest, category: str) -> HttpResponse:
        """Empty."""
        self.find(category)
        return self.page(self.drawn())

    def post(self, request: HttpRequest, category: str) -> HttpResponse:
        """With `look` only the questions that come or go, by the delegates' own part of the page; else what is wrong."""
        self.find(category)
        return self.drawn(request.POST) if "look" in request.POST else self.page(self.drawn(request.POST))

    @property
    def language(self) -> str:
        """The one that is looked at."""
        asked = self.request.GET.get("language", "")
        return asked if asked in LANGUAGES else get_language() or LANGUAGES[0]

    def drawn(self, data: Any = None) -> HttpResponse:
        """The questions, in the language of the delegate."""
        who = WhoForm(self.request.GET)
        with translation.override(self.language):
            sheet = self.sheet
            asked = Asked(sheet, {}, who.facts(self.category.code), world_of(sheet))
            form = QuestionsForm(data, asked=asked, places=Places({}))
            unseen = form.unseen
            form.drop_errors_of(unseen)
            if data is not None and "look" in data:
                return render(self.request, "registration/questions_moved.html", {"slots": form.moved()})
            good = data is not None and not unseen and form.is_valid()
            context = {"form": form, "parts": form.parts(), "address": self.request.get_full_path(), "good": good}
            text = render_to_string("registration/team/form_preview_part.html", context, self.request)
        return HttpResponse(text)

    def page(self, drawn: HttpResponse) -> HttpResponse:
        """The questions in their frame."""
        who = WhoForm(self.request.GET)
        rest = {name: str(value) for name, value in self.request.GET.items() if name in ("citizenship", "age")}
        context = {
            "category": self.category,
            "draft": self.draft,
            "who": who,
            "language": self.language,
            "languages": [
                {
                    "url": f"?{urlencode(rest | {'language': code})}",
                    "label": _(str(name)),
                    "current": code == self.language,
                }
                for code, name in settings.LANGUAGES
            ],
            "drawn": drawn.content.decode(),
        }
        return render(self.request, "registration/team/form_preview.html", context)


# --- publication ------------------------------------------------------------------------------------------------------
class PublishView(FormView):
    """What the draft changes, who has to answer again, and the button."""

    def get(self, request: HttpRequest, category: str) -> HttpResponse:
        """The page; without a draft there is nothing to publish."""
        self.find(category)
        return self.page() if self.draft else redirect("forms:form", category=category)

    def post(self, request: HttpRequest, category: str) -> HttpResponse:
        """Put it in force; what has changed since the page was read is shown first."""
        self.find(category)
        if self.draft is None:
            messages.warning(request, _("There is no draft (any more)."))
            return redirect("forms:list")
        writes = "writes" in request.POST
        try:
            form = publish_form(self.draft, version=number(request.POST.get("version")), by=self.account, writes=writes)
        except DomainError as refusal:
            self.draft = draft_of(self.category)
            if self.draft is None:
                messages.warning(request, str(refusal.message))
                return redirect("forms:list")
            return self.page(refused=str(refusal.message), status=refusal.status)
        messages.success(request, _("Version %(number)s is in force.") % {"number": form.number})
        return redirect("forms:list")

    def page(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        """Everything that one has to know before."""
        assert self.draft is not None  # noqa: S101 -- looked at before
        sheet, before = build_sheet(self.draft), in_force(self.category)
        wrong = problem_rows(sheet)
        people = [] if wrong else list(asked_by(sheet, self.category))
        context = {
            "category": self.category,
            "draft": self.draft,
            "refused": refused,
            "wrong": [row for rows in wrong.values() for row in rows],
            "difference": told(difference(before, sheet), self.known(sheet), self.known(before or sheet)),
            "first": before is None,
            "missing": _missing(sheet),
            "people": [_person(*one) for one in islice(people, SHOWN)],
            "people_count": len(people),
            "people_more": max(len(people) - SHOWN, 0),
            "without_address": sum(1 for registration, _owed in people if not registration.person.email),
        }
        return render(self.request, "registration/team/form_publish.html", context, status=status)


def told(found: Difference, known: Known, was: Known) -> dict[str, Any]:
    """The difference for the page."""
    return {
        "added": [question_row(item, known) for item in found.added],
        "removed": [question_row(item, was) for item in found.removed],
        "changed": [_change(change, known, was) for change in found.changed],
        "moved": found.moved,
        "any": bool(found),
    }


def _change(change: Change, known: Known, was: Known) -> dict[str, Any]:
    said: dict[str, Callable[[Item, Known], str]] = {
        "label": lambda item, _known: in_my_language(item.label),
        "kind": lambda item, known: question_row(item, known)["kind"],
        "bounds": lambda item, known: question_row(item, known)["bounds"],
        "condition": lambda item, known: question_row(item, known)["condition"] or _("everybody"),
        "required": lambda item, _known: _("yes") if item.required else _("no"),
        "kept_days": lambda item, _known: (
            ngettext("%(number)s day after the forum", "%(number)s days after the forum", item.kept_days)
            % {"number": item.kept_days}
        ),
        "options": lambda item, _known: ", ".join(
            in_my_language(one.label) + (f" ({one.places})" if one.places is not None else "") for one in item.options
        ),
    }
    parts = []
    for name in change.parts:
        word = said.get(name)
        before, after = (word(change.before, was), word(change.after, known)) if word else ("", "")
        parts.append({"name": PARTS[name], "before": before, "after": after, "both": before != after})
    return {"label": in_my_language(change.after.label), "parts": parts, "again": change.again}


def _missing(sheet: Sheet) -> list[dict[str, Any]]:
    """Languages in which something is not said, with the questions."""
    empty = Known()
    rows = [(question_row(item, empty)["missing"], in_my_language(item.label)) for item in sheet]
    return [
        {"name": _(str(name)), "labels": labels}
        for code, name in settings.LANGUAGES
        if (labels := [label for missing, label in rows if code in missing])
    ]


def _person(registration: Registration, owed: list[Item]) -> dict[str, Any]:
    return {
        "ref": registration.ref,
        "name": heading(name_of(registration.person)),
        "questions": ", ".join(in_my_language(item.label) for item in owed),
    }
