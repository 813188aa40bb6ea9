"""The draft programme as the plain data that a release freezes, with every text in every language it exists in.

Speakers stand in it by id alone: names are personal, a release is for ever, and consent to publication may be withdrawn.

    {"schema": 1, "zone": …,
     "halls": {"tom/coal": {"name": {…}, "venue": {…}, "city": {…}, "zone", "mode", "position", "capacity", "step_free"}},
     "tracks": {"INT": {"name": {…}, "position"}},
     "regions": {"RU-SPE": {"name": {…}, "zone", "is_host"}},
     "sessions": [{"slug", "title": {…}, "description": {…}, "track", "kind", "admission", "places", "host",
                   "co_hosts": [code], "hall": key, "linked": [key], "starts", "ends", "languages", "interpretation",
                   "cast": [{"speaker", "role"}]}]}
"""

from datetime import UTC
from typing import Any

from django.db.models import Prefetch

from agenda.models import Hall, Session, SessionSpeaker, Track
from agenda.queries.texts import texts_of
from forum.models import Forum, Region

SCHEMA = 1


def draft_sessions(forum: Forum, *, only: Session | None = None) -> list[Session]:
    """Sessions that are not cancelled, by time and hall, with everything a snapshot says about them; `only` one of them."""
    found = Session.objects.filter(forum=forum, cancelled_at=None)
    return list(
        (found.filter(pk=only.pk) if only else found)
        .select_related("track", "host_region", "hall__venue", "pool")
        .prefetch_related(
            "co_hosts",
            Prefetch("linked_halls", Hall.objects.select_related("venue")),
            Prefetch("cast", SessionSpeaker.objects.select_related("speaker")),
        )
        .order_by("period", "hall__position", "pk")
    )


def snapshot_of(forum: Forum, *, sessions: list[Session]) -> dict[str, Any]:
    """What a release of `sessions` freezes."""
    halls = [hall for session in sessions for hall in halls_of(session)]
    regions = [region for session in sessions for region in (session.host_region, *session.co_hosts.all())]
    return {
        "schema": SCHEMA,
        "zone": forum.timezone,
        "halls": {hall_key(hall): _hall(hall) for hall in halls},
        "tracks": {session.track.code: _track(session.track) for session in sessions},
        "regions": {region.code: _region(region, forum=forum) for region in regions},
        "sessions": [_session(session) for session in sessions],
    }


def halls_of(session: Session) -> list[Hall]:
    """The hall and those linked with it; each of them is occupied."""
    return [session.hall, *session.linked_halls.all()]


def place_facts(session: Session) -> dict[str, Any]:
    """When and where, as a proposal and the audit carry it."""
    return {
        "hall": hall_key(session.hall),
        "linked": sorted(hall_key(hall) for hall in session.linked_halls.all()),
        "starts": session.period.lower.astimezone(UTC).isoformat(),
        "ends": session.period.upper.astimezone(UTC).isoformat(),
    }


def hall_key(hall: Hall) -> str:
    """A hall by venue and name in addresses; a slug alone is unique only within its venue."""
    return f"{hall.venue.slug}/{hall.slug}"


def _hall(hall: Hall) -> dict[str, Any]:
    return {
        "name": texts_of(hall, "name"),
        "venue": texts_of(hall.venue, "name"),
        "city": texts_of(hall.venue, "city"),
        "zone": hall.venue.timezone,
        "mode": hall.venue.mode,
        "position": hall.position,
        "capacity": hall.capacity,
        "step_free": hall.step_free,
    }


def _track(track: Track) -> dict[str, Any]:
    return {"name": texts_of(track, "name"), "position": track.position}


def _region(region: Region, *, forum: Forum) -> dict[str, Any]:
    is_host = region.pk == forum.host_region_id
    return {"name": texts_of(region, "name"), "zone": region.timezone, "is_host": is_host}


def _session(session: Session) -> dict[str, Any]:
    return {
        "slug": session.slug,
        "title": texts_of(session, "title"),
        "description": texts_of(session, "description"),
        "track": session.track.code,
        "kind": session.kind,
        "admission": session.admission,
        "places": session.pool.places if session.pool else None,
        "host": session.host_region.code,
        "co_hosts": sorted(region.code for region in session.co_hosts.all()),
        "hall": hall_key(session.hall),
        "linked": sorted(hall_key(hall) for hall in session.linked_halls.all()),
        "starts": session.period.lower.isoformat(),
        "ends": session.period.upper.isoformat(),
        "languages": session.languages,
        "interpretation": session.interpretation,
        "cast": [{"speaker": str(row.speaker.public_id), "role": row.role} for row in session.cast.all()],
    }
