"""The programme as a team sees it: one's own drafts, what is released of the rest, and where halls are occupied.

The same number of queries whatever the size of the programme.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agenda.engine.changes import COMPARED, changes
from agenda.engine.programme import ChangeLine, Hall, Item
from agenda.enums import DraftState, ProposalState
from agenda.models import Proposal, Release, Session
from agenda.queries.programme import Reader
from agenda.queries.snapshot import draft_sessions, hall_key, halls_of, snapshot_of
from agenda.queries.speakers import published_speakers
from agenda.queries.visibility import (
    is_host_team,
    proposals_visible_to,
    regions_of,
    sessions_editable_by,
    sessions_visible_to,
    speakers_visible_to,
)
from forum.models import Forum
from forum.queries.access import User

Facts = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A session on the team's board. `opens`: it has a page for this reader; `mine`: its content is theirs to edit."""

    item: Item
    state: DraftState
    opens: bool = False
    mine: bool = False
    proposal: Proposal | None = None

    @property
    def kind(self) -> str:
        """As of the item."""
        return self.item.kind

    @property
    def hall(self) -> Hall:
        """As of the item."""
        return self.item.hall

    @property
    def linked(self) -> tuple[Hall, ...]:
        """As of the item."""
        return self.item.linked

    @property
    def starts(self) -> datetime:
        """As of the item."""
        return self.item.starts

    @property
    def ends(self) -> datetime:
        """As of the item."""
        return self.item.ends

    @property
    def is_for_everybody(self) -> bool:
        """As of the item."""
        return self.item.is_for_everybody


@dataclass(frozen=True, kw_only=True)
class Occupied:
    """Somebody else's draft: the hall and the period, and nothing else."""

    hall: Hall
    starts: datetime
    ends: datetime
    item: None = None
    kind: str = ""
    linked: tuple[Hall, ...] = ()
    is_for_everybody: bool = False


@dataclass(frozen=True, kw_only=True)
class TeamProgramme:
    """What one person sees. `changes` are the differences that the next release will publish, as far as they may know."""

    zone: str
    release: Release | None
    entries: list[Entry]
    occupied: list[Occupied]
    changes: list[ChangeLine]

    @property
    def items(self) -> list[Item]:
        """Every session by name, for filters."""
        return [entry.item for entry in self.entries]


def team_programme(user: User, *, forum: Forum, language: str) -> TeamProgramme:
    """The drafts that `user` may read, the released rest, and for a partner the halls that other drafts occupy."""
    release = Release.objects.filter(forum=forum).order_by("-number").first()
    drafts = draft_sessions(forum)
    may_read = set(sessions_visible_to(user).filter(forum=forum).values_list("slug", flat=True))
    room = _Room(user, forum=forum, release=release, drafts=drafts, may_read=may_read, language=language)
    entries = sorted([*room.own(), *room.released()], key=lambda entry: (entry.starts, entry.hall.position))
    is_partner = bool(regions_of(user)) and not is_host_team(user)
    return TeamProgramme(
        zone=forum.timezone,
        release=release,
        entries=entries,
        occupied=list(room.occupied()) if is_partner else [],
        changes=room.changes(),
    )


class _Room:
    """One person's view while it is being put together."""

    def __init__(
        self,
        user: User,
        *,
        forum: Forum,
        release: Release | None,
        drafts: list[Session],
        may_read: set[str],
        language: str,
    ) -> None:
        self.drafts, self.may_read = drafts, may_read
        self.before: Facts = release.snapshot if release else snapshot_of(forum, sessions=[])
        self.after = snapshot_of(forum, sessions=drafts)
        self.released_facts = {facts["slug"]: facts for facts in self.before["sessions"]}
        self.editable = set(sessions_editable_by(user).filter(forum=forum).values_list("slug", flat=True))
        waiting = proposals_visible_to(user).filter(state=ProposalState.OPEN).select_related("session", "answered_by")
        self.proposals = {proposal.session.slug: proposal for proposal in waiting}
        full = speakers_visible_to(user).select_related("organisation", "region")
        published = published_speakers(forum)
        known = published | {str(speaker.public_id): speaker for speaker in full}
        self.draft_reader = Reader(self.after, speakers=known, language=language)
        self.public_reader = Reader(self.before, speakers=published, language=language)

    def own(self) -> Iterator[Entry]:
        """Drafts that may be read."""
        for facts in self.after["sessions"]:
            slug = facts["slug"]
            if slug in self.may_read:
                yield Entry(
                    item=self.draft_reader.item(facts),
                    state=state_of(facts, released=self.released_facts.get(slug)),
                    opens=True,
                    mine=slug in self.editable,
                    proposal=self.proposals.get(slug),
                )

    def released(self) -> Iterator[Entry]:
        """The rest, as the public sees it; one's own session that the next release will leave out is marked."""
        drafts = {facts["slug"] for facts in self.after["sessions"]}
        for slug, facts in self.released_facts.items():
            if slug not in self.may_read or slug not in drafts:
                gone = slug in self.may_read
                state = DraftState.CANCELLED if gone else DraftState.RELEASED
                yield Entry(item=self.public_reader.item(facts), state=state, mine=gone and slug in self.editable)

    def occupied(self) -> Iterator[Occupied]:
        """Where other drafts differ from what is released."""
        for session in self.drafts:
            if session.slug not in self.may_read:
                yield from self._differing(session)

    def _differing(self, session: Session) -> Iterator[Occupied]:
        facts = self.released_facts.get(session.slug)
        known = {(key, facts["starts"], facts["ends"]) for key in (facts["hall"], *facts["linked"])} if facts else set()
        starts, ends = session.period.lower, session.period.upper
        for hall in halls_of(session):
            key = hall_key(hall)
            if (key, starts.isoformat(), ends.isoformat()) not in known:
                yield Occupied(hall=self.draft_reader.halls[key], starts=starts, ends=ends)

    def changes(self) -> list[ChangeLine]:
        """Differences of the sessions that may be read."""
        lines = changes(self.before, self.after) if self.released_facts else []
        return [self.draft_reader.change(line) for line in lines if line["session"] in self.may_read]


def state_of(facts: Facts, *, released: Facts | None) -> DraftState:
    """How a draft differs from its released version."""
    if released is None:
        return DraftState.DRAFT
    is_same = all(part(facts) == part(released) for part in COMPARED.values())
    return DraftState.RELEASED if is_same else DraftState.CHANGED
