"""The link in the letter of a free place: opening it changes nothing, one of two buttons answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from agenda.actions.offers import accept_offer, decline_offer, registration_of
from agenda.queries.bookables import bookable_of_pool
from agenda.queries.people import own_name
from forum.errors import DomainError
from registration.actions.line import claim_of_link
from registration.enums import ClaimState


@method_decorator(never_cache, name="dispatch")
class OfferView(View):
    """Accept or decline; mail scanners that fetch the link answer nothing."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """What is offered to whom until when; for a dead link, what has become of it."""
        context = offer_context(secret)
        return self._page(context, status=200 if context["stage"] in ("open", "held") else 410)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Answer; asked again it is the same answer. What stands against it is said on the page."""
        if "decline" in request.POST:
            decline_offer(secret)
            messages.success(request, _("Declined. The place goes to the next person in line."))
            return redirect("places:offer", secret=secret)
        try:
            accept_offer(secret)
        except DomainError as refusal:
            return self._page(offer_context(secret) | {"refused": refusal.message}, status=refusal.status)
        messages.success(request, _("The place is yours. A letter with day and time is on its way."))
        return redirect("places:offer", secret=secret)

    def _page(self, context: dict[str, Any], *, status: int) -> HttpResponse:
        response = render(self.request, "agenda/my/offer.html", context, status=status)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response


def offer_context(secret: str) -> dict[str, Any]:
    """`stage`: open, held (accepted before), over (too late), gone (declined or passed on), unknown."""
    claim = claim_of_link(secret)
    place = bookable_of_pool(claim.pool) if claim else None
    registration = registration_of(claim) if claim else None
    if claim is None or place is None or registration is None:
        return {"stage": "unknown"}
    stages = {ClaimState.HELD: "held", ClaimState.RELEASED: "gone", ClaimState.WAITING: "gone"}
    stage = stages.get(ClaimState(claim.state), "open")
    if stage == "open" and claim.offer_until and claim.offer_until <= now():
        stage = "over"
    name = own_name(registration.person)
    return {"stage": stage, "claim": claim, "place": place, "registration": registration, "name": name}
