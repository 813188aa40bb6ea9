"""The room of who answers for personal data: the register of consents, its export, the texts."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.searched import SearchedView
from registration.actions.consent_register import note_export
from registration.actions.setup import publish_consent
from registration.engine.texts import parts_of
from registration.exports.consents import KINDS, consents_table, shown_name
from registration.models import Consent, ConsentDocument
from registration.queries.consent_register import counts, register, texts_of
from registration.queries.consents import documents_in_force, matter_key, withdrawal_of
from registration.web.forms_team_privacy import ExportForm, NewTextForm, RegisterForm

PER_PAGE = 50


class RegisterView(SearchedView, TeamView):
    """Every consent and withdrawal, newest first, with the numbers of each purpose."""

    permission_required = "registration.view_consents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """As the address asks for it."""
        return self.page(RegisterForm(request.GET), ExportForm(label_suffix=""), number=request.GET.get("page"))

    def page(
        self, form: RegisterForm, export: ExportForm, *, number: str | None = None, status: int = 200
    ) -> HttpResponse:
        """The list, the filter, and the form for a copy."""
        found = register(self.request.user, forum=self.forum, narrowed_by=form.narrowed_by)
        page = Paginator(found, PER_PAGE).get_page(number)
        context = {
            "form": form,
            "export": export,
            "counts": counts(self.forum),
            "page": page,
            "rows": [row(consent) for consent in page],
            "narrowed": bool(form.address),
        }
        return render(self.request, "registration/team/consents.html", context, status=status)


def row(consent: Consent) -> dict[str, Any]:
    """One line of the register."""
    return {"consent": consent, "name": shown_name(consent), "withdrawal": withdrawal_of(consent)}


class ExportView(RegisterView):
    """A copy of what the filter and the search have found; asked for by a button, with a reason."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:  # type: ignore[override]
        """An address kept from a button that was refused."""
        return redirect("privacy:register")

    def post(self, request: HttpRequest, kind: str) -> HttpResponseBase:  # type: ignore[override]
        """A download that nobody on the way keeps."""
        if kind not in KINDS:
            raise Http404
        form = RegisterForm(QueryDict(request.POST.get("filter", "")))
        export = ExportForm(request.POST, label_suffix="")
        if not export.is_valid():
            return self.page(form, export, status=422)
        found = list(register(request.user, forum=self.forum, narrowed_by=form.narrowed_by))
        content = consents_table(found, forum=self.forum, kind=kind)
        reason, by = export.cleaned_data["reason"], cast(Account, request.user)
        note_export(self.forum, kind=kind, rows=len(found), reason=reason, by=by)
        return private_file(content, name=f"consents-{localdate():%Y-%m-%d}.{kind}", content_type=KINDS[kind])


class TextsView(TeamView):
    """Every version of every text in its languages, with its hash and who agreed to it."""

    permission_required = "registration.view_consents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """By purpose, the newest version first."""
        texts = list(texts_of(self.forum))
        newest = {document.pk for document in documents_in_force(self.forum.pk)}
        context = {
            "texts": [text(document, in_force=document.pk in newest) for document in texts],
            "counts": counts(self.forum),
        }
        return render(request, "registration/team/consent_texts.html", context)


def text(document: ConsentDocument, *, in_force: bool) -> dict[str, Any]:
    """One version, in every language as it is shown there."""
    spoken = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            shown = {"title": document.title, "parts": parts_of(document.body)}
        spoken.append({"code": code, "name": _(str(name)), "hash": document.text_hash(code), **shown})
    key = matter_key(document.purpose, document.receiver)
    return {"document": document, "in_force": in_force, "languages": spoken, "key": key}


class NewTextView(TeamView):
    """Publishing the next version. Consents to the older one stay; the page of texts says who has to be asked again."""

    permission_required = "registration.publish_consents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form, or the version in force of what the address names."""
        return self.page(NewTextForm(forum=self.forum, initial=self._latest(request.GET.get("matter", ""))))

    def _latest(self, key: str) -> dict[str, Any]:
        for document in documents_in_force(self.forum.pk):
            if matter_key(document.purpose, document.receiver) == key:
                names = [f"{part}_{code}" for code, _language in settings.LANGUAGES for part in ("title", "body")]
                columns = {name: getattr(document, name) or "" for name in names}
                receiver = document.receiver.slug if document.receiver else ""
                return columns | {"purpose": document.purpose, "receiver": receiver}
        return {}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Publish."""
        form = NewTextForm(request.POST, forum=self.forum)
        if not form.is_valid():
            return self.page(form, status=422)
        document = publish_consent(
            forum=self.forum,
            by=cast(Account, request.user),
            purpose=form.cleaned_data["purpose"],
            texts=form.texts(),
            receiver=form.cleaned_data["receiver"],
        )
        messages.success(request, _("Version %(version)s is published.") % {"version": document.version})
        return redirect("privacy:texts")

    def page(self, form: NewTextForm, *, status: int = 200) -> HttpResponse:
        """The form with what was typed."""
        return render(self.request, "registration/team/consent_text_new.html", {"form": form}, status=status)
