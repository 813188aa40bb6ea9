"""The document of one person before the team: masked, in full only with a reason, which stands in the log first."""

from base64 import b64encode
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.models import Account
from forum.registry import Panel
from forum.web.access import TeamView
from registration.actions.documents import clear_suspicion, look_at_document
from registration.actions.pictures import look_at_picture
from registration.engine.documents.answers import DATES
from registration.engine.documents.numbers import masked
from registration.enums import PictureKind, Sex
from registration.models import IdentityDocument, PersonPicture, Registration
from registration.queries.documents import (
    document_of,
    documents_visible_to,
    is_suspect,
    kept_fields,
    looks_at,
    needs_of_one,
    pictures_of,
    readable_fields,
    twins_of,
)
from registration.queries.people import name_of
from registration.web.fields import LineField
from registration.web.limits import LOOKS
from registration.web.spellings import heading
from registration.web.views_document import missing_words, need_row, warning_words
from registration.web.words_documents import COLUMNS

MOST_LOOKS = 20


class ReasonForm(forms.Form):
    """Why somebody has to read it."""

    reason = LineField(
        label=gettext_lazy("What do you need it for?"),
        max_length=300,
        help_text=gettext_lazy("Kept in the log with your name. The person can ask to see the log."),
    )


class DocumentView(TeamView):
    """Masked by itself; the answer to the reason shows it once, at no address of its own."""

    permission_required = "registration.view_documents"

    def find(self) -> Registration:
        """The application, or 404."""
        found = documents_visible_to(self.request.user, ref=self.kwargs["ref"])
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """What is there, what for, who has looked."""
        return self.page(self.find(), ReasonForm(label_suffix=""))

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The values that this role may read; too many looks in an hour are refused."""
        registration, form = self.find(), ReasonForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.page(registration, form, status=422)
        by = cast(Account, request.user)
        if not LOOKS.passes_for(str(by.public_id)):
            form.add_error(None, _("You have looked at very many documents within an hour. Go on later."))
            return self.page(registration, form, status=429)
        reason = form.cleaned_data["reason"]
        shown = look_at_document(registration, reason=reason, by=by)
        pictures = self._pictures(registration, reason=reason, by=by)
        return self.page(registration, ReasonForm(label_suffix=""), shown=_rows(shown), shown_pictures=pictures)

    def _pictures(self, registration: Registration, *, reason: str, by: Account) -> list[dict[str, str]]:
        """For the officer alone; inside the page, so that they have no address."""
        if not self.request.user.has_perm("registration.view_people"):
            return []
        return [found for one in pictures_of(registration) if (found := _drawn(one, reason=reason, by=by))]

    def page(self, registration: Registration, form: ReasonForm, *, status: int = 200, **shown: Any) -> HttpResponse:
        """The same page with and without the values."""
        document, needs = document_of(registration), needs_of_one(registration)
        suspect = document is not None and is_suspect(document)
        context = {
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "sees_person": self.request.user.has_perm("registration.view_people"),
            "document": document,
            "masked": masked(document.number or "") if document else "",
            "kept": [str(field.label) for field in kept_fields(document)] if document else [],
            "readable": readable_fields(self.request.user, registration),
            "needs": [need_row(need) for need in needs.open],
            "missing": missing_words(registration, document, needs),
            "warnings": warning_words(registration, document),
            "pictures": pictures_of(registration),
            "suspect": suspect,
            "twins": twins_of(document) if document and suspect else [],
            "looks": looks_at(registration)[:MOST_LOOKS],
            "form": form,
            **shown,
        }
        response = render(self.request, "registration/team/document.html", context, status=status)
        response["Cache-Control"] = "private, no-store"
        return response


def _rows(values: dict[str, str]) -> list[tuple[str, str]]:
    """Labels and values, dates and sex as people read them."""
    return [(str(COLUMNS[column]), _said(column, value)) for column, value in values.items()]


def _said(column: str, value: str) -> str:
    if column == "sex":
        return str(Sex(value).label)
    return f"{date.fromisoformat(value):%d.%m.%Y}" if column in (*DATES, "birth_date") else value


def _drawn(picture: PersonPicture, *, reason: str, by: Account) -> dict[str, str] | None:
    try:
        content = look_at_picture(picture, reason=reason, by=by)
    except FileNotFoundError:
        return None
    kind = PictureKind(picture.kind)
    return {"label": str(kind.label), "source": f"data:image/jpeg;base64,{b64encode(content).decode()}"}


class ClearView(DocumentView):
    """Two people with one number have been compared, and this one stays."""

    permission_required = "registration.decide"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The address of a form that was refused, opened again."""
        return redirect("people:document", ref=self.find().ref)

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """With a reason."""
        registration, form = self.find(), ReasonForm(request.POST, label_suffix="")
        document = document_of(registration)
        if document is None:
            raise Http404
        if not form.is_valid():
            return self.page(registration, form, status=422)
        clear_suspicion(document, reason=form.cleaned_data["reason"], by=cast(Account, request.user))
        messages.success(request, _("Written down: both stay."))
        return redirect("people:document", ref=ref)


def document_panel(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """On the page of one application: what is there, masked."""
    document, needs = document_of(registration), needs_of_one(registration)
    return {
        "document": document,
        "masked": masked(document.number or "") if document else "",
        "asked": bool(needs.open),
        "missing": missing_words(registration, document, needs),
        "suspect": _suspect(document),
        "pictures": list(pictures_of(registration)),
    }


def _suspect(document: IdentityDocument | None) -> bool:
    return document is not None and document.suspect_since is not None and is_suspect(document)


PANEL = Panel("document", "registration/team/panels/document.html", 30, "registration.view_documents", document_panel)
