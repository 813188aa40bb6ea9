"""The released programme in one language, as plain data, and what one can ask of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agenda.engine.texts import NOTHING, Text
from agenda.enums import SessionKind
from forum.names import fold, search_words

EVERYBODY = frozenset({SessionKind.SERVICE, SessionKind.NETWORKING})
"""Kinds for everybody at once: registration, meals, the reception."""
ALONE = frozenset({SessionKind.PLENARY, SessionKind.CEREMONY})
"""Kinds that are meant to have nothing beside them."""
THEMELESS = EVERYBODY | {SessionKind.PRESS, SessionKind.INTERNAL}
"""Kinds that belong to no theme worth naming."""


@dataclass(frozen=True, kw_only=True)
class Hall:
    """A room; `zone` is the IANA zone of its venue."""

    key: str
    name: Text
    venue: Text
    city: Text
    zone: str
    mode: str
    position: int
    capacity: int
    step_free: bool


@dataclass(frozen=True, kw_only=True)
class Track:
    """A theme."""

    code: str
    name: Text
    position: int


@dataclass(frozen=True, kw_only=True)
class Region:
    """Who hosts a session."""

    code: str
    name: Text
    zone: str
    is_host: bool

    @property
    def short_name(self) -> str:
        """What people call it: “Кузбасс” of “Кемеровская область — Кузбасс”."""
        return re.split(" [—–] ", self.name)[-1]


@dataclass(frozen=True, kw_only=True)
class CastMember:
    """Somebody on stage. Without consent to publication there is no key (public id), name, position or region.

    `zone` is the clock of those who take part from afar.
    """

    role: str
    key: str = ""
    name: str = ""
    position: Text = NOTHING
    organisation: Text = NOTHING
    region: Text = NOTHING
    remote: bool = False
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A released session."""

    slug: str
    title: Text
    description: Text
    also_titled: tuple[Text, ...] = ()
    """The title in Russian and in English, as far as `title` is another one: signs at the doors are in these."""
    kind: str
    admission: str
    places: int | None
    track: Track
    host: Region
    co_hosts: tuple[Region, ...]
    hall: Hall
    linked: tuple[Hall, ...]
    starts: datetime
    ends: datetime
    languages: tuple[str, ...]
    interpretation: tuple[str, ...]
    cast: tuple[CastMember, ...]
    searched: str
    """Folded texts in all languages, for `Choice.words`."""

    @property
    def hosts(self) -> tuple[Region, ...]:
        """Host region first, then those who host it together with it."""
        return (self.host, *self.co_hosts)

    @property
    def host_role(self) -> str:
        """Whose session, as the mark of the design system has it: host, partner or joint."""
        if self.co_hosts:
            return "joint"
        return "host" if self.host.is_host else "partner"

    @property
    def host_name(self) -> str:
        """All hosts in short."""
        return " + ".join(region.short_name for region in self.hosts)

    @property
    def host_names(self) -> str:
        """All hosts in full."""
        return " + ".join(region.name for region in self.hosts)

    @property
    def is_for_everybody(self) -> bool:
        """Registration, meals and the like."""
        return self.kind in EVERYBODY

    @property
    def has_theme(self) -> bool:
        """Whether its track says anything to a reader."""
        return self.kind not in THEMELESS

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends - self.starts).total_seconds() // 60)


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One thing that differs from the release before; `was` and `now` are empty where the word says it all."""

    code: str
    title: Text
    was: str = ""
    now: str = ""
    was_period: tuple[datetime, datetime] | None = None
    now_period: tuple[datetime, datetime] | None = None
    joined: tuple[CastMember, ...] = ()
    left: tuple[CastMember, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A release as people read it."""

    number: int
    published_at: datetime
    note: str
    zone: str
    items: tuple[Item, ...]
    changes: tuple[ChangeLine, ...] = field(default=())

    def day_of(self, item: Item) -> date:
        """The day of the forum on which a session starts."""
        return item.starts.astimezone(ZoneInfo(self.zone)).date()

    @property
    def days(self) -> list[date]:
        """Every day that has a session, webinars before the forum included."""
        return sorted({self.day_of(item) for item in self.items})

    def find(self, slug: str) -> Item | None:
        """The session of this name, if it is released."""
        return next((item for item in self.items if item.slug == slug), None)

    def on(self, day: date) -> list[Item]:
        """Sessions of one day by time, then by hall."""
        return [item for item in self.items if self.day_of(item) == day]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a reader looks for; empty means anything. `language` is one that is spoken or interpreted into."""

    track: str = ""
    language: str = ""
    region: str = ""
    kind: str = ""
    words: str = ""

    def chosen(self, items: Iterable[Item]) -> list[Item]:
        """Those of `items` that fit, in their order."""
        words = search_words(self.words)
        return [item for item in items if self._fits(item) and all(word in item.searched for word in words)]

    def _fits(self, item: Item) -> bool:
        return (
            self.track in ("", item.track.code)
            and self.kind in ("", item.kind)
            and (not self.language or self.language in (*item.languages, *item.interpretation))
            and (not self.region or self.region in {region.code for region in item.hosts})
        )


def searchable(texts: Iterable[str]) -> str:
    """Folded texts for `Item.searched`."""
    return " ".join(fold(text) for text in texts if text)


def running(items: Sequence[Item], *, at: datetime) -> list[Item]:
    """Sessions going on; the minute at which one ends belongs to the next."""
    return [item for item in items if item.starts <= at < item.ends]


def coming(items: Sequence[Item], *, at: datetime) -> list[Item]:
    """Sessions with the nearest start after `at`; several when they start together."""
    later = [item for item in items if item.starts > at]
    first = min((item.starts for item in later), default=None)
    return [item for item in later if item.starts == first]
