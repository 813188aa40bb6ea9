"""Lists of people: hand a file in, see what it would do, have it taken over, take it back."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.web.access import TeamView
from forum.web.files import private_file
from registration.actions.imports import choose, discard, receive, start_import, start_undo
from registration.engine.imports.files import ImportFileError
from registration.engine.imports.tables import Table
from registration.engine.imports.words import file_problem
from registration.exports.wrong_rows import Line, wrong_rows_xlsx
from registration.models import ImportRun
from registration.queries.delegations import delegations_visible_to
from registration.queries.imports import imports_visible_to, table_of_run, with_figures
from registration.queries.invitation_lists import plan_of_run, rows_to_plan
from registration.web.forms_team_imports import ReadingForm, UploadForm, refused
from registration.web.lists_team import heads_of, preview, result, standing_of

PER_PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportsView(TeamView):
    """Hand a list in; the lists handed in before."""

    permission_required = "registration.import_people"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, and what became of earlier lists."""
        return self._page(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file and show what it would do; a file that cannot be read is not kept."""
        form = self._form(request.POST, request.FILES)
        if form.is_valid():
            try:
                run = receive(
                    forum=self.forum,
                    name=form.cleaned_data["file"].name,
                    content=form.content,
                    category=form.cleaned_data["category"],
                    language=form.cleaned_data["language"],
                    delegation=form.cleaned_data.get("delegation"),
                    by=cast(Account, request.user),
                )
            except ImportFileError as error:
                form.add_error("file", refused(error))
            else:
                return redirect("people:import", public_id=run.public_id)
        return self._page(form, status=422)

    def _form(self, *sent: Any) -> UploadForm:
        """An officer's list may bring anybody, a head's people of their own delegation."""
        everybody = self.request.user.has_perm("registration.arrange_delegations")
        own = None if everybody else delegations_visible_to(self.request.user)
        return UploadForm(*sent, forum=self.forum, own=own, initial={"language": self.forum.languages[0]})

    def _page(self, form: UploadForm, status: int = 200) -> HttpResponse:
        runs = with_figures(imports_visible_to(self.request.user).filter(forum=self.forum, batch=None))
        page = Paginator(runs, PER_PAGE).get_page(self.request.GET.get("page"))
        rows = [{"run": run, "standing": standing_of(run)} for run in page]
        context = {"form": form, "page": page, "rows": rows, "heads": heads_of()}
        return render(self.request, "registration/team/imports.html", context, status=status)


class OneImportView(TeamView):
    """Base: one list of the current edition."""

    permission_required = "registration.import_people"

    def find(self) -> ImportRun:
        """The list, or 404."""
        visible = imports_visible_to(self.request.user).filter(forum=self.forum)
        return get_object_or_404(visible, public_id=self.kwargs["public_id"])

    @property
    def account(self) -> Account:
        """Who acts."""
        return cast(Account, self.request.user)


class ImportView(OneImportView):
    """Before the start: how the file is read and what it would do. After it: what became of each row."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """One of the two."""
        run = self.find()
        if run.started_at is not None:
            return render(request, "registration/team/import_result.html", result(run, request.GET))
        try:
            table = table_of_run(run)
        except (ImportFileError, ValueError) as error:
            return self._unreadable(run, ReadingForm(run=run, table=None), error)
        return self._preview(run, ReadingForm(run=run, table=table), table)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Read it another way; with `start` take it over at once as it was just read."""
        run = self.find()
        if run.started_at is not None:
            return redirect("people:import", public_id=run.public_id)
        form = ReadingForm(request.POST, run=run, table=_table_or_none(run))
        if not form.is_valid():
            table = _table_or_none(run)
            return self._preview(run, form, table, status=422) if table else redirect(request.path)
        try:
            run = choose(run, by=self.account, **form.values())
        except ImportFileError as error:
            return self._unreadable(run, form, error)
        return redirect("people:import", public_id=run.public_id)

    def _preview(self, run: ImportRun, form: ReadingForm, table: Table, status: int = 200) -> HttpResponse:
        context = preview(run, form, table, page=self.request.GET.get("page"))
        return render(self.request, "registration/team/import.html", context, status=status)

    def _unreadable(self, run: ImportRun, form: ReadingForm, error: Exception) -> HttpResponse:
        """The choice stays on the page, with the reason."""
        problem = file_problem(error) if isinstance(error, ImportFileError) else None
        context = {"run": run, "form": form, "problem": problem, "unreadable": True, "standing": standing_of(run)}
        return render(self.request, "registration/team/import.html", context, status=422 if problem else 200)


def _table_or_none(run: ImportRun) -> Table | None:
    try:
        return table_of_run(run)
    except (ImportFileError, ValueError):
        return None


class StartView(OneImportView):
    """Take the list over as it is shown."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """A work; a second press shows the first one's progress."""
        run = self.find()
        try:
            start_import(run, by=self.account)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("people:import", public_id=run.public_id)


class UndoView(OneImportView):
    """Take the list back."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """A work; a second press shows the first one's progress."""
        run = self.find()
        try:
            start_undo(run, by=self.account)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("people:import", public_id=run.public_id)


class DiscardView(OneImportView):
    """Throw away a file that nothing was taken from."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Back to the form."""
        run = self.find()
        try:
            discard(run, by=self.account)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("people:import", public_id=run.public_id)
        messages.success(request, _("The file has been erased. Nobody was written down."))
        return redirect("people:imports")


class WrongRowsView(OneImportView):
    """The rows that were not taken, with the reasons, to correct and hand in again."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """Only while the file is kept."""
        run = self.find()
        try:
            table = table_of_run(run)
        except (ImportFileError, ValueError) as error:
            raise Http404 from error
        content = wrong_rows_xlsx(table.heads, _lines(run, table))
        return private_file(content, name=f"list-{run.public_id.hex[:8]}-to-correct.xlsx", content_type=XLSX)


def _lines(run: ImportRun, table: Table) -> list[Line]:
    """As planned before the start, as written after it."""
    problems: dict[int, Any] = {}
    if run.started_at is None:
        problems = {one.row.number: one.problems for one in plan_of_run(run, rows_to_plan(run, table))}
    else:
        problems = dict(run.rows.exclude(problems=[]).values_list("number", "problems"))
    return [(number, cells, found) for number, cells in table.rows if (found := problems.get(number))]
