"""One application before the officer: the whole person, the decision, the correction."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.registry import person_panels
from forum.web.access import TeamView
from forum.web.back import came_from
from forum.web.forms import attempt
from forum.web.undo import done
from registration.actions.checks import check, take_check_back
from registration.actions.confirming import prolong
from registration.enums import MOVES, RegistrationState
from registration.models import Registration
from registration.queries.applications import possible_duplicates, queue, registrations_visible_to
from registration.queries.checks import Stage, stage_of
from registration.queries.dossier import audit_of, history_of, letters_of
from registration.queries.duplicates import is_merged, merges_of
from registration.queries.hand_over import giver_of
from registration.queries.line import in_line
from registration.queries.people import name_of
from registration.queries.quotas import limits_of
from registration.queries.reasons import ReadyText, ready_texts
from registration.queries.substitutes import can_be_replaced
from registration.web.answers import consents_of, sections
from registration.web.answers_questions import answer_sections
from registration.web.forms_team import DECISIONS, Decision, NoteForm, ProlongForm, QueueForm, address_of
from registration.web.spellings import heading, second_line
from registration.web.views_team import keys, row
from registration.web.waiting_team import why_waiting

MOST_LOG = 50


class PersonView(TeamView):
    """The whole person on one page."""

    permission_required = "registration.view_people"
    registration: Registration

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The filter of the list one came from gives the neighbours."""
        super().setup(request, *args, **kwargs)
        self.came_with = QueryDict(request.POST.get("filter") or request.META["QUERY_STRING"])

    def find(self) -> Registration:
        """The application, or 404."""
        visible = registrations_visible_to(self.request.user).filter(forum=self.forum)
        visible = visible.select_related("category__pool").annotate(is_merged=is_merged())
        return get_object_or_404(visible, ref=self.kwargs["ref"])

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Everything at one glance; `reason` in the address starts the message with a ready-made text."""
        return self.page(self.find())

    def page(
        self,
        registration: Registration,
        *,
        refused: NoteForm | None = None,
        late: ProlongForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page, with a decision that could not be made where there was one."""
        self.registration = registration
        name = name_of(registration.person)
        reasons = ready_texts(self.forum, language=registration.language)
        stage = stage_of(registration, self.request.user)
        context = {
            "registration": registration,
            "name": heading(name),
            "latin": second_line(name),
            "sections": sections(registration) + answer_sections(registration, reader=self.request.user),
            "consents": consents_of(registration),
            "merges": merges_of(registration) if getattr(registration, "is_merged", False) else [],
            "duplicates": [row(other) for other in possible_duplicates(registration)],
            "history": history_of(registration),
            "letters": letters_of(registration),
            "audit": audit_of(registration)[:MOST_LOG],
            "reasons": reasons,
            "stage": stage,
            "decisions": self._decisions(reasons, refused, stage),
            "refused": refused,
            "prolonging": late or ProlongForm.of(registration),
            "giver": giver_of(registration),
            "may_be_replaced": can_be_replaced(registration),
            "may_leave": may_leave(registration),
            **places_of(registration),
            "panels": self._panels(),
            "page_keys": keys(),
            **self._neighbours(),
        }
        return render(self.request, "registration/team/person.html", context, status=status)

    def _decisions(
        self, reasons: dict[str, list[ReadyText]], refused: NoteForm | None, stage: Stage
    ) -> dict[str, NoteForm]:
        """The forms of what is possible now, by name."""
        key = self.request.GET.get("reason")
        texts = {one.kind: one.text for kind in reasons.values() for one in kind if one.key == key}
        forms = {
            name: NoteForm(decision=decision, text=texts.get(name, ""))
            for name, decision in DECISIONS.items()
            if decision.is_possible(self.registration) and (stage.may_decide or not decision.decides)
        }
        if refused is not None and refused.decision.name in forms:
            forms[refused.decision.name] = refused
        return forms

    def _panels(self) -> list[dict[str, Any]]:
        """What higher rooms have to say about this person."""
        mine = [panel for panel in person_panels if self.request.user.has_perm(panel.permission)]
        return [
            {"template": panel.template, "context": panel.context(self.request, self.registration)}
            for panel in sorted(mine, key=lambda panel: panel.order)
        ]

    def _neighbours(self) -> dict[str, Any]:
        """Previous and next in the queue one came from, and the way back to it."""
        if not self.came_with:
            return {"list_url": reverse("people:list")}
        narrowed_by = QueueForm(self.came_with, forum=self.forum).narrowed_by
        refs = list(queue(self.request.user, forum=self.forum, narrowed_by=narrowed_by).values_list("ref", flat=True))
        address = address_of(narrowed_by)
        at = refs.index(self.registration.ref) if self.registration.ref in refs else None
        around = {} if at is None else {"place": at + 1, "total": len(refs)}
        return {
            "list_url": f"{reverse('people:list')}?{address}",
            "address": address,
            "previous_url": self._url(refs[at - 1], address) if at else "",
            "next_url": self._url(refs[at + 1], address) if at is not None and at + 1 < len(refs) else "",
            **around,
        }

    @staticmethod
    def _url(ref: str, address: str) -> str:
        return f"{reverse('people:detail', args=[ref])}?{address}"


def may_leave(registration: Registration) -> bool:
    """Somebody has said that they do not come; the page of their delegation withdraws them, with a letter."""
    state = RegistrationState(registration.state)
    moves = state != RegistrationState.BLOCKED and RegistrationState.CANCELLED in MOVES[state]
    return moves and registration.delegation_id is not None


def places_of(registration: Registration) -> dict[str, Any]:
    """Which places the person may have, and how they stand in line."""
    limits, waits = limits_of(registration), in_line([registration]).get(registration.pk)
    return {
        "limits": limits,
        "has_place": any(limit.pool.left for limit in limits),
        "waits": waits,
        "why": why_waiting(registration, waits),
    }


class DecideView(PersonView):
    """A decision, then the next application of the queue. What is refused is said on the page, and nothing is lost."""

    permission_required = "registration.decide"

    def get(self, request: HttpRequest, ref: str, decision: str) -> HttpResponse:  # type: ignore[override]
        """The address of a form that was refused, opened again."""
        return redirect("people:detail", ref=ref)

    def post(self, request: HttpRequest, ref: str, decision: str) -> HttpResponse:
        """Decide; on to where the form says."""
        if decision not in DECISIONS:
            raise Http404
        registration = self.find()
        chosen = DECISIONS[decision]
        form = NoteForm(request.POST, decision=chosen)
        if not form.is_valid():
            return self.page(registration, refused=form, status=422)
        by = cast(Account, request.user)
        if attempt(form, lambda: chosen.act(registration, by, form.cleaned_data["note"])) is None:
            return self.page(self.find(), refused=form, status=409)
        self._say(chosen, registration)
        following = came_from(request) if request.POST.get("next") else ""
        return redirect(following or reverse("people:detail", args=[ref]))

    def _say(self, chosen: Decision, registration: Registration) -> None:
        """What was decided. The letter about a refusal has left, so its way back promises a new review, not more."""
        text = chosen.done % {"name": heading(name_of(registration.person))}
        if chosen.inverse:
            address = reverse("people:decide", args=[registration.ref, chosen.inverse])
            done(self.request, text, undo=address, label=_("Review it again"))
        else:
            messages.success(self.request, text)


class CheckView(PersonView):
    """The first glance: everything is there. On to the next application of the queue, with a way back."""

    permission_required = "registration.decide"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The address of a form that was refused, opened again."""
        return redirect("people:detail", ref=ref)

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Note it; a second press changes nothing."""
        registration = self.find()
        try:
            check(registration, by=cast(Account, request.user))
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
            return redirect("people:detail", ref=ref)
        text = _("Checked, to be decided: %(name)s") % {"name": heading(name_of(registration.person))}
        done(request, text, undo=reverse("people:uncheck", args=[ref]))
        following = came_from(request) if request.POST.get("next") else ""
        return redirect(following or reverse("people:detail", args=[ref]))


class UncheckView(CheckView):
    """Take the first glance back."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """It has to be looked at anew; what is decided already stays."""
        registration = self.find()
        if take_check_back(registration, by=cast(Account, request.user)):
            messages.success(
                request, _("To be checked again: %(name)s") % {"name": heading(name_of(registration.person))}
            )
        return redirect("people:detail", ref=ref)


class ProlongView(PersonView):
    """More time for an approved person to confirm."""

    permission_required = "registration.decide"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The address of a form that was refused, opened again."""
        return redirect("people:detail", ref=ref)

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Until the end of the chosen day, by the forum's clock."""
        registration = self.find()
        form = ProlongForm(request.POST)
        if not form.is_valid():
            return self.page(registration, late=form, status=422)
        until = form.until_of(self.forum.timezone)
        if attempt(form, lambda: prolong(registration, until=until, by=cast(Account, request.user))) is None:
            return self.page(self.find(), late=form, status=409)
        messages.success(request, _("The time is prolonged, and the person is told."))
        return redirect("people:detail", ref=ref)
