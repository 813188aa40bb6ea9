"""The release bar of the programme room: what would be published, what stands against it, what was published before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agenda.actions.releases import publish_release
from agenda.queries.clashes import clash_sentences, hall_clashes, speaker_clashes
from agenda.queries.releases import releases_for
from agenda.queries.snapshot import draft_sessions
from agenda.queries.team_programme import team_programme
from agenda.web.team_common import ProgrammeView
from forum.errors import DomainError

NOTE = 200


class ReleasesView(ProgrammeView):
    """The host team publishes; a partner reads what concerns its sessions."""

    permission_required = "agenda.edit_sessions"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The difference, then the history."""
        return self.page(request)

    def page(self, request: HttpRequest, *, note: str = "", refused: str = "", status: int = 200) -> HttpResponse:
        """The page, with the refusal of a publication where there was one; the note that was typed stays."""
        language = get_language() or "ru"
        context = {
            "programme": team_programme(request.user, forum=self.forum, language=language),
            "published": releases_for(request.user, forum=self.forum, language=language),
            "clashes": self.clashes() if self.is_host else [],
            "note": note,
            "note_length": NOTE,
            "refused": refused,
            **self.shared(),
        }
        return render(request, "agenda/team/releases.html", context, status=status)

    def clashes(self) -> list[str]:
        """What the next publication would be refused for."""
        drafts = draft_sessions(self.forum)
        return clash_sentences([*hall_clashes(drafts), *speaker_clashes(drafts)], sessions=drafts)


class PublishView(ReleasesView):
    """Publish the draft under the next number."""

    permission_required = "agenda.publish"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Nothing to read here; the page is next door."""
        return redirect("programme:releases")

    def post(self, request: HttpRequest) -> HttpResponse:
        """A refusal says every pair of sessions that clash."""
        note = request.POST.get("note", "").strip()[:NOTE]
        try:
            release = publish_release(self.forum, note=note, by=self.account)
        except DomainError as refusal:
            return self.page(request, note=note, refused=str(refusal.message), status=refusal.status)
        messages.success(request, _("Release %(number)s is published.") % {"number": release.number})
        return redirect("programme:releases")
