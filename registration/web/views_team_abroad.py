"""Lists for organisations abroad, and who has to be told that data must not be used any more."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.models import Account, Organisation
from forum.tables import XLSX
from forum.web.access import TeamView
from forum.web.files import private_file
from registration.actions.abroad_lists import hand_list_abroad
from registration.actions.disclosures import receiver_was_told
from registration.exports.abroad import abroad_xlsx
from registration.models import HandedOut
from registration.queries.abroad import on_the_list, organisations_with_texts
from registration.queries.disclosures import to_tell
from registration.queries.people import name_of
from registration.web.spellings import heading

PER_PAGE = 50


class AbroadView(TeamView):
    """Organisations abroad that have a text in force, with how many have agreed."""

    permission_required = "registration.export_people"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A handful."""
        rows = organisations_with_texts(request.user, forum=self.forum)
        return render(request, "registration/team/abroad.html", {"rows": rows})


class AbroadListView(AbroadView):
    """The list for one of them; asked for by a button, since it is written into the log."""

    def get(self, request: HttpRequest, receiver: str) -> HttpResponse:  # type: ignore[override]
        """An address kept from a button that was refused."""
        return redirect("people:abroad")

    def post(self, request: HttpRequest, receiver: str) -> HttpResponseBase:
        """A download that nobody on the way keeps."""
        rows = organisations_with_texts(request.user, forum=self.forum)
        found = next((row.document.receiver for row in rows if self._is(row.document.receiver, receiver)), None)
        if found is None:
            raise Http404
        people = list(on_the_list(request.user, found, forum=self.forum))
        content = abroad_xlsx(people)
        hand_list_abroad(self.forum, people=people, receiver=found, by=cast(Account, request.user))
        return private_file(content, name=f"participants-{found.slug}.xlsx", content_type=XLSX)

    @staticmethod
    def _is(organisation: Organisation | None, slug: str) -> bool:
        return organisation is not None and organisation.slug == slug


class TellView(TeamView):
    """Whose data a receiver must not use any more, and has not been told yet."""

    permission_required = "registration.tell_receivers"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The oldest first."""
        page = Paginator(to_tell(request.user, forum=self.forum), PER_PAGE).get_page(request.GET.get("page"))
        rows = [self._row(one) for one in page]
        return render(request, "registration/team/tell.html", {"page": page, "rows": rows})

    @staticmethod
    def _row(one: HandedOut) -> dict[str, Any]:
        return {"one": one, "name": heading(name_of(one.registration.person))}


class ToldView(TellView):
    """The receiver knows."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        """Back to the list."""
        return redirect("privacy:tell")

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """A second press finds nothing."""
        one = get_object_or_404(to_tell(request.user, forum=self.forum), public_id=public_id)
        receiver_was_told(one, by=cast(Account, request.user))
        messages.success(request, _("Written down: “%(receiver)s” knows.") % {"receiver": one.receiver.name})
        return redirect("privacy:tell")
