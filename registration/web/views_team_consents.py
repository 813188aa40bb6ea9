"""What people say about their consents by letter, by email or at the desk, as an officer records it."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from forum.web.forms import attempt
from registration.actions.consents_received import record_signed, record_withdrawal
from registration.engine.texts import parts_of
from registration.enums import ConsentEvidence, RegistrationState
from registration.models import Registration
from registration.queries.consent_register import speaking_visible_to
from registration.queries.consents import Matter, matters_of
from registration.queries.people import name_of
from registration.web.consequences import consequences
from registration.web.forms_team_papers import PaperForm, WithdrawalForm
from registration.web.spellings import heading


class PersonView(TeamView):
    """Where one person stands with each purpose and receiver, and what may be recorded about it."""

    permission_required = "registration.record_consents"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """In the order of need."""
        registration = self.find()
        template, matters = "registration/team/consents_person.html", matters_of(registration.person)
        return self.show(template, registration, matters=matters, back_url=self._back(registration))

    def find(self) -> Registration:
        """The application, or 404."""
        return get_object_or_404(speaking_visible_to(self.request.user, forum=self.forum), ref=self.kwargs["ref"])

    def show(self, template: str, registration: Registration, *, status: int = 200, **more: Any) -> HttpResponse:
        """A page about this person."""
        context = {"registration": registration, "name": heading(name_of(registration.person)), **more}
        return render(self.request, template, context, status=status)

    def _back(self, registration: Registration) -> str:
        """To the person's page for those who have it, else to the register."""
        if not self.request.user.has_perm("registration.view_people"):
            return reverse("privacy:register")
        if registration.state == RegistrationState.DRAFT:
            return reverse("people:papers")
        return reverse("people:detail", args=[registration.ref])


class OfMatter(PersonView):
    """One purpose of `matters_of`; any other is a 404."""

    def matter_of(self, registration: Registration) -> Matter:
        """As things stand now."""
        found = [one for one in matters_of(registration.person) if one.key == self.kwargs["matter"]]
        if not found:
            raise Http404
        return found[0]

    def done(self) -> HttpResponse:
        """Back to all consents of the person."""
        return redirect("privacy:person", ref=self.kwargs["ref"])


class WithdrawalView(OfMatter):
    """The person has taken a consent back by word: first what ends with it, then what came and how."""

    def get(self, request: HttpRequest, ref: str, matter: str) -> HttpResponse:  # type: ignore[override]
        """The consequences as the person's own page says them, and an empty form."""
        registration = self.find()
        about = self.matter_of(registration)
        if about.given is None:
            messages.info(request, _("This consent is not in force: there is nothing to take back."))
            return self.done()
        return self._page(registration, about, WithdrawalForm(label_suffix=""))

    def post(self, request: HttpRequest, ref: str, matter: str) -> HttpResponse:
        """Record it; what is refused is said, and nothing typed is lost."""
        registration = self.find()
        about, form = self.matter_of(registration), WithdrawalForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self._page(registration, about, form, status=422)
        by, received = cast(Account, request.user), form.received()
        ended = attempt(form, lambda: record_withdrawal(registration, matter=about, received=received, by=by))
        if ended is None:
            return self._page(registration, about, form, status=422)
        if ended:
            messages.success(request, _("The withdrawal is recorded. What the consent allowed has ended."))
        else:
            messages.info(request, _("The consent was taken back already: nothing was recorded."))
        return self.done()

    def _page(self, registration: Registration, about: Matter, form: WithdrawalForm, status: int = 200) -> HttpResponse:
        template, ends = "registration/team/withdrawal.html", consequences(registration, about)
        return self.show(template, registration, status=status, matter=about, form=form, consequences=ends)


class SignedView(OfMatter):
    """The person has signed the text of one purpose or receiver on paper."""

    def get(self, request: HttpRequest, ref: str, matter: str) -> HttpResponse:  # type: ignore[override]
        """The form beside the text in force."""
        registration = self.find()
        about = self.matter_of(registration)
        if not about.may_be_signed:
            messages.info(request, _("There is nothing to record: this consent is in force, or begins an application."))
            return self.done()
        return self._page(registration, about, PaperForm(registration=registration))

    def post(self, request: HttpRequest, ref: str, matter: str) -> HttpResponse:
        """Record it; what is refused is said, and nothing typed is lost."""
        registration = self.find()
        about, form = self.matter_of(registration), PaperForm(request.POST, registration=registration)
        if not form.is_valid():
            return self._page(registration, about, form, status=422)
        by, paper = cast(Account, request.user), form.paper(about.document)
        consent = attempt(form, lambda: record_signed(registration, paper=paper, by=by))
        if consent is None:
            return self._page(registration, about, form, status=422)
        if consent.evidence == ConsentEvidence.SIGNED_PAPER:
            messages.success(request, _("The consent is recorded. Keep the paper."))
        else:
            messages.info(request, _("The person has agreed on their own page already: nothing was recorded."))
        return self.done()

    def _page(self, registration: Registration, about: Matter, form: PaperForm, status: int = 200) -> HttpResponse:
        template, parts = "registration/team/consent_signed.html", parts_of(about.document.body)
        return self.show(template, registration, status=status, matter=about, form=form, parts=parts)
