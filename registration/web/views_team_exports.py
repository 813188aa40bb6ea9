"""A table of people: the list as filtered, the columns one ticks, and the choices one keeps."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.web.access import TeamView
from registration.actions.exports import forget_columns, keep_columns, note_people_export, start_export
from registration.exports.people import KINDS, file_name, people_table
from registration.models import ColumnSet
from registration.queries.applications import queue
from registration.queries.columns import USUAL, column_sets_of, columns_for
from registration.web.forms_team import QueueForm
from registration.web.forms_team_exports import ColumnsForm, KeepColumnsForm, PeopleExportForm

AT_ONCE = 2000
"""A larger table is made by a worker."""


class ColumnsView(TeamView):
    """Base: who may export, and the page with its two forms."""

    permission_required = "registration.export_people"

    @property
    def account(self) -> Account:
        """Who asks."""
        return cast(Account, self.request.user)

    def found(self, address: str) -> Any:
        """The people of the list, as its address filters them."""
        form = QueueForm(QueryDict(address), forum=self.forum)
        return queue(self.account, forum=self.forum, narrowed_by=form.narrowed_by)

    def page(self, form: ColumnsForm, *, keep: KeepColumnsForm | None = None, status: int = 200) -> HttpResponse:
        """Columns, kept choices, the number of people."""
        address = str(form["filter"].value() or "")
        context = {
            "form": form if isinstance(form, PeopleExportForm) else self.export_form(form),
            "keep": keep or KeepColumnsForm(offered=form.offered),
            "groups": list(form.groups()),
            "sets": column_sets_of(self.account, forum=self.forum),
            "number": self.found(address).count(),
            "address": address,
            "back": f"{reverse('people:list')}?{address}",
            "at_once": AT_ONCE,
        }
        return render(self.request, "registration/team/export.html", context, status=status)

    def export_form(self, form: ColumnsForm) -> PeopleExportForm:
        """The same choice, nothing asked of it yet."""
        kept = {"columns": form["columns"].value(), "filter": form["filter"].value()}
        return PeopleExportForm(offered=form.offered, initial=kept)


class ExportView(ColumnsView):
    """Choose the columns, say what for, take the table."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """With a kept choice where the address names one of those one may use."""
        sets = {str(one.public_id): one for one in column_sets_of(self.account, forum=self.forum)}
        chosen = sets.get(request.GET.get("set", ""))
        filters = request.GET.copy()
        filters.pop("set", None)
        initial = {"columns": chosen.columns if chosen else USUAL, "filter": filters.urlencode()}
        return self.page(PeopleExportForm(offered=columns_for(self.account, forum=self.forum), initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """A download that nobody on the way keeps; a large one becomes a long work."""
        form = PeopleExportForm(request.POST, offered=columns_for(self.account, forum=self.forum))
        kind = request.POST.get("kind", "xlsx")
        if not form.is_valid() or kind not in KINDS:
            return self.page(form, status=422)
        found, reason = self.found(form.cleaned_data["filter"]), form.cleaned_data["reason"]
        columns = form.chosen()
        asked: dict[str, Any] = {"columns": [one.name for one in columns], "kind": kind, "reason": reason}
        if (number := found.count()) > AT_ONCE:
            refs = list(found.values_list("ref", flat=True))
            job = start_export(forum=self.forum, refs=refs, by=self.account, **asked)
            return redirect("team:job", public_id=job.public_id)
        content = people_table(found, columns, kind=kind)
        note_people_export(self.forum, rows=number, by=self.account, **asked)
        return _download(content, kind=kind)


def _download(content: bytes, *, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{file_name(kind)}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class KeepColumnsView(ColumnsView):
    """Keep the ticked columns under a name."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to the page, with the choice taken."""
        form = KeepColumnsForm(request.POST, offered=columns_for(self.account, forum=self.forum))
        if form.is_valid():
            try:
                return self._kept(form)
            except DomainError as error:
                form.refuse(error.fields)
        return self.page(form, keep=form, status=422)

    def _kept(self, form: KeepColumnsForm) -> HttpResponse:
        columns = [one.name for one in form.chosen()]
        given = form.cleaned_data
        kept = keep_columns(
            forum=self.forum, name=given["name"], columns=columns, shared=given["shared"], by=self.account
        )
        messages.success(self.request, _("Kept: %(name)s") % {"name": kept.name})
        return redirect(_address(given["filter"], kept))


class ForgetColumnsView(ColumnsView):
    """Remove one's own kept choice."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Somebody else's is not found, shared or not."""
        kept = get_object_or_404(ColumnSet, forum=self.forum, owner=self.account, public_id=public_id)
        forget_columns(kept)
        messages.success(request, _("Removed: %(name)s") % {"name": kept.name})
        return redirect(_address(request.POST.get("filter", "")[:500]))


def _address(filters: str, chosen: ColumnSet | None = None) -> str:
    parts = [filters, urlencode({"set": str(chosen.public_id)}) if chosen else ""]
    return f"{reverse('people:export')}?{'&'.join(filter(None, parts))}"
