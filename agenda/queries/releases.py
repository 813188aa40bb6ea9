"""Releases as the team reads them: what would be published now, what stands against it, and what was published before."""

from dataclasses import dataclass

from agenda.engine.programme import ChangeLine
from agenda.models import Release
from agenda.queries.programme import Reader
from agenda.queries.speakers import published_speakers
from agenda.queries.visibility import is_host_team, sessions_visible_to
from forum.models import Forum
from forum.queries.access import User


@dataclass(frozen=True)
class Published:
    """One release and its differences from the one before, as far as the reader's sessions go."""

    release: Release
    changes: list[ChangeLine]


def releases_for(user: User, *, forum: Forum, language: str) -> list[Published]:
    """The newest first. The host team reads all differences, a partner those of the sessions it may see."""
    may_read = None
    if not is_host_team(user):
        may_read = set(sessions_visible_to(user).filter(forum=forum).values_list("slug", flat=True))
    speakers = published_speakers(forum)
    found = []
    for release in Release.objects.filter(forum=forum).select_related("published_by"):
        reader = Reader(release.snapshot, speakers=speakers, language=language)
        lines = [line for line in release.changes if may_read is None or line["session"] in may_read]
        found.append(Published(release, [reader.change(line) for line in lines]))
    return found
