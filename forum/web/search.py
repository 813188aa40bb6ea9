"""The one search box of the team: every room that this person may enter looks for the words among its own things."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from forum.models import Forum
from forum.names import other_layout
from forum.queries.access import User
from forum.registry import Hit, SearchRoom, search_rooms

MOST = 20
"""Hits of one room; whoever sees so many types one word more."""


@dataclass(frozen=True)
class Group:
    """What one room found. `more`: there is more than is shown."""

    room: SearchRoom
    hits: list[Hit]
    more: bool


@dataclass(frozen=True)
class Answer:
    """`words` are those searched for: the typed ones, or what the same keys write in the other keyboard layout. `alike`:
    nothing has these words, what was found comes close to them.
    """

    words: str
    groups: list[Group]
    alike: bool = False


def rooms_of(user: User) -> list[SearchRoom]:
    """The rooms that may look for `user`, in order."""
    return sorted((room for room in search_rooms if user.has_perm(room.permission)), key=lambda room: room.order)


def search(user: User, *, forum: Forum, query: str) -> Answer:
    """Everything found; only when that is nothing, the query is read as typed in the other keyboard layout, and then as
    typed with a slip.
    """
    for words in (query, other_layout(query)):
        groups = list(_groups(user, forum, words))
        if groups:
            return Answer(words, groups)
    return Answer(query, list(_groups(user, forum, query, alike=True)), alike=True)


def _groups(user: User, forum: Forum, words: str, *, alike: bool = False) -> Iterator[Group]:
    for room in rooms_of(user):
        find = room.alike if alike else room.find
        hits = list(islice(find(user, forum, words), MOST + 1))
        if hits:
            yield Group(room, hits[:MOST], more=len(hits) > MOST)
