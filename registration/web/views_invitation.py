"""A personal invitation: opening the page changes nothing, one of two buttons answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from forum.errors import DomainError
from forum.templatetags.times import day_text
from forum.web.limits import limited
from registration.actions.entrances import decline_invitation, open_invitation
from registration.actions.invitation_letters import days_left
from registration.enums import InvitationState, RegistrationState
from registration.models import Invitation, InvitationLink, Registration
from registration.queries.invitations import is_open, link_of, name_on
from registration.sessions import remember
from registration.web.answers import LABELS
from registration.web.entrance import let_in
from registration.web.limits import RETURN
from registration.web.spellings import own_heading
from registration.web.standing import first_missing_step, step_url

PROPOSED = ("organisation", "position", "delegation")


@method_decorator(never_cache, name="dispatch")
class InvitationView(View):
    """By the link of the letter, without an account; mail scanners that fetch it answer nothing."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """As what somebody is invited, and until when; for a dead link, why it is dead and what to do."""
        return self._page(link_of(secret))

    @limited(RETURN)
    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Come or decline; asked again it is the same answer."""
        link = link_of(secret)
        if link is None:
            return self._page(None)
        if "decline" in request.POST:
            if decline_invitation(link):
                messages.success(request, _("Declined. What the invitation said about you has been erased."))
            return redirect("registration:invitation", secret=secret)
        try:
            invitation = open_invitation(link)
        except DomainError:
            return self._page(link_of(secret))
        # New rights, new session key: a key planted earlier opens nothing.
        request.session.cycle_key()
        return self._let_in(invitation)

    def _let_in(self, invitation: Invitation) -> HttpResponse:
        """To the consent; to the draft where it has been begun."""
        if (draft := draft_of(invitation)) is not None:
            remember(self.request, draft)
            return redirect(step_url(draft, first_missing_step(draft)))
        let_in(self.request, invitation)
        return redirect("registration:consent", category=invitation.category.code)

    def _page(self, link: InvitationLink | None) -> HttpResponse:
        context = invitation_context(link.invitation) if link else {"stage": "unknown"}
        status = 200 if context["stage"] == "open" else 410
        response = render(self.request, "registration/invitation.html", context, status=status)
        # Never the token; see `views_return`.
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response


def draft_of(invitation: Invitation) -> Registration | None:
    """The application begun with it that has not been sent yet."""
    rows = Registration.objects.select_related("person", "category", "forum")
    return rows.filter(pk=invitation.registration_id, state=RegistrationState.DRAFT).first()


def invitation_context(invitation: Invitation) -> dict[str, Any]:
    """`stage`: open, or why it is not: used, declined, withdrawn, expired."""
    stage = "open" if is_open(invitation) else "expired" if invitation.lives else invitation.state
    context: dict[str, Any] = {"stage": stage, "invitation": invitation, "forum": invitation.forum}
    if stage != "open":
        return context
    said = [(LABELS[field], getattr(invitation, field)) for field in PROPOSED if getattr(invitation, field)]
    return context | {
        "name": own_heading(name_on(invitation)),
        "proposed": said,
        "days": days_left(invitation),
        "begun": invitation.state == InvitationState.OPENED and draft_of(invitation) is not None,
        "first_day": day_text(invitation.forum.starts_on),
    }
