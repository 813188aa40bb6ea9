"""Access for programs: one's API tokens. A new one is shown once, on the answer to the form."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from forum.actions.tokens import create_token, revoke_token
from forum.enums import Role
from forum.models import Account
from forum.queries.access import has_role
from forum.queries.rights import scope_names
from forum.queries.tokens import tokens_visible_to
from forum.web.access import TeamView
from forum.web.forms import attempt
from forum.web.forms_team import TokenForm

PER_PAGE = 50


@method_decorator(never_cache, name="dispatch")
class TokensView(TeamView):
    """Which programs act in one's name, and what they may do. Organisers see everybody's."""

    permission_required = "forum.enter_team"

    @property
    def account(self) -> Account:
        """Who is signed in."""
        return cast(Account, self.request.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list and the form."""
        return self.page(TokenForm(forum=self.forum, account=self.account))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make a token. Loading the answer again makes no second one: its name is taken."""
        form = TokenForm(request.POST, forum=self.forum, account=self.account)
        made = attempt(form, lambda: create_token(by=self.account, **form.values())) if form.is_valid() else None
        if made is None:
            return self.page(form, status=422)
        token, secret = made
        fresh = TokenForm(forum=self.forum, account=self.account)
        return self.page(fresh, status=201, made=token, secret=secret)

    def page(self, form: TokenForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page with `form` as it is."""
        names = scope_names(self.forum)
        tokens = tokens_visible_to(self.account, forum=self.forum)
        page = Paginator(tokens, PER_PAGE).get_page(self.request.GET.get("page"))
        context |= {
            "form": form,
            "page": page,
            "rows": [{"token": t, "scope": names.get((t.scope_kind, t.scope_id), t.scope_id)} for t in page],
            "sees_all": has_role(self.account, Role.ORGANISER),
            "docs_url": reverse("api:docs"),
        }
        return render(self.request, "forum/team/tokens.html", context, status=status)


class RevokeTokenView(TeamView):
    """A program is shut out at once."""

    permission_required = "forum.enter_team"

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Asked for twice it is still revoked once."""
        token = get_object_or_404(tokens_visible_to(request.user, forum=self.forum), public_id=public_id)
        revoke_token(token, by=cast(Account, request.user))
        messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
        return redirect("team:tokens")
