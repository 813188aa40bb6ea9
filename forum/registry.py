"""Where higher rooms hand things down to the ground, so that no import ever points upward.

Each app registers in its `AppConfig.ready()`. A name registered twice is a programming error and stops the start.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from forum.models import Forum, Job
    from forum.queries.access import User


@dataclass(frozen=True)
class NavItem:
    """A room of the team area. Shown to those who have `permission`; `count` tells what waits there."""

    name: str
    url_name: str
    label: "_StrPromise"
    icon: str
    order: int
    permission: str
    count: "Callable[[Forum], int] | None" = None
    waits: "Callable[[User], int] | None" = None
    """Instead of `count`, where it depends on whom one asks."""


@dataclass(frozen=True)
class Panel:
    """A part of a gathered page: a template and the function that gathers its context.

    `context` of `panels` and `home_panels` gets (request, forum), of `person_panels` (request, registration), of
    `my_panels` (request, registrations): it gives one context for the key of each.
    """

    name: str
    template: str
    order: int
    permission: str
    context: "Callable[..., dict[Any, Any]]"
    wide: bool = False
    """Over the whole width of the Today page."""


@dataclass(frozen=True)
class Task:
    """Something of a kind that waits for this person. Shown in the top bar and on Today while `count` is not zero.

    `label` words the number: “3 applications wait for a decision”. `address` is the list where it is worked off.
    """

    name: str
    order: int
    permission: str
    count: "Callable[[User, Forum], int]"
    label: "Callable[[int], str]"
    address: "Callable[[], str]"
    icon: str


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing that a search found. `state` is a tone of the chip and its word."""

    title: str
    url: str
    text: str = ""
    state: tuple[str, str] | None = None


@dataclass(frozen=True)
class SearchRoom:
    """What one room adds to the search of the team. `find` gets (user, forum, query) and yields hits, best first, of
    what this person may see; the page shows the first ones and counts no further than it reads. `alike` is asked when no room
    has found anything: what differs from the words by a slip of the finger.
    """

    name: str
    label: "_StrPromise"
    icon: str
    order: int
    permission: str
    find: "Callable[[User, Forum, str], Iterable[Hit]]"
    alike: "Callable[[User, Forum, str], Iterable[Hit]]" = lambda _user, _forum, _query: ()


@dataclass(frozen=True)
class Counter:
    """A large number of the home page. `value` counts for the forum; `label` words it: “21 regions” needs the number."""

    name: str
    order: int
    value: "Callable[[Forum], int]"
    label: "Callable[[int], str]"


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message, made or found when it is sent."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class JobKind:
    """A long work. `run` gets the job and reports through `forum.actions.jobs.Progress`."""

    name: str
    label: "_StrPromise"
    run: "Callable[[Job, Any], None]"
    permission: str


@dataclass(frozen=True)
class MessageKind:
    """A message. `template` is a path without ending; `.subject.txt`, `.txt` and `.html` are rendered from it."""

    reason: str
    template: str
    label: "_StrPromise"


@dataclass(frozen=True)
class PaperKind:
    """A numbered paper that anybody may check by its code. `label` is all that the public page says of what it is."""

    name: str
    label: "_StrPromise"
    layout: int = 1
    """Version of the drawing."""


@dataclass(frozen=True)
class Figure:
    """One family of numbers for `/metrics`: (values of the labels, number) for each row. `counts`: it only ever grows.

    Labels are closed words and kinds: nothing that tells of one person.
    """

    name: str
    help: str
    labels: tuple[str, ...]
    rows: "Iterable[tuple[tuple[str, ...], float]]"
    counts: bool = False


@dataclass(frozen=True)
class ExportColumn:
    """One column of the table of people. `cells` gets a batch of registrations and gives the text of each that has one,
    by primary key, with a number of queries that does not grow with the batch.
    """

    name: str
    group: "_StrPromise"
    label: "str | _StrPromise"
    cells: "Callable[[Sequence[Any]], dict[int, str]]"
    permission: str
    width: int = 20


@dataclass(frozen=True)
class DataFact:
    """One thing held about a person: `key` for programs, `label` and `value` for people."""

    key: str
    label: "str | _StrPromise"
    value: Any

    @property
    def is_moment(self) -> bool:
        """A time, to be shown with its zone."""
        return isinstance(self.value, datetime)

    @property
    def is_day(self) -> bool:
        """A day of the calendar."""
        return isinstance(self.value, date) and not self.is_moment

    @property
    def is_zone(self) -> bool:
        """A time zone, to be shown as a place; for programs its IANA name."""
        return isinstance(self.value, tzinfo)


@dataclass
class DataRow:
    """One record of a part."""

    facts: list[DataFact] = field(default_factory=list)

    def add(self, key: str, label: "str | _StrPromise", value: Any) -> None:
        """One more thing; what is empty is said to be so for programs, and left out for people."""
        self.facts.append(DataFact(key, label, value))


@dataclass
class DataPart:
    """What one room holds about a person, and what for. `is_proof`: kept as long as claims can be made, not until the
    purpose is reached; the page that gathers the parts gives `kept_until`.
    """

    key: str
    title: "str | _StrPromise"
    purpose: "str | _StrPromise"
    rows: list[DataRow]
    is_proof: bool = False
    kept_until: date | None = None


Entry = TypeVar("Entry")


class Register(Generic[Entry]):
    """A dictionary that refuses a second entry under the same name."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, name: str, entry: Entry) -> None:
        """Register `entry`. Raises `ValueError` when the name is taken."""
        if name in self._entries:
            raise ValueError(f"{name!r} is registered already")
        self._entries[name] = entry

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def items(self) -> Iterator[tuple[str, Entry]]:
        """Names and entries."""
        return iter(self._entries.items())


nav_items: Register[NavItem] = Register()
tasks: Register[Task] = Register()
"""What waits for whom: top bar and Today page."""
search_rooms: Register[SearchRoom] = Register()
"""The search box of the team."""
panels: Register[Panel] = Register()
"""Today page of the team."""
home_panels: Register[Panel] = Register()
"""Home page."""
counters: Register[Counter] = Register()
"""Large numbers of the home page."""
scopes: "Register[Callable[[Forum], list[tuple[str, str]]]]" = Register()
"""Scope kind -> function that lists (id, name) of what a grant may be limited to."""
person_panels: Register[Panel] = Register()
"""Page of one application, in the team area."""
my_panels: Register[Panel] = Register()
"""Inside the card of one application on the delegate's own page: a line and a button on the dark ground of `.truth`.
The page's door has let its reader in, so `permission` is not asked; draw nothing where there is nothing to say."""
acts: "Register[_StrPromise]" = Register()
"""How the log words what was done with a person, by the action of the audit entry."""
job_kinds: Register[JobKind] = Register()
message_kinds: Register[MessageKind] = Register()
paper_kinds: Register[PaperKind] = Register()
figures: "Register[Callable[[], Iterable[Figure]]]" = Register()
"""What the people on duty watch: a room's function answers by one query, however many rows there are."""
attachments: Register[Callable[[str], Attachment]] = Register()
"""Attachment kind -> function of the public id."""
export_columns: Register[ExportColumn] = Register()
"""What a table of people may hold, in the order of its columns. Data of documents are never among them."""
own_data: Register[Callable[..., DataPart]] = Register()
"""“My data”: function of a registration, in the order of the page. Whatever holds personal data registers here."""
