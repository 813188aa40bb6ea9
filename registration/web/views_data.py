"""“My data”: everything held about a person on one page, and as a file. Each look is written down."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from forum.registry import DataPart, own_data
from forum.web.files import private_file
from forum.web.limits import limited
from registration.actions.own_data import note_access
from registration.exports.own_data import own_html, own_json
from registration.models import Registration
from registration.queries.changes import may_change
from registration.queries.people import name_of
from registration.queries.questions import has_questions
from registration.queries.retention import UNSENT_DAYS, kept_until, proofs_until
from registration.web.access import OwnApplicationView
from registration.web.limits import DATA
from registration.web.spellings import own_heading

FILES = {"json": ("application/json; charset=utf-8", own_json), "html": ("text/html; charset=utf-8", own_html)}


def parts_of(registration: Registration) -> list[DataPart]:
    """Of every room in order, each with its day; a room that holds nothing says so."""
    parts = [source(registration) for source in own_data]
    for part in parts:
        part.kept_until = (proofs_until if part.is_proof else kept_until)(registration.forum)
    return parts


class DataView(OwnApplicationView):
    """One readable page; it prints."""

    @limited(DATA)
    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Read anew each time: nothing of it is kept anywhere."""
        parts = parts_of(self.registration)
        note_access(self.registration, kind="page", by=self.account)
        context = {
            "registration": self.registration,
            "heading": own_heading(name_of(self.registration.person)),
            "parts": parts,
            "may_change": may_change(self.registration),
            "has_questions": has_questions(self.registration),
            "unsent_days": UNSENT_DAYS if self.registration.submitted_at is None else 0,
        }
        return render(request, "registration/own_data.html", context)


class DataFileView(OwnApplicationView):
    """The same as a file."""

    @limited(DATA)
    def get(self, request: HttpRequest, ref: str, kind: str) -> HttpResponseBase:
        """A download; its name says nothing of the person."""
        if kind not in FILES:
            raise Http404
        content_type, make = FILES[kind]
        content = make(parts_of(self.registration), self.registration)
        note_access(self.registration, kind=kind, by=self.account)
        return private_file(content, name=f"my-data.{kind}", content_type=content_type)
