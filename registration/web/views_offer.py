"""The offer of a place from the waiting list: opening the page changes nothing, one of two buttons answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from forum.errors import DomainError
from forum.templatetags.times import day_text
from forum.web.limits import limited
from registration.actions.line import claim_of_link
from registration.actions.offers import accept_link, accept_offer, decline_link, registration_of
from registration.enums import ClaimState, RegistrationState
from registration.models import Claim, Registration
from registration.queries.line import line_moves
from registration.queries.people import name_of
from registration.web.access import OwnApplicationView
from registration.web.limits import RETURN
from registration.web.spellings import own_heading


@method_decorator(never_cache, name="dispatch")
class OfferView(View):
    """By the link of the letter, without an account; mail scanners that fetch it answer nothing."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """What is offered to whom until when; for a dead link, that it is dead."""
        return offer_page(request, self._context(secret))

    @limited(RETURN)
    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Answer; asked again it is the same answer."""
        try:
            if "decline" in request.POST:
                decline_link(secret)
                said = _("Declined. The place goes to the next person in line, and your application is withdrawn.")
                messages.success(request, said)
            else:
                accept_link(secret)
        except DomainError as refusal:
            return offer_page(request, self._context(secret), refused=refusal)
        return redirect("registration:offer", secret=secret)

    @staticmethod
    def _context(secret: str) -> dict[str, Any]:
        claim = claim_of_link(secret)
        return offer_context(claim, registration_of(claim) if claim else None)


class AcceptView(OwnApplicationView):
    """The same from one's own card: “I am coming”. Whoever does not come withdraws there."""

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Accept; a second press changes nothing."""
        accept_offer(self.registration, by=self.account)
        messages.success(request, _("Thank you, you are taking part. We are making your badge and send it by email."))
        return redirect("registration:my")


def offer_context(claim: Claim | None, registration: Registration | None) -> dict[str, Any]:
    """`stage`: open, held (accepted), over (too late, or the list has closed), gone (answered or passed on)."""
    if claim is None or registration is None:
        return {"stage": "gone"}
    return {
        "stage": _stage(claim, registration),
        "claim": claim,
        "registration": registration,
        "name": own_heading(name_of(registration.person)),
        "first_day": day_text(registration.forum.starts_on),
    }


def _stage(claim: Claim, registration: Registration) -> str:
    if claim.state == ClaimState.HELD and registration.state == RegistrationState.CONFIRMED:
        return "held"
    if claim.state != ClaimState.OFFERED:
        return "gone"
    late = claim.offer_until is not None and claim.offer_until <= now()
    return "over" if late or not line_moves(claim.pool) else "open"


def offer_page(request: HttpRequest, context: dict[str, Any], *, refused: DomainError | None = None) -> HttpResponse:
    """The page; what stands against the answer is said on it."""
    status = 200 if context["stage"] in ("open", "held") else 410
    refusal = refused.message if refused and context["stage"] == "open" else ""
    response = render(
        request,
        "registration/offer.html",
        context | {"refused": refusal},
        status=refused.status if refused else status,
    )
    # Never the token; see `views_return`.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
