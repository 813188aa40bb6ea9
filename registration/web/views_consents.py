"""One's own consents: what was agreed to, agreeing one by one, taking back with the consequence shown before."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forum.registry import Panel
from forum.web.limits import client_ip, limited
from registration.actions.consents import give_consent, withdraw_consent
from registration.engine.texts import parts_of
from registration.enums import EDITABLE, HOLDS_PLACE, ConsentPurpose, PictureKind
from registration.models import Registration
from registration.queries.consents import Matter, matters_of, matters_of_many
from registration.queries.documents import needs_of_one
from registration.queries.people import name_of
from registration.queries.pictures import is_taken
from registration.web.access import OwnApplicationView
from registration.web.answers import consents_of
from registration.web.consequences import LABELS, USES, consequences
from registration.web.forms import AgreeForm, with_value
from registration.web.limits import CONSENTS
from registration.web.spellings import own_heading
from registration.web.standing import step_url


def shown(matter: Matter) -> dict[str, Any]:
    """A consent with its words."""
    return {"matter": matter, "label": LABELS[matter.purpose], "use": USES[matter.purpose]}


class ConsentsView(OwnApplicationView):
    """Everything one is asked for, where one stands, and the way to change it."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """In the order of need."""
        context = {
            "registration": self.registration,
            "heading": own_heading(name_of(self.registration.person)),
            "matters": [shown(matter) for matter in matters_of(self.registration.person)],
            "consents": consents_of(self.registration),
        }
        return render(request, "registration/consents.html", context)


class MatterView(OwnApplicationView):
    """One purpose of `matters_of`; any other is a 404."""

    matter: Matter

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it before anything is done with the request."""
        super().setup(request, *args, **kwargs)
        mine = matters_of(self.registration.person)
        found = next((matter for matter in mine if matter.key == kwargs["matter"]), None)
        if found is None:
            raise Http404
        self.matter = found


class GiveConsentView(MatterView):
    """The full text of one purpose, and a box that nobody has ticked."""

    def get(self, request: HttpRequest, ref: str, matter: str) -> HttpResponse:
        """The text in force."""
        return self._page(AgreeForm(document=self.matter.document))

    @limited(CONSENTS)
    def post(self, request: HttpRequest, ref: str, matter: str) -> HttpResponse:
        """Agree; a second press changes nothing."""
        form = AgreeForm(request.POST, document=self.matter.document)
        if not form.is_valid():
            form.data = with_value(form.data, version=str(self.matter.document.version))
            return self._page(form, status=422)
        give_consent(
            self.registration,
            document=self.matter.document,
            language=get_language() or "ru",
            ip=client_ip(request) or None,
            by=self.account,
        )
        messages.success(request, _("Thank you, your consent is written down. You can withdraw it here at any time."))
        return redirect(self._back())

    def _back(self) -> str:
        """To what the consent was wanted for; whoever is still applying goes on with that."""
        if self.matter.purpose == ConsentPurpose.DOCUMENT or self._is_for_a_document():
            return redirect("registration:document", ref=self.registration.ref).url
        if self.matter.purpose == ConsentPurpose.PHOTO and is_taken(self.registration, PictureKind.PHOTO):
            return redirect("registration:picture", ref=self.registration.ref, kind=PictureKind.PHOTO).url
        if self.registration.state in EDITABLE:
            return step_url(self.registration, "summary")
        return redirect("registration:consents", ref=self.registration.ref).url

    def _is_for_a_document(self) -> bool:
        """Of a plant that needs more than the name."""
        return self.matter.purpose == ConsentPurpose.PLANT_ACCESS and bool(needs_of_one(self.registration).open)

    def _page(self, form: AgreeForm, status: int = 200) -> HttpResponse:
        context = {
            "registration": self.registration,
            "form": form,
            "document": self.matter.document,
            "parts": parts_of(self.matter.document.body),
            "back": self._back(),
            **shown(self.matter),
        }
        return render(self.request, "registration/consent_give.html", context, status=status)


class WithdrawConsentView(MatterView):
    """Taking a consent back: first what ends with it, then the button."""

    def get(self, request: HttpRequest, ref: str, matter: str) -> HttpResponse:
        """The consequences for this person, as things stand now."""
        if self.matter.given is None:
            return redirect("registration:consents", ref=ref)
        context = {
            "registration": self.registration,
            "consequences": consequences(self.registration, self.matter),
            **shown(self.matter),
        }
        return render(request, "registration/consent_withdraw.html", context)

    @limited(CONSENTS)
    def post(self, request: HttpRequest, ref: str, matter: str) -> HttpResponse:
        """Withdraw; a second press changes nothing."""
        withdraw_consent(
            self.registration,
            matter=self.matter,
            language=get_language() or "ru",
            ip=client_ip(request) or None,
            by=self.account,
        )
        messages.success(request, _("The consent is withdrawn. What it allowed has ended."))
        return redirect("registration:consents", ref=ref)


# --- on the card of one's application -----------------------------------------------------------------------------------------
def consent_contexts(request: HttpRequest, registrations: Sequence[Registration]) -> dict[int, dict[str, Any]]:
    """Receivers that ask, and newer texts of what was agreed to; constant queries."""
    matters = matters_of_many([registration.person for registration in registrations])
    return {one.pk: _waiting(one, matters[one.person_id]) for one in registrations}


def _waiting(registration: Registration, matters: Sequence[Matter]) -> dict[str, Any]:
    comes = registration.state in HOLDS_PLACE
    asked = [one for one in matters if comes and one.document.receiver and not one.given and not one.withdrawn]
    return {"asked": [shown(one) for one in asked], "newer": [shown(one) for one in matters if one.has_newer_text]}


MY_CONSENTS = Panel("consents", "registration/partials/my_consents.html", 20, "", consent_contexts)
