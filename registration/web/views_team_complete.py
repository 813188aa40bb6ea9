"""The application of somebody who has signed on paper, completed and sent at the desk: by the delegates' own forms."""

from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.web.access import TeamView
from registration.actions.answers import Filled
from registration.actions.paper import send_for
from registration.models import Registration
from registration.queries.delegations import signed_on_paper
from registration.queries.people import name_of
from registration.queries.questions import Asked, asked_of, held_pools, places_left
from registration.web.answers import differences
from registration.web.fields_questions import Places
from registration.web.file_answers import hand_in
from registration.web.forms_questions import QuestionsForm
from registration.web.forms_team_papers import CompleteForm
from registration.web.spellings import heading
from registration.web.views_steps import number


class CompleteView(TeamView):
    """Everything that is still missing, then the application is sent for the person."""

    permission_required = "registration.register_others"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The form with what the list said."""
        registration = self._find()
        return self._page(registration, CompleteForm(registration=registration), self._questions(registration))

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Send it; the application is among the others now. With `look` only the questions that come or go are sent."""
        registration = self._find()
        if "look" in request.POST:
            return self._follow(registration)
        questions = self._handed_in(registration)
        form = CompleteForm(request.POST, registration=registration)
        if not form.is_valid() or form.to_check or not _is_whole(questions):
            return self._page(registration, form, questions, status=422)
        try:
            self._send(registration, form, questions)
        except DomainError as refusal:
            return self._refused(refusal, form, questions)
        messages.success(request, _("Sent: %(name)s") % {"name": heading(name_of(self._sent().person))})
        return redirect("people:detail", ref=ref)

    def _follow(self, registration: Registration) -> HttpResponse:
        """htmx follows the answers, the country of the document among them."""
        questions = self._questions(registration, self.request.POST)
        if questions is not None:
            questions.drop_errors_of(questions.unseen)
        slots = questions.moved() if questions is not None else []
        return render(self.request, "registration/questions_moved.html", {"slots": slots})

    def _handed_in(self, registration: Registration) -> QuestionsForm | None:
        """The questions with what was typed; pictures are kept at once, as on the delegates' own page."""
        asked = asked_of(registration)
        if asked is None:
            return None
        by = cast(Account, self.request.user)
        data, refused = hand_in(self.request, registration, asked.sheet, by=by)
        questions = self._questions(registration, data)
        if questions is not None:
            questions.drop_errors_of(questions.unseen)
            questions.refuse(refused)
        return questions

    def _sent(self) -> Registration:
        return Registration.objects.select_related("person").get(ref=self.kwargs["ref"])

    def _send(self, registration: Registration, form: CompleteForm, questions: QuestionsForm | None) -> None:
        filled = Filled(registration.category.form_id or 0, questions.values()) if questions is not None else None
        send_for(
            registration,
            version=number(self.request.POST.get("version", "")),
            answers=form.answers(),
            questions=filled,
            by=cast(Account, self.request.user),
        )

    def _refused(self, refusal: DomainError, form: CompleteForm, questions: QuestionsForm | None) -> HttpResponse:
        """What was typed stays; what somebody else has saved meanwhile stands beside it."""
        fresh = self._find()
        for name, message in refusal.fields.items():
            place = questions if questions is not None and name in questions.fields else form
            place.add_error(name if name in place.fields else None, str(message))
        if not refusal.fields:
            form.add_error(None, str(refusal.message))
        return self._page(fresh, form, questions, status=409, differing=differences(fresh, form.answers()))

    def _find(self) -> Registration:
        return get_object_or_404(signed_on_paper(self.forum), ref=self.kwargs["ref"])

    def _questions(self, registration: Registration, data: Any = None) -> QuestionsForm | None:
        """Of the category, for somebody of the country that is typed; none where it asks nothing."""
        asked = asked_of(registration)
        if asked is None or not list(asked.sheet):
            return None
        if data is not None and (typed := data.get("citizenship")):
            asked = Asked(asked.sheet, asked.given, replace(asked.facts, citizenship=typed), asked.world)
        left = places_left(asked.sheet)
        mine = held_pools(left, registration.person).get(registration.person_id, ()) if left else ()
        return QuestionsForm(data, asked=asked, places=Places(left, mine), file_url=lambda _id: "")

    def _page(
        self,
        registration: Registration,
        form: CompleteForm,
        questions: QuestionsForm | None,
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        context = more | {
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "form": form,
            "questions": questions,
            "parts": questions.parts() if questions is not None else [],
            "version": registration.version,
        }
        return render(self.request, "registration/team/complete.html", context, status=status)


def _is_whole(questions: QuestionsForm | None) -> bool:
    """Nothing is wrong, and nothing has come that the page did not show."""
    return questions is None or (questions.is_valid() and not questions.unseen)
