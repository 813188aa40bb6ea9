"""The door of the applicant: an application opens for its account, or for a browser that proved it by consent or link."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from forum.models import Account
from registration.enums import EDITABLE, RegistrationState
from registration.models import Registration
from registration.queries.applications import own_registration
from registration.sessions import knows


@method_decorator(never_cache, name="dispatch")
class OwnApplicationView(View):
    """One's own application, named by `ref`; anybody else's is a 404. Never cached: a step back shows what is stored."""

    registration: Registration

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the application before anything is done with the request."""
        super().setup(request, *args, **kwargs)
        found = own_registration(request.user, ref=kwargs["ref"], known=partial(knows, request))
        if found is None:
            raise Http404
        self.registration = found

    @property
    def account(self) -> Account | None:
        """Who acts, for the audit; an applicant needs no account."""
        return self.request.user if isinstance(self.request.user, Account) else None


class EditableApplicationView(OwnApplicationView):
    """Pages of the form. What has been sent is shown on the page that says where it stands."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only drafts and applications sent back can be edited; a second press of “send” finds it sent."""
        if self.registration.state == RegistrationState.SUBMITTED and request.method == "POST":
            return redirect("registration:sent", ref=self.registration.ref)
        if self.registration.state not in EDITABLE:
            return redirect("registration:my")
        if self.registration.awaits_consent:
            return redirect("registration:agree", ref=self.registration.ref)
        return super().dispatch(request, *args, **kwargs)
