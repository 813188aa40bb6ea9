"""Inviting many from a spreadsheet, and what became of all invitations."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from forum.web.files import private_file
from forum.web.forms import attempt
from registration.actions.imports import receive
from registration.actions.invitation_works import note_report
from registration.actions.invitations import refuse_past
from registration.engine.imports.files import ImportFileError
from registration.exports.invitations import KINDS, code_heads, file_name, heads, report_table
from registration.models import ImportRun
from registration.queries.imports import imports_visible_to, with_figures
from registration.queries.invitation_report import (
    Usage,
    usage_by_batch,
    usage_by_category,
    usage_by_code,
    usage_in_all,
)
from registration.web.forms_team_imports import refused
from registration.web.forms_team_invitations import InvitationListForm
from registration.web.lists_team import heads_of, standing_of
from registration.web.views_team_invitations import InvitationsRoom

MOST_LISTS = 30


class InviteManyView(InvitationsRoom):
    """Hand a list in; the lists handed in before. From there on they are lists as all others."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(InvitationListForm(forum=self.forum, initial={"language": self.forum.languages[0]}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file and show what it would do; a file that cannot be read is not kept."""
        form = InvitationListForm(request.POST, request.FILES, forum=self.forum)
        run = attempt(form, lambda: self._receive(form)) if form.is_valid() else None
        if run is None:
            return self._page(form, status=422)
        return redirect("people:import", public_id=run.public_id)

    def _receive(self, form: InvitationListForm) -> ImportRun | None:
        terms = form.terms()
        refuse_past(terms.expires_at)
        given = form.cleaned_data
        try:
            return receive(
                forum=self.forum,
                name=given["file"].name,
                content=form.content,
                category=given["category"],
                language=given["language"],
                by=self.account,
                batch=terms,
            )
        except ImportFileError as error:
            form.add_error("file", refused(error))
            return None

    def _page(self, form: InvitationListForm, status: int = 200) -> HttpResponse:
        runs = with_figures(imports_visible_to(self.account).filter(forum=self.forum, batch__isnull=False))
        rows = [{"run": run, "standing": standing_of(run)} for run in runs[:MOST_LISTS]]
        context = {"form": form, "rows": rows, "heads": heads_of(invites=True)}
        return render(self.request, "registration/team/invitation_lists.html", context, status=status)


class ReportView(InvitationsRoom):
    """What became of invitations and codes, in figures."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """By category, by list, by code."""
        by_category = usage_by_category(self.forum)
        lists = [_line(line) for line in usage_by_batch(self.forum)]
        context = {
            "heads": heads(),
            "parts": [("category", [_line(line) for line in by_category]), ("list", lists)] if by_category else [],
            "in_all": _line(usage_in_all(by_category)),
            "code_heads": code_heads(),
            "codes": [
                {
                    "name": one.name,
                    "code": one.code,
                    "category": one.category,
                    "cells": zip_up(code_heads(), one.figures),
                }
                for one in usage_by_code(self.forum)
            ],
        }
        return render(request, "registration/team/invitation_report.html", context)


def _line(line: Usage) -> dict[str, Any]:
    return {"name": line.name, "cells": zip_up(heads(), line.figures)}


def zip_up(labels: Sequence[str], figures: Sequence[int]) -> list[tuple[str, int]]:
    """Each figure with its head, which narrow screens show beside it."""
    return list(zip(labels, figures, strict=True))


class ReportFileView(InvitationsRoom):
    """The same as a table."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """An address kept from a button that was refused."""
        return redirect("people:invitation_report")

    def post(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """A download; figures of groups alone, so no reason is asked."""
        if kind not in KINDS:
            raise Http404
        content = report_table(self.forum, kind=kind)
        note_report(self.forum, kind=kind, by=self.account)
        return private_file(content, name=file_name(kind), content_type=KINDS[kind])
