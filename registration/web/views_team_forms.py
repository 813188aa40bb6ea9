"""The room of forms: what each category asks, the draft of the next version, its parts in order."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.web.access import TeamView
from registration.actions.form_drafts import discard_draft, duplicate, move_by, remove, start_draft
from registration.engine.questions.sheet import Part
from registration.models import Category, Form, Question, Section
from registration.queries.form_room import forms_of
from registration.web.fields_questions import in_my_language
from registration.web.fields_team_forms import Known
from registration.web.team_form_room import FormView, problem_rows, question_row
from registration.web.views_steps import number


class FormsView(TeamView):
    """Every category with its form."""

    permission_required = "registration.edit_forms"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Version, who published it and when, draft, how many have answered under which version."""
        rows = sorted(forms_of(self.forum), key=lambda row: not (row.draft or row.versions))
        asking = [row.category for row in rows if row.category.form_id]
        return render(request, "registration/team/forms.html", {"rows": rows, "asking": asking})


class StartView(FormView):
    """Begin the next version."""

    def post(self, request: HttpRequest, category: str) -> HttpResponse:
        """As a copy of what is asked now, or of what another category asks. A draft that is there already is opened."""
        self.find(category)
        had = self.draft
        draft = start_draft(self.category, by=self.account, like=self._like(request.POST.get("like", "")))
        if had:
            messages.info(request, _("Somebody is writing this version already; this is how it stands."))
        return redirect("forms:form", category=draft.category.code)

    def _like(self, code: str) -> Form | None:
        other = Category.objects.filter(forum=self.forum, code=code).select_related("form").first()
        return other.form if other else None


class DraftView(FormView):
    """The draft with its sections and questions; without a draft what is asked now, to be read."""

    def get(self, request: HttpRequest, category: str) -> HttpResponse:
        """The page."""
        self.find(category)
        form, sheet = self.draft or self.category.form, self.sheet
        known, wrong = self.known(sheet), problem_rows(sheet)
        sections = list(form.sections.prefetch_related("questions")) if form else []
        context = {
            "category": self.category,
            "draft": self.draft,
            "form": form,
            "sections": [
                _section(section, part, known, wrong) for section, part in zip(sections, sheet.parts, strict=False)
            ],
            "wrong": wrong.get("", []),
            "wrong_count": sum(len(found) for found in wrong.values()),
            "others": Category.objects.filter(forum=self.forum, form__isnull=False).exclude(pk=self.category.pk),
            "questions": len(sheet.by_code),
        }
        return render(request, "registration/team/form.html", context)


def _section(section: Section, part: Part, known: Known, wrong: dict[str, Any]) -> dict[str, Any]:
    ids = {question.code: question.public_id for question in section.questions.all()}
    rows = [
        question_row(item, known) | {"id": ids.get(item.code), "wrong": wrong.get(item.code, [])} for item in part.items
    ]
    return {
        "id": section.public_id,
        "title": in_my_language(part.title),
        "hint": in_my_language(part.hint),
        "rows": rows,
    }


class DiscardView(FormView):
    """Throw the draft away; the version in force stays."""

    def post(self, request: HttpRequest, category: str) -> HttpResponse:
        """Asked for on the page, so that one press does not do it."""
        self.find(category)
        if self.draft is None:
            return redirect("forms:list")
        try:
            discard_draft(self.draft, version=number(request.POST.get("version")), by=self.account)
        except DomainError as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("forms:form", category=category)
        messages.success(request, _("The draft is thrown away. What is asked stays as it was."))
        return redirect("forms:list")


ACTS = {"up": -1, "down": 1}


class ChangeView(FormView):
    """Buttons beside a section or a question: earlier, later, once more, away."""

    def post(self, request: HttpRequest, category: str) -> HttpResponse:
        """Back to where the button was."""
        self.find(category)
        row = self._row()
        if row is None:
            messages.warning(request, _("That is no longer in the draft. This is how it stands."))
            return redirect("forms:form", category=category)
        try:
            anchor = self._change(row, request.POST.get("do", ""), number(request.POST.get("version")))
        except DomainError as refusal:
            messages.warning(request, str(refusal.message))
            anchor = str(row.public_id)
        answer = redirect("forms:form", category=category)
        answer["Location"] += f"#at-{anchor}" if anchor else ""
        return answer

    def _row(self) -> Section | Question | None:
        """Of this draft; what somebody has just taken out is no longer there."""
        for model, name in ((Question, "question"), (Section, "section")):
            if (key := self.request.POST.get(name, "")) and self.draft:
                rows = model._default_manager.filter(form=self.draft).select_related("form__category__forum")
                found = next((row for row in rows if str(row.public_id) == key), None)
                if found:
                    return found
        return None

    def _change(self, row: Section | Question, act: str, version: int) -> str:
        if act in ACTS:
            move_by(row, steps=ACTS[act], version=version, by=self.account)
            return str(row.public_id)
        if act == "copy" and isinstance(row, Question):
            return str(duplicate(row, version=version, by=self.account).public_id)
        if act == "remove":
            remove(row, version=version, by=self.account)
            messages.success(self.request, _("Taken out of the draft. Answers that were given stay."))
            return ""
        raise Http404
