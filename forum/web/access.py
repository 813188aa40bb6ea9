"""The doors: team pages need a live grant, a second factor, and the right named on the view."""

from typing import Any, ClassVar, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View
from django_htmx.http import HttpResponseClientRefresh

from forum.models import Account, Forum
from forum.queries.access import current_forum, is_staff
from forum.second_factor import has_second_factor


class TeamView(View):
    """Base of every team page. `permission_required` names the right; whoever lacks it sees a 404, as for any
    foreign object. Staff without a second factor are first sent to set one up, or to sign in with it.
    """

    permission_required: ClassVar[str]
    forum: Forum

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign-in, second factor, right: in this order."""
        if not request.user.is_authenticated:
            return self.ask(redirect_to_login(request.get_full_path()))
        if not is_staff(request.user):
            raise Http404
        if not has_second_factor(request):
            return self.ask(self.ask_second_factor(request))
        if not request.user.has_perm(self.permission_required):
            raise Http404
        self.forum = current_forum()
        return super().dispatch(request, *args, **kwargs)

    def ask(self, answer: HttpResponse) -> HttpResponse:
        """A part of an open page cannot show the sign-in: then the whole page is asked again and goes there."""
        return HttpResponseClientRefresh() if self.request.htmx else answer

    def ask_second_factor(self, request: HttpRequest) -> HttpResponse:
        """Those who have none set one up; those who have one sign in again with it."""
        if is_mfa_enabled(cast(Account, request.user)):
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('mfa_reauthenticate')}?{back}")
        return redirect("mfa_index")
