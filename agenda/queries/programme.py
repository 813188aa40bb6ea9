"""The released programme as the public reads it: two queries, whatever its size, and none while nothing changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agenda.engine.programme import CastMember, ChangeLine, Hall, Item, Programme, Region, Track, searchable
from agenda.engine.texts import FALLBACKS, Text, in_language
from agenda.models import Release, Speaker
from agenda.queries.speakers import published_name, published_speakers, spellings
from agenda.queries.texts import texts_of
from forum.models import Forum
from forum.queries.kept import PAGES

Facts = Mapping[str, Any]


def released_programme(forum: Forum, *, language: str) -> Programme | None:
    """The newest release in `language`, or None before the first one.

    Names are those of today: whoever has not consented to publication, or no longer does, is on stage without a name.
    """
    return PAGES.kept("programme", forum.pk, language, build=lambda: _read(forum, language=language))


def _read(forum: Forum, *, language: str) -> Programme | None:
    release = Release.objects.filter(forum=forum).order_by("-number").first()
    if release is None:
        return None
    speakers = published_speakers(forum)
    reader = Reader(release.snapshot, speakers=speakers, language=language)
    return Programme(
        number=release.number,
        published_at=release.published_at,
        note=release.note,
        zone=release.snapshot["zone"],
        items=tuple(reader.item(session) for session in release.snapshot["sessions"]),
        changes=tuple(reader.change(line) for line in release.changes),
    )


class Reader:
    """Reads one snapshot in one language. `speakers`: those whose names the reader may see, by public id."""

    def __init__(self, snapshot: Facts, *, speakers: dict[str, Speaker], language: str) -> None:
        self.language = language
        self.snapshot = snapshot
        self.speakers = speakers
        self.halls = {key: self._hall(key, facts) for key, facts in snapshot["halls"].items()}
        self.tracks = {
            code: Track(code=code, position=facts["position"], name=in_language(facts["name"], language))
            for code, facts in snapshot["tracks"].items()
        }
        self.regions = {code: self._region(code, facts) for code, facts in snapshot["regions"].items()}

    def item(self, session: Facts) -> Item:
        """One session of the snapshot."""
        cast = tuple(self._member(part) for part in session["cast"])
        title = in_language(session["title"], self.language)
        return Item(
            slug=session["slug"],
            title=title,
            also_titled=_other_titles(session["title"], shown=title),
            description=in_language(session.get("description", {}), self.language),
            kind=session["kind"],
            admission=session["admission"],
            places=session["places"],
            track=self.tracks[session["track"]],
            host=self.regions[session["host"]],
            co_hosts=tuple(self.regions[code] for code in session["co_hosts"]),
            hall=self.halls[session["hall"]],
            linked=tuple(self.halls[key] for key in session["linked"]),
            starts=datetime.fromisoformat(session["starts"]),
            ends=datetime.fromisoformat(session["ends"]),
            languages=tuple(session["languages"]),
            interpretation=tuple(session["interpretation"]),
            cast=cast,
            searched=self._searched(session, cast),
        )

    def change(self, line: Facts) -> ChangeLine:
        """One difference from the release before."""
        was, now = line["was"] or {}, line["now"] or {}
        return ChangeLine(
            code=line["code"],
            title=in_language(line["title"], self.language),
            was=self._shown(was),
            now=self._shown(now),
            was_period=_period(was),
            now_period=_period(now),
            joined=self._only(now.get("cast", []), in_other=was.get("cast", [])),
            left=self._only(was.get("cast", []), in_other=now.get("cast", [])),
        )

    def _only(self, cast: list[Facts], *, in_other: list[Facts]) -> tuple[CastMember, ...]:
        """Those of `cast` whom the other release does not have."""
        others = {part["speaker"] for part in in_other}
        return tuple(self._member(part) for part in cast if part["speaker"] not in others)

    def _shown(self, facts: Facts) -> str:
        """Halls or an earlier title in words; what has no words of its own is told by the kind of change."""
        if "halls" in facts:
            return ", ".join(in_language(texts, self.language) for texts in facts["halls"])
        return in_language(facts["title"], self.language) if "title" in facts else ""

    def _hall(self, key: str, facts: Facts) -> Hall:
        return Hall(
            key=key,
            name=in_language(facts["name"], self.language),
            venue=in_language(facts["venue"], self.language),
            city=in_language(facts["city"], self.language),
            zone=facts["zone"],
            mode=facts["mode"],
            position=facts["position"],
            capacity=facts["capacity"],
            step_free=facts["step_free"],
        )

    def _region(self, code: str, facts: Facts) -> Region:
        name = in_language(facts["name"], self.language)
        return Region(code=code, name=name, zone=facts["zone"], is_host=facts["is_host"])

    def _member(self, part: Facts) -> CastMember:
        speaker = self.speakers.get(part["speaker"])
        if speaker is None:
            return CastMember(role=part["role"])
        return CastMember(
            role=part["role"],
            key=part["speaker"],
            name=published_name(speaker, language=self.language),
            position=in_language(texts_of(speaker, "position"), self.language),
            organisation=in_language(texts_of(speaker.organisation, "name"), self.language),
            region=in_language(texts_of(speaker.region, "name"), self.language),
            remote=speaker.remote,
            zone=speaker.region.timezone if speaker.remote else "",
        )

    def _searched(self, session: Facts, cast: tuple[CastMember, ...]) -> str:
        """Titles, theme, hall and visible names; titles in every language, since people search in their own."""
        theme, hall = self.snapshot["tracks"][session["track"]], self.snapshot["halls"][session["hall"]]
        texts = [*session["title"].values(), *theme["name"].values(), *hall["name"].values()]
        visible = [self.speakers[part["speaker"]] for part in session["cast"] if part["speaker"] in self.speakers]
        names = [spelling for speaker in visible for spelling in spellings(speaker)]
        return searchable([*texts, *names, *(member.organisation for member in cast)])


def _other_titles(texts: Mapping[str, str], *, shown: Text) -> tuple[Text, ...]:
    others = (Text(texts[code], language=code) for code in FALLBACKS if code in texts and code != shown.language)
    return tuple(text for text in others if text != shown)


def _period(facts: Facts) -> tuple[datetime, datetime] | None:
    if "starts" not in facts:
        return None
    return datetime.fromisoformat(facts["starts"]), datetime.fromisoformat(facts["ends"])
