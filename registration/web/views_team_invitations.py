"""The officers' room of personal invitations: the list, one of them, what is done with it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.web.access import TeamView
from forum.web.forms import attempt
from forum.web.searched import SearchedView
from registration.actions.invitation_works import start_reminding, start_sending
from registration.actions.invitations import copy_link, remind, send_invitation, withdraw_invitation, write_invitation
from registration.enums import InvitationState
from registration.models import Invitation
from registration.queries.invitations import invitations_visible_to, listed, may_be_reminded
from registration.web.forms_team_invitations import InvitationFilterForm, InvitationForm, RemindForm
from registration.web.invitations_team import row, states

PER_PAGE = 50


class InvitationsRoom(TeamView):
    """Base: who may, and who acts."""

    permission_required = "registration.invite"

    @property
    def account(self) -> Account:
        """Who acts."""
        return cast(Account, self.request.user)

    def find(self, public_id: UUID) -> Invitation:
        """One invitation of the current edition, or 404."""
        return get_object_or_404(invitations_visible_to(self.account).filter(forum=self.forum), public_id=public_id)


class InvitationsView(SearchedView, InvitationsRoom):
    """Everybody who is or was invited."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """As the address asks for it: the list with its filter, and what can be done with many."""
        form = InvitationFilterForm(request.GET, forum=self.forum)
        found = listed(self.account, forum=self.forum, narrowed_by=form.narrowed_by)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "states": states(form),
            "page": page,
            "rows": [row(invitation) for invitation in page],
            "narrowed": bool(form.address(state="")),
            "written": found.filter(state=InvitationState.WRITTEN).count(),
            "remind": RemindForm(label_suffix=""),
            "to_remind": may_be_reminded(self.forum, days=7).count(),
        }
        return render(request, "registration/team/invitations.html", context)


class NewInvitationView(InvitationsRoom):
    """Writing one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        return self.page(InvitationForm(forum=self.forum))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write it down; with `send` the letter goes at once."""
        form = InvitationForm(request.POST, forum=self.forum)
        made = attempt(form, lambda: self._write(form)) if form.is_valid() else None
        if made is None:
            return self.page(form, status=422)
        if "send" in request.POST:
            send_invitation(made, by=self.account)
            messages.success(request, _("The invitation is on its way."))
        return redirect("people:invitation", public_id=made.public_id)

    def _write(self, form: InvitationForm) -> Invitation:
        return write_invitation(self.forum, form.wording(), by=self.account)

    def page(self, form: InvitationForm, status: int = 200) -> HttpResponse:
        """The form with what was typed."""
        return render(self.request, "registration/team/invitation_new.html", {"form": form}, status=status)


class InvitationView(InvitationsRoom):
    """One invitation: what it says, where it stands, what can be done."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """As it stands now."""
        return self.page(self.find(public_id))

    def page(self, invitation: Invitation, **more: Any) -> HttpResponse:
        """With a fresh link where one was asked for."""
        return render(self.request, "registration/team/invitation.html", row(invitation) | more)


class LinkView(InvitationView):
    """A link to hand over oneself, shown once."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Shown once means: not when the page is opened again."""
        self.find(public_id)
        return redirect("people:invitation", public_id=public_id)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """A new one; only its hash is kept."""
        invitation = self.find(public_id)
        try:
            secret = copy_link(invitation, by=self.account)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
            return redirect("people:invitation", public_id=public_id)
        with translation.override(invitation.language):  # the page greets the person in the language of the letters
            path = reverse("registration:invitation", args=[secret])
        address = request.build_absolute_uri(path)
        response = self.page(self.find(public_id), link=address)
        response["Cache-Control"] = "private, no-store"
        return response


def _send(invitation: Invitation, by: Account) -> str:
    return _("The invitation is on its way.") if send_invitation(invitation, by=by) else ""


def _remind(invitation: Invitation, by: Account) -> str:
    return _("The reminder is on its way.") if remind(invitation, by=by) else ""


def _withdraw(invitation: Invitation, by: Account) -> str:
    done = withdraw_invitation(invitation, by=by)
    return _("Withdrawn: the link is dead, and what the invitation said is erased.") if done else ""


ACTS = {"send": _send, "remind": _remind, "withdraw": _withdraw}


class ActView(InvitationsRoom):
    """Send, remind, withdraw; each is safe to ask for twice."""

    def post(self, request: HttpRequest, public_id: UUID, act: str) -> HttpResponse:
        """Do it and show where the invitation stands."""
        if act not in ACTS:
            raise Http404
        try:
            done = ACTS[act](self.find(public_id), self.account)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        else:
            nothing = _("Nothing was done: it has been done before, or a letter has gone within the last day.")
            (messages.success if done else messages.warning)(request, done or nothing)
        return redirect("people:invitation", public_id=public_id)


class SendManyView(InvitationsRoom):
    """The letters of everybody who fits the filter and was not sent one yet, as a work."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin, and show the progress."""
        form = InvitationFilterForm(QueryDict(request.POST.get("filter", "")), forum=self.forum)
        found = listed(self.account, forum=self.forum, narrowed_by=form.narrowed_by)
        return self.begin(start_sending, found.filter(state=InvitationState.WRITTEN))

    def begin(self, start: Any, chosen: QuerySet[Invitation]) -> HttpResponse:
        """With the ids as they are found now."""
        ids = list(chosen.values_list("public_id", flat=True))
        if not ids:
            messages.warning(self.request, _("Nobody to write to: all letters have gone, or gone within the last day."))
            return redirect("people:invitations")
        return redirect("team:job", public_id=start(forum=self.forum, ids=ids, by=self.account).public_id)


class RemindManyView(SendManyView):
    """Everybody who was sent an invitation some days ago and has not used it, once a day at most."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin, and show the progress."""
        form = RemindForm(request.POST, label_suffix="")
        if not form.is_valid():
            messages.error(request, _("Write a number of days from 1 to 60."))
            return redirect("people:invitations")
        return self.begin(start_reminding, may_be_reminded(self.forum, days=form.cleaned_data["days"]))
