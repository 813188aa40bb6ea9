"""Where do I stand: every application of this account and this browser, and the next thing to do with each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from forum.models import Account
from forum.queries.access import current_forum
from forum.registry import my_panels
from registration.actions.applications import confirm, withdraw
from registration.enums import RegistrationState
from registration.models import Registration
from registration.queries.applications import registrations_for
from registration.queries.changes import may_change
from registration.queries.hand_over import may_hand_over
from registration.queries.line import InLine, in_line
from registration.queries.people import name_of
from registration.queries.questions import gather, has_questions
from registration.sessions import forget, session_refs
from registration.web.access import OwnApplicationView
from registration.web.answers import sections
from registration.web.answers_questions import question_sections
from registration.web.spellings import own_heading
from registration.web.standing import TONES, may_withdraw, standing, time_line
from registration.web.views_apply import is_open


@method_decorator(never_cache, name="dispatch")
class MyView(View):
    """All applications one may open here, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A card for each, or the way in."""
        refs = session_refs(request)
        mine = list(registrations_for(request.user, refs).prefetch_related("moves"))
        gather(mine)
        panels = [
            (panel.template, panel.context(request, mine)) for panel in sorted(my_panels, key=lambda one: one.order)
        ]
        waiting = in_line(mine)
        cards = [
            card(request, registration, opened_here=registration.ref in refs, waits=waiting.get(registration.pk))
            | {"panels": [{"template": template, "context": parts[registration.pk]} for template, parts in panels]}
            for registration in mine
        ]
        context = {"cards": cards, "alone": len(cards) == 1, "applications_open": is_open(current_forum())}
        return render(request, "registration/my.html", context)


def card(
    request: HttpRequest, registration: Registration, *, opened_here: bool, waits: InLine | None = None
) -> dict[str, Any]:
    """What one application's card shows of the application itself."""
    state = RegistrationState(registration.state)
    owned = isinstance(request.user, Account) and registration.person.account_id == request.user.pk
    return {
        "registration": registration,
        "heading": own_heading(name_of(registration.person)),
        "tone": TONES[state],
        "standing": standing(registration, waits),
        "time_line": time_line(registration, list(registration.moves.all())),
        "sections": sections(registration) + question_sections(registration),
        "may_withdraw": may_withdraw(registration),
        "may_change": may_change(registration),
        "has_questions": has_questions(registration),
        "may_hand_over": may_hand_over(registration),
        "is_draft": state == RegistrationState.DRAFT,
        "may_forget": opened_here and not owned,
    }


class ConfirmView(OwnApplicationView):
    """“I am coming.”"""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Confirm; a second press changes nothing."""
        confirm(self.registration, by=self.account)
        messages.success(request, _("Thank you, you are taking part. We are making your badge and send it by email."))
        return redirect("registration:my")


class WithdrawView(OwnApplicationView):
    """Taking an application back: first what it means, then the button."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """What will be lost."""
        if not may_withdraw(self.registration):
            return redirect("registration:my")
        context = {
            "registration": self.registration,
            "heading": own_heading(name_of(self.registration.person)),
            "has_place": self.registration.state in (RegistrationState.APPROVED, RegistrationState.CONFIRMED),
        }
        return render(request, "registration/withdraw.html", context)

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Withdraw; a second press changes nothing."""
        withdraw(self.registration, by=self.account)
        messages.success(request, _("The application has been withdrawn."))
        return redirect("registration:my")


class DiscardView(OwnApplicationView):
    """Throwing away a draft that was never sent. Nobody is written to: the email may belong to somebody else."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Close the draft and let this browser forget it."""
        if self.registration.state == RegistrationState.DRAFT:
            withdraw(self.registration, by=self.account)
            forget(request, ref)
            messages.success(request, _("The draft has been discarded."))
        return redirect("registration:my")


class ForgetView(OwnApplicationView):
    """Leaving a shared computer: this browser no longer opens the application. The application itself stays."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Forget it here."""
        forget(request, ref)
        messages.success(request, _("This device no longer opens the application. The link in our letter still does."))
        return redirect("registration:my")
