"""“My document”: why it is asked, who sees it, until when; entered, changed, erased."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.registry import Panel
from forum.web.forms import attempt
from forum.web.limits import limited
from registration.actions.documents import save_document
from registration.actions.erasing import erase_document
from registration.engine.documents.checking import warnings
from registration.engine.documents.mrz import NOTHING
from registration.engine.documents.numbers import masked
from registration.engine.documents.words import words_of
from registration.enums import ConsentPurpose, ErasureBasis, PictureKind, RegistrationState
from registration.models import IdentityDocument, Registration
from registration.queries.consents import matters_of
from registration.queries.documents import (
    KEPT_FOR,
    Needs,
    document_of,
    facts_of,
    missing_columns,
    needs_of,
    needs_of_one,
    pictures_of,
    values_of,
)
from registration.queries.people import name_of
from registration.queries.pictures import is_taken, with_photo
from registration.web.access import OwnApplicationView
from registration.web.forms_document import DocumentForm, KindForm
from registration.web.limits import DOCUMENT
from registration.web.lines_of_document import LinesForm, filled_in, other_name
from registration.web.spellings import own_heading
from registration.web.words_documents import COLUMNS, field_names


class DocumentView(OwnApplicationView):
    """One page; nothing of what is stored is shown on it but the end of the number."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The lines for machines are empty until somebody types them."""
        super().setup(request, *args, **kwargs)
        self.lines, self.other_name = LinesForm(), ""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """With the form where something asks and the person has agreed."""
        return self.page(self._form(None))

    @limited(DOCUMENT)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Keep it; what is refused stays in the form."""
        form = self._form(request.POST)
        if form is None:
            return redirect("registration:document", ref=ref)
        if "read" in request.POST:
            return self._read()
        if not form.is_valid() or attempt(form, lambda: self._save(form)) is None:
            return self.page(form, status=422)
        messages.success(request, _("Your document is stored, encrypted. Here you see only the end of its number."))
        return redirect("registration:document", ref=ref)

    def _read(self) -> HttpResponse:
        """Propose what the lines for machines say; nothing is stored."""
        self.lines = LinesForm(self.request.POST)
        form = cast(DocumentForm, self._form(None))
        found = self.lines.cleaned_data["lines"] if self.lines.is_valid() else NOTHING
        filled_in(form, self.request.POST, found)
        self.other_name = other_name(found, self.registration.person) if self.lines.is_valid() else ""
        return self.page(form, status=200 if self.lines.is_valid() else 422)

    def _save(self, form: DocumentForm) -> IdentityDocument:
        return save_document(
            self.registration,
            kind=form.chosen,
            values=form.values(),
            birth_date=form.cleaned_data.get("birth_date"),
            version=form.cleaned_data["version"],
            by=self.account,
        )

    def _form(self, data: Any) -> DocumentForm | None:
        """None where nothing is asked, or the person has not agreed yet."""
        self.needs, self.document = needs_of_one(self.registration), document_of(self.registration)
        matters = matters_of(self.registration.person)
        self.matter = next((one for one in matters if one.purpose == ConsentPurpose.DOCUMENT), None)
        chosen = data if data is not None else self.request.GET
        self.kind = KindForm(chosen.get("kind", ""), registration=self.registration, document=self.document)
        if not self.needs.fields or self.matter is None or self.matter.given is None:
            return None
        return DocumentForm(
            data,
            registration=self.registration,
            document=self.document,
            kind=self.kind.chosen,
            fields=self.needs.fields,
            version=stored_version(self.registration),
        )

    def page(self, form: DocumentForm | None, *, status: int = 200) -> HttpResponse:
        """What is asked, what is there, what should be known."""
        registration = self.registration
        context = {
            "registration": registration,
            "heading": own_heading(name_of(registration.person)),
            "needs": [need_row(need) for need in self.needs.open],
            "kept_until": self.needs.erase_after(registration.forum),
            "document": self.document,
            "masked": masked(self.document.number or "") if self.document else "",
            "missing": missing_words(registration, self.document, self.needs) if self.document else [],
            "warnings": warning_words(registration, self.document),
            "matter": self.matter,
            "kind_form": self.kind,
            "form": form,
            "lines_form": self.lines,
            "other_name": self.other_name,
            "pictures": _pictures(registration),
        }
        return render(self.request, "registration/document.html", context, status=status)


def stored_version(registration: Registration) -> int:
    """Of the row, also of one that was emptied."""
    found = IdentityDocument.objects.filter(registration=registration).values_list("version", flat=True).first()
    return found or 1


def need_row(need: Any) -> dict[str, Any]:
    """A reason in words."""
    return {
        "why": need.why,
        "fields": field_names(need.fields),
        "seen_by": need.seen_by,
        "until": need.until + KEPT_FOR,
    }


def missing_words(registration: Registration, document: IdentityDocument | None, needs: Needs) -> list[str]:
    """Names of what is asked for and not there."""
    return [str(COLUMNS[column]) for column in missing_columns(registration, document, needs)]


def warning_words(registration: Registration, document: IdentityDocument | None) -> list[tuple[str, str]]:
    """What may keep the person out, without saying any value."""
    if document is None:
        return []
    found = warnings(facts_of(registration, kind=document.kind, values=values_of(document)))
    return [words_of(finding.code) for finding in found]


def _pictures(registration: Registration) -> list[dict[str, Any]]:
    """Kinds that are taken here, or that there is one of."""
    given = {picture.kind for picture in pictures_of(registration)}
    taken = [kind for kind in PictureKind if kind in given or is_taken(registration, kind)]
    return [{"kind": kind, "given": kind in given} for kind in taken]


class EraseDocumentView(OwnApplicationView):
    """The person wants nothing of the document kept."""

    @limited(DOCUMENT)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """At once; a second press finds nothing."""
        pictures = (PictureKind.SCAN,)
        erase_document(self.registration, basis=ErasureBasis.ASKED, pictures=pictures, by=self.account)
        messages.success(request, _("The data of your document are erased."))
        return redirect("registration:document", ref=ref)


# --- on the card of one's application -----------------------------------------------------------------------------------------
def document_contexts(request: HttpRequest, registrations: Sequence[Registration]) -> dict[int, dict[str, Any]]:
    """What is still needed of each person's document; constant queries."""
    needs = needs_of(registrations)
    rows = IdentityDocument.objects.filter(registration__in=registrations, erased_at=None)
    documents = {row.registration_id: row for row in rows}
    photos = with_photo(registrations)
    return {
        registration.pk: {
            "asked": bool(needs[registration.pk].open),
            "stored": registration.pk in documents,
            "missing": missing_words(registration, documents.get(registration.pk), needs[registration.pk]),
            "photo": registration.pk in photos or _asks_for_photo(registration),
            "has_photo": registration.pk in photos,
        }
        for registration in registrations
    }


def _asks_for_photo(registration: Registration) -> bool:
    """On the card of whoever has applied; while one is still applying, other things come first."""
    return registration.state != RegistrationState.DRAFT and is_taken(registration, PictureKind.PHOTO)


MY_DOCUMENT = Panel("document", "registration/partials/my_document.html", 40, "", document_contexts)
