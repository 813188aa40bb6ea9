"""One session before its team: the page, the content with its optimistic lock."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agenda.actions.editing import edit_session
from agenda.enums import ProposalState
from agenda.models import Session
from agenda.queries.keys import needs_two_keys, partner_keys
from agenda.queries.proposals import halls_by_key
from agenda.queries.team_session import cast_rows, draft_of, history_of, proposals_of
from agenda.queries.visibility import sessions_editable_by
from agenda.web.forms_team_session import ContentForm, chosen_languages, content_of
from agenda.web.team_common import RELATED, ProgrammeView
from forum.errors import DomainError
from forum.web.two_versions import WAS, differing, hidden, opened_with, resolved, undecided

SHOWN = 30
"""Lines of history on the page; the audit keeps all."""


class SessionView(ProgrammeView):
    """Everything its team needs to know about one session."""

    permission_required = "agenda.edit_sessions"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page."""
        session = self.visible(slug)
        proposals = proposals_of(session)
        history = list(history_of(session)[:SHOWN])
        context = {
            "session": session,
            "draft": draft_of(request.user, session, language=get_language() or "ru"),
            "cast": cast_rows(session),
            "may_edit": sessions_editable_by(request.user).filter(pk=session.pk, cancelled_at=None).exists(),
            "two_keys": needs_two_keys(session),
            "partners": partner_keys(session),
            "open": next((one for one in proposals if one.state == ProposalState.OPEN), None),
            "proposals": proposals,
            "history": history,
            "halls": halls_by_key(self.forum),
            **self.shared(),
        }
        return render(request, "agenda/team/session.html", context)


class EditView(ProgrammeView):
    """Title, description, languages. Of two edits of one version the later one sees both and decides."""

    permission_required = "agenda.edit_sessions"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The form as the draft stands."""
        session = self.editable(slug)
        return self.page(session, ContentForm(session=session))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Save, or show what is wrong, or both versions."""
        session = self.editable(slug)
        form = ContentForm(resolved(request.POST, content_of(session)), session=session)
        if not form.is_valid():
            return self.page(session, form, status=422)
        if undecided(request.POST):
            return self.conflict(session, form)
        try:
            edit_session(session, version=number(request.POST.get("version")), by=self.account, **form.values())
        except DomainError as refusal:
            return self.refused(session, form, refusal)
        messages.success(request, _("Saved. The public sees it with the next release."))
        return redirect("programme:session", slug=slug)

    def refused(self, session: Session, form: ContentForm, refusal: DomainError) -> HttpResponse:
        """A stale version becomes a comparison; everything else an error of its field."""
        if refusal.code == "session.stale":
            fresh = get_object_or_404(sessions_editable_by(self.account).select_related(*RELATED), pk=session.pk)
            return self.conflict(fresh, form)
        for name, message in refusal.fields.items():
            form.add_error(name if name in form.fields else None, message)
        return self.page(session, form, status=422)

    def page(self, session: Session, form: ContentForm, *, status: int = 200) -> HttpResponse:
        """The form; what was typed stays, and so does the version it was typed on."""
        typed_on = self.request.POST.get("version")
        context = {
            "session": session,
            "form": form,
            "version": number(typed_on) if typed_on else session.version,
            "was": list(hidden(opened_with(self.request.POST, content_of(session)), prefix=WAS)),
        }
        return render(self.request, "agenda/team/edit.html", context | self.shared(), status=status)

    def conflict(self, session: Session, form: ContentForm) -> HttpResponse:
        """409 with both versions. Where nothing differs any more, both wanted the same and all is well."""
        stored = content_of(session)
        rows = differing(form, stored=stored, was=opened_with(self.request.POST, stored))
        if not rows:
            messages.success(self.request, _("Somebody has just saved the same; nothing was left to do."))
            return redirect("programme:session", slug=session.slug)
        for row in rows:
            if isinstance(row["mine"], list):
                row["mine"], row["theirs"] = chosen_languages(row["mine"]), chosen_languages(row["theirs"])
        context: dict[str, Any] = {
            "session": session,
            "rows": rows,
            # The next conflict, if there is one, starts from what is stored now.
            "carried": [*hidden(form.cleaned_data), *hidden(stored, prefix=WAS)],
            "last": history_of(session).first(),
        }
        return render(self.request, "agenda/team/conflict.html", context | self.shared(), status=409)


def number(text: str | None) -> int:
    """A version as a form sends it; nonsense is a version that never was."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
