"""What the pages of the programme room share: one's sessions or a 404, both clocks."""

from typing import Any, cast

from django.shortcuts import get_object_or_404

from agenda.models import Session
from agenda.queries.keys import zones_of
from agenda.queries.visibility import is_host_team, sessions_editable_by, sessions_visible_to
from forum.models import Account
from forum.web.access import TeamView

RELATED = ("forum__host_region", "host_region", "track", "hall__venue__region", "hall__zone", "pool")


class ProgrammeView(TeamView):
    """Base of the room's pages."""

    @property
    def account(self) -> Account:
        """Who is signed in."""
        return cast(Account, self.request.user)

    @property
    def is_host(self) -> bool:
        """Whether they belong to the host team."""
        return is_host_team(self.account)

    def visible(self, slug: str) -> Session:
        """A session whose draft they may read, or 404."""
        found = sessions_visible_to(self.account).filter(forum=self.forum)
        return get_object_or_404(found.select_related(*RELATED), slug=slug)

    def editable(self, slug: str) -> Session:
        """A session whose content they may change, or 404. A cancelled one is no longer edited."""
        found = sessions_editable_by(self.account).filter(forum=self.forum, cancelled_at=None)
        return get_object_or_404(found.select_related(*RELATED), slug=slug)

    def shared(self) -> dict[str, Any]:
        """Context of every page."""
        return {"zones": zones_of(self.forum), "is_host": self.is_host}
