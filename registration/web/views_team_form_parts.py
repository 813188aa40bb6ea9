"""The editor: one section, one question. Of two changes to one question the later one sees both."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.web.two_versions import WAS, Stored, differing, hidden, opened_with, resolved, undecided
from registration.actions.form_drafts import add_question, add_section, edit_question, edit_section
from registration.enums import QuestionKind
from registration.models import Form, Question, Section
from registration.web.fields_team_forms import as_json
from registration.web.forms_team_forms import QuestionForm, content_of
from registration.web.forms_team_sections import SectionForm, content_of_section
from registration.web.team_form_room import FormView
from registration.web.versions_of_questions import readable


class PartView(FormView):
    """Base: the form of one part of the draft. `row` is what is edited; None: something new."""

    template: str
    row: Any = None

    def get(self, request: HttpRequest, category: str, public_id: Any = None) -> HttpResponse:
        """The form as the draft stands."""
        self.find(category)
        if self.draft is None:
            return redirect("forms:form", category=category)
        self.row = self.found(public_id)
        if public_id and self.row is None:
            raise Http404
        return self.page(self.form(None))

    def post(self, request: HttpRequest, category: str, public_id: Any = None) -> HttpResponse:
        """Save; or draw the page anew with other fields (`look`); or say what is wrong."""
        self.find(category)
        self.row = self.found(public_id)
        stored = self.stored()
        form = self.form(resolved(request.POST, stored))
        if "look" in request.POST:
            form.errors.clear()
            return self.page(form)
        if public_id and self.row is None:
            form.add_error(None, _("Somebody has taken this out of the draft meanwhile. Saving puts it in again."))
        if not form.is_valid() and not self._anew(public_id, form):
            return self.page(form, status=422)
        if self.draft is None:
            form.add_error(None, _("This draft is published or was thrown away. Begin the next one in another window."))
            return self.page(form, status=409)
        if undecided(request.POST):
            return self.conflict(form, stored)
        return self._save(form)

    def _anew(self, public_id: Any, form: forms.Form) -> bool:
        """What was taken out is said once; whoever saves then wants it."""
        return bool(public_id) and self.row is None and "anew" in self.request.POST and list(form.errors) == ["__all__"]

    def _save(self, form: Any) -> HttpResponse:
        """Other questions of the draft may change at the same time: that is no conflict."""
        typed = self.request.POST.get("version", "")
        for _round in range(2):
            try:
                saved = self.keep(form, version=int(typed) if typed.isdecimal() and len(typed) < 9 else 0)
            except DomainError as refusal:
                if refusal.code != "form.stale":
                    return self.refused(form, refusal)
            else:
                return self.saved(saved)
            self.find(self.category.code)
            self.row = self.found(self.kwargs.get("public_id"))
            stored = self.stored()
            if self.draft is None:
                form.add_error(None, _("This draft is published or was thrown away meanwhile."))
                return self.page(form, status=409)
            if opened_with(self.request.POST, stored) != stored:
                return self.conflict(form, stored)
            typed = str(self.draft.version)
        return self.conflict(form, self.stored())

    def refused(self, form: forms.Form, refusal: DomainError) -> HttpResponse:
        """At the field it is about."""
        for name, message in (refusal.fields or {"": refusal.message}).items():
            form.add_error(name if name in form.fields else None, str(message))
        return self.page(form, status=409)

    def saved(self, row: Section | Question) -> HttpResponse:
        """Back to the draft, at its place."""
        messages.success(self.request, _("Saved in the draft."))
        answer = redirect("forms:form", category=self.category.code)
        answer["Location"] += f"#at-{row.public_id}"
        return answer

    def page(self, form: Any, *, status: int = 200) -> HttpResponse:
        """The form; what was typed stays, and so does the version it was typed on."""
        typed = self.request.POST.get("version")
        stored = self.stored()
        context = {
            "category": self.category,
            "draft": self.draft,
            "form": form,
            "row": self.row,
            "anew": self.kwargs.get("public_id") and self.row is None,
            "version": typed or (self.draft.version if self.draft else 0),
            "was": list(hidden(opened_with(self.request.POST, stored), prefix=WAS)),
            **self.context(),
        }
        return render(self.request, self.template, context, status=status)

    def conflict(self, form: Any, stored: Stored) -> HttpResponse:
        """409 with both versions. Where nothing differs any more, both wanted the same and all is well."""
        rows = differing(form, stored=stored, was=opened_with(self.request.POST, stored))
        if not rows and self.row is not None:
            return self.saved(self.row)
        for row in rows:
            row["mine"], row["theirs"] = (readable(row["name"], row[side], form) for side in ("mine", "theirs"))
        context = {
            "category": self.category,
            "draft": self.draft,
            "rows": rows,
            # The next conflict, if there is one, starts from what is stored now.
            "carried": [*hidden(form.cleaned_data), *hidden(stored, prefix=WAS)],
        }
        return render(self.request, "registration/team/form_conflict.html", context, status=409)

    def found(self, public_id: Any) -> Any:
        """The row of this draft, if it is (still) there."""
        raise NotImplementedError

    def stored(self) -> Stored:
        """What its fields hold; nothing for a new one."""
        raise NotImplementedError

    def form(self, data: Any) -> Any:
        """Bound to what was typed, where something was."""
        raise NotImplementedError

    def keep(self, form: Any, *, version: int) -> Any:
        """Write it. Raises `DomainError`."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """More for the page."""
        return {}

    @property
    def open_draft(self) -> Form:
        """The draft, where one is known to be there."""
        assert self.draft is not None  # noqa: S101 -- looked at before anything is kept
        return self.draft


class SectionView(PartView):
    """Heading and hint."""

    template = "registration/team/form_section.html"
    row: Section | None

    def found(self, public_id: Any) -> Section | None:
        """By its id."""
        if self.draft is None or public_id is None:
            return None
        return (
            Section.objects.select_related("form__category__forum").filter(form=self.draft, public_id=public_id).first()
        )

    def stored(self) -> Stored:
        """Texts."""
        return content_of_section(self.row) if self.row else {}

    def form(self, data: Any) -> SectionForm:
        """Eight lines."""
        return SectionForm(data, section=self.row)

    def keep(self, form: SectionForm, *, version: int) -> Section:
        """A new one does not ask which version was seen: it takes nothing from anybody."""
        if self.row:
            return edit_section(self.row, version=version, texts=form.texts(), by=self.account)
        return add_section(self.open_draft, version=self.open_draft.version, texts=form.texts(), by=self.account)


class QuestionView(PartView):
    """Everything about one question."""

    template = "registration/team/form_question.html"
    row: Question | None

    def found(self, public_id: Any) -> Question | None:
        """By its id."""
        if self.draft is None or public_id is None:
            return None
        rows = Question.objects.select_related("form__category__forum", "section").prefetch_related("choices")
        return rows.filter(form=self.draft, public_id=public_id).first()

    def stored(self) -> Stored:
        """Every field."""
        return content_of(self.row) if self.row else {}

    def form(self, data: Any) -> QuestionForm:
        """In the light of the whole draft."""
        sheet = self.sheet
        known = self.known(sheet, without=self.row.code if self.row else "")
        kind = self.request.GET.get("kind", "")
        form = QuestionForm(data, sheet=sheet, known=known, question=self.row, kind=kind)
        if self.request.POST.get("look") == "more":
            form.fields["choices"].widget.more = MORE
        return form

    def keep(self, form: QuestionForm, *, version: int) -> Question:
        """With its choices and its condition, in one step."""
        values, choices = form.values(), form.listed()
        if self.row:
            return edit_question(self.row, version=version, values=values, choices=choices, by=self.account)
        section = self._section()
        section.form = self.open_draft
        return add_question(section, version=self.open_draft.version, values=values, choices=choices, by=self.account)

    def _section(self) -> Section:
        """The one whose button was pressed, else the last one, else a new one."""
        sections = list(self.open_draft.sections.all())
        asked = self.request.POST.get("section") or self.request.GET.get("section", "")
        named = next((one for one in sections if str(one.public_id) == asked), None)
        if named or sections:
            return named or sections[-1]
        texts = {"title_ru": "Вопросы", "title_en": "Questions", "title_uz": "Savollar", "title_be": "Пытанні"}
        section = add_section(self.open_draft, version=self.open_draft.version, texts=texts, by=self.account)
        self.open_draft.refresh_from_db()
        return section

    def context(self) -> dict[str, Any]:
        """Where a new one goes, and what it may be."""
        section = self.request.POST.get("section") or self.request.GET.get("section", "")
        return {"section": section, "kinds": QuestionKind.choices, "empty": as_json([])}


MORE = 8
"""Empty lines for answers, after “more lines”."""
