"""What a head does with the people of their delegation: add, keep places without names, remind, withdraw, replace."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.web.forms import attempt
from registration.actions.members import Added, add_member, remind, withdraw_member
from registration.actions.placeholders import give_places_back, keep_places
from registration.enums import HOLDS_PLACE, MOVES, RegistrationState
from registration.models import Delegation, Quota, Registration
from registration.queries.delegations import members_of_delegation, quotas_of_delegation
from registration.queries.people import name_of
from registration.web.forms_team_delegations import GiveBackForm, LeaveForm, MemberForm, PlacesForm
from registration.web.spellings import heading
from registration.web.views_team_delegations import OneDelegationView
from registration.web.views_team_replace import ReplaceView


class AddMemberView(OneDelegationView):
    """Write one person down; the rest is theirs to do."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The form."""
        delegation = self.find_delegation()
        return self._page(delegation, MemberForm(delegation=delegation))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """A draft and a letter; on to the next person or back."""
        delegation = self.find_delegation()
        form = MemberForm(request.POST, delegation=delegation)
        if not form.is_valid():
            return self._page(delegation, form, status=422)
        added = attempt(form, lambda: self._add(delegation, form))
        if added is None:
            return self._page(delegation, form, status=409)
        messages.success(request, _said(added))
        return redirect("people:member_add", code=code) if "more" in request.POST else self.back()

    def _add(self, delegation: Delegation, form: MemberForm) -> Added:
        given = form.cleaned_data
        return add_member(
            delegation, category=given["category"], language=given["language"], texts=form.texts(), by=self.account
        )

    def _page(self, delegation: Delegation, form: MemberForm, *, status: int = 200) -> HttpResponse:
        context = {"delegation": delegation, "form": form}
        return render(self.request, "registration/team/member_add.html", context, status=status)


def _said(added: Added) -> str:
    person = added.registration.person
    words = {"name": heading(name_of(person))}
    told = (
        _("Written down: %(name)s. The letter with their own link is on its way.")
        if person.email
        else _("Written down: %(name)s. Without an email they sign on paper at the desk.")
    )
    kept = " " + _("A place that was kept without a name is put by for them.") if added.has_place else ""
    return told % words + kept


class PlacesView(OneDelegationView):
    """Keep places of a quota for people who have no name yet."""

    def get(self, request: HttpRequest, code: str, category: str) -> HttpResponse:
        """How many are kept, and the form."""
        quota, kept = self.find_quota()
        return self._page(quota, kept, PlacesForm(forum=self.forum, seen=kept))

    def post(self, request: HttpRequest, code: str, category: str) -> HttpResponse:
        """Keep some more."""
        quota, kept = self.find_quota()
        form = PlacesForm(request.POST, forum=self.forum, seen=kept)
        if not form.is_valid():
            return self._page(quota, kept, form, status=422)
        places = attempt(form, lambda: keep_places(quota, wanted=form.wanted(), by=self.account))
        if places is None:
            return self._page(quota, kept, form, status=409)
        number = len(places)
        text = ngettext("%(number)s place is kept.", "%(number)s places are kept.", number)
        messages.success(request, text % {"number": number})
        return self.back()

    def find_quota(self) -> tuple[Quota, int]:
        """The quota of the category, and how many of its places have no name; 404 without one."""
        for one in quotas_of_delegation(self.find_delegation()):
            if one.quota.category.code == self.kwargs["category"]:
                return one.quota, len(one.nameless)
        raise Http404

    def _page(self, quota: Quota, kept: int, form: PlacesForm, *, status: int = 200) -> HttpResponse:
        context = {"delegation": quota.delegation, "quota": quota, "kept": kept, "form": form}
        return render(self.request, "registration/team/places_without_names.html", context, status=status)


class GiveBackView(PlacesView):
    """Give places without names back."""

    def get(self, request: HttpRequest, code: str, category: str) -> HttpResponse:
        """The address of the form, opened by itself."""
        self.find_quota()
        return self.back()

    def post(self, request: HttpRequest, code: str, category: str) -> HttpResponse:
        """They are free for others at once."""
        quota, _kept = self.find_quota()
        form = GiveBackForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say how many places you give back: a whole number."))
            return self.back()
        number = give_places_back(quota, number=form.cleaned_data["number"], by=self.account)
        text = ngettext("%(number)s place was given back.", "%(number)s places were given back.", number)
        messages.success(request, text % {"number": number})
        return self.back()


class RemindView(OneDelegationView):
    """Write to those of whom something is missing: to one, or to all."""

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """At most once a day for each."""
        members = members_of_delegation(self.find_delegation())
        if ref := request.POST.get("ref"):
            members = members.filter(pk=get_object_or_404(members, ref=ref).pk)
        number = remind(list(members), by=self.account)
        if number:
            text = ngettext("%(number)s reminder is on its way.", "%(number)s reminders are on their way.", number)
            messages.success(request, text % {"number": number})
        else:
            messages.info(request, _("Nobody was written to: everybody has had a letter today, or has no email."))
        return self.back()


class OneMemberView(OneDelegationView):
    """Base: somebody of this delegation; anybody else is a 404."""

    def find(self) -> Registration:
        """The application, or 404."""
        return get_object_or_404(members_of_delegation(self.find_delegation()), ref=self.kwargs["ref"])


class LeaveView(OneMemberView):
    """A member does not come: first what it means, then the button."""

    def get(self, request: HttpRequest, code: str, ref: str) -> HttpResponse:
        """What will be lost."""
        return self._page(self._leaving(), LeaveForm(label_suffix=""))

    def post(self, request: HttpRequest, code: str, ref: str) -> HttpResponse:
        """Withdraw; a second press changes nothing."""
        registration, form = self._leaving(), LeaveForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self._page(registration, form, status=422)
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: withdraw_member(registration, reason=reason, by=self.account)) is None:
            return self._page(registration, form, status=409)
        messages.success(request, _("Withdrawn: %(name)s") % {"name": heading(name_of(registration.person))})
        return self.back()

    def _leaving(self) -> Registration:
        registration = self.find()
        state = RegistrationState(registration.state)
        if state != RegistrationState.CANCELLED and RegistrationState.CANCELLED not in MOVES[state]:
            raise Http404
        return registration

    def _page(self, registration: Registration, form: LeaveForm, *, status: int = 200) -> HttpResponse:
        context = {
            "delegation": registration.delegation,
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "has_place": registration.state in HOLDS_PLACE,
            "form": form,
        }
        return render(self.request, "registration/team/member_leave.html", context, status=status)


class MemberReplaceView(OneMemberView, ReplaceView):
    """A member's place for another one of the delegation who has applied."""

    permission_required = "registration.lead_delegation"

    def get(self, request: HttpRequest, code: str, ref: str) -> HttpResponse:  # type: ignore[override]
        """The form."""
        return ReplaceView.get(self, request, ref)

    def post(self, request: HttpRequest, code: str, ref: str) -> HttpResponse:  # type: ignore[override]
        """Check and ask; with `confirmed`, do it."""
        return ReplaceView.post(self, request, ref)

    def among(self, registration: Registration) -> QuerySet[Registration]:
        """The delegation's own people who have sent their application."""
        return members_of_delegation(self.find_delegation()).exclude(state=RegistrationState.DRAFT)

    def address_of(self, registration: Registration) -> str:
        """The page of the delegation."""
        return reverse("people:delegation", args=[self.kwargs["code"]])
