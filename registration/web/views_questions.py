"""The questions of a category: a step of the form, and a page of their own where a newer form asks something new."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.errors import DomainError
from registration.actions.answers import Filled
from registration.actions.applications import save_answers
from registration.actions.asked_again import answer_again
from registration.models import Registration
from registration.queries.applications import WITH_ALL
from registration.queries.questions import Asked, asked_of, has_questions, held_pools, owes_answers, places_left
from registration.web.access import EditableApplicationView, OwnApplicationView
from registration.web.answers_questions import STEP, own_file_url, question_differences
from registration.web.fields_questions import Places
from registration.web.file_answers import hand_in
from registration.web.forms_questions import QuestionsForm
from registration.web.standing import step_url
from registration.web.views_steps import back, go_on, number
from registration.web.way import TITLES, way

CHANGED = frozenset({"registration.stale", "questions.changed"})
"""Refusals after which the page shows what is stored and asked now, with what was typed."""
OF_FIELDS = frozenset({"questions.full", "questions.incomplete", "questions.file_gone"})
"""Refusals that belong to single answers."""


class QuestionsPage(OwnApplicationView):
    """Base: one page of questions. Subclasses say which may be answered and how that is kept."""

    asked: Asked
    data: QueryDict

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Where nothing is asked there is no such page."""
        if not self.is_asked():
            return redirect(self.elsewhere())
        self.asked = self._asked()
        return super().dispatch(request, *args, **kwargs)

    def _asked(self) -> Asked:
        found = asked_of(self.registration)
        assert found is not None  # noqa: S101 -- looked at before the page opens
        return found

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The questions with what is stored."""
        return self.page(self.form())

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Save and go on. With `look` only the questions that come or go are sent: htmx follows the answers."""
        if "look" in request.POST:
            form = self.form(request.POST)
            form.drop_errors_of(form.unseen)
            return render(request, "registration/questions_moved.html", {"slots": form.moved()})
        self.data, refused = hand_in(request, self.registration, self.asked.sheet, by=self.account)
        form = self.form(self.data)
        if request.POST.get("form") != str(self.registration.category.form_id):
            return self.page(form, status=409, other_form=True)
        unseen = form.unseen
        form.drop_errors_of(unseen)
        form.refuse(refused)
        if unseen or not form.is_valid():
            return self.page(form, status=422 if form.errors else 200, version=request.POST.get("version", ""))
        return self._save(form)

    def _save(self, form: QuestionsForm) -> HttpResponse:
        version = self.request.POST.get("version", "")
        try:
            filled = Filled(self.registration.category.form_id or 0, form.values())
            self.registration = self.save(filled, number(version))
        except DomainError as error:
            if error.code in CHANGED:
                return self._changed(form)
            if error.code not in OF_FIELDS:
                raise
            for name, message in error.fields.items():
                form.add_error(name if name in form.fields else None, str(message))
            return self.page(form, status=409, version=version)
        return self.saved()

    def _changed(self, form: QuestionsForm) -> HttpResponse:
        """Somebody saved, or the organisers published, in between. What was typed stays, beside what is stored now."""
        was, typed = self.registration.category.form_id, form.values()
        self.registration = Registration.objects.select_related(*WITH_ALL).get(pk=self.registration.pk)
        if not self.is_asked():
            return redirect(self.elsewhere())
        self.asked = self._asked()
        other_form = was != self.registration.category.form_id
        differing = question_differences(self.asked, typed)
        if not differing and not other_form:
            return self.saved()  # the same answers were saved by a first press of the button
        return self.page(self.form(self.data), status=409, differing=differing, other_form=other_form)

    def form(self, data: Any = None) -> QuestionsForm:
        """Bound to what was typed, where something was."""
        person = self.registration.person
        left = places_left(self.asked.sheet)
        places = Places(left, held_pools(left, person).get(person.pk, ()) if left else ())
        link = partial(own_file_url, self.registration)
        return QuestionsForm(data, asked=self.asked, places=places, only=self.only(data), file_url=link)

    def page(self, form: QuestionsForm, *, status: int = 200, version: str = "", **context: Any) -> HttpResponse:
        """The whole page."""
        form.drop_errors_of(form.unseen)
        context |= {
            "form": form,
            "parts": form.parts(),
            "registration": self.registration,
            "form_id": self.registration.category.form_id,
            "version": version or self.registration.version,
            **self.frame(),
        }
        return render(self.request, "registration/questions.html", context, status=status)

    def is_asked(self) -> bool:
        """Whether there is anything to answer here."""
        raise NotImplementedError

    def elsewhere(self) -> str:
        """Where to go when there is not."""
        raise NotImplementedError

    def only(self, data: Any) -> set[str] | None:
        """Codes that may be answered here; None: all."""
        return None

    def save(self, filled: Filled, version: int) -> Registration:
        """Keep it. Raises `DomainError`."""
        raise NotImplementedError

    def saved(self) -> HttpResponse:
        """Where it leads."""
        raise NotImplementedError

    def frame(self) -> dict[str, Any]:
        """Title, lead, way back."""
        raise NotImplementedError


class QuestionsView(EditableApplicationView, QuestionsPage):
    """The step of the application."""

    def is_asked(self) -> bool:
        """Any question of the category applies."""
        return has_questions(self.registration)

    def elsewhere(self) -> str:
        """The category asks nothing (any more)."""
        return step_url(self.registration, "summary")

    def save(self, filled: Filled, version: int) -> Registration:
        """As any step."""
        return save_answers(self.registration, version=version, answers={}, questions=filled, by=self.account)

    def saved(self) -> HttpResponse:
        """To the summary, or to what is missing."""
        return go_on(self.request, self.registration, STEP)

    def frame(self) -> dict[str, Any]:
        """A step like the others."""
        title, lead = TITLES[STEP]
        return {"title": title, "lead": lead, "back": back(self.registration, STEP), **way(STEP, asks=True)}


class AnswerAgainView(QuestionsPage):
    """New questions to somebody whose application has been sent; what was answered well is not asked again."""

    def is_asked(self) -> bool:
        """Something is owed."""
        return owes_answers(self.registration)

    def elsewhere(self) -> str:
        """Nothing to answer."""
        return "registration:my"

    def only(self, data: Any) -> set[str] | None:
        """What has no good answer yet, applying or not: one answer may lead to another question."""
        return set(self.asked.sheet.by_code) - set(self.asked.good)

    def save(self, filled: Filled, version: int) -> Registration:
        """Only what was asked."""
        return answer_again(self.registration, version=version, questions=filled, by=self.account)

    def saved(self) -> HttpResponse:
        """Back to where one stands."""
        messages.success(self.request, _("Thank you, your answers are saved."))
        return redirect("registration:my")

    def frame(self) -> dict[str, Any]:
        """A page by itself."""
        return {
            "title": _("New questions"),
            "lead": _("They have come since you sent your application, or have changed. Nothing else changes."),
            "back": reverse("registration:my"),
            "save_label": _("Save the answers"),
        }
