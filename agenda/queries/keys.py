"""Who has to agree before the time or the hall of a session changes: the two-key rule (`docs/co-management.md`)."""

from agenda.models import Session
from agenda.queries.snapshot import halls_of
from forum.models import Forum, Region


def partner_keys(session: Session) -> list[Region]:
    """Partner regions that hold a key: they host or co-host the session, or it is held or linked in their venue.

    The one that hosts comes first. `session` brings its halls with their venues' regions.
    """
    partners = {region.pk: region for region in session.forum.partner_regions.all()}
    involved = [
        session.host_region_id,
        *(region.pk for region in session.co_hosts.all()),
        *(hall.venue.region_id for hall in halls_of(session)),
    ]
    return [partners[pk] for pk in dict.fromkeys(involved) if pk in partners]


def needs_two_keys(session: Session) -> bool:
    """Whether a released session is shared, so that neither side moves it alone."""
    return is_released(session) and bool(partner_keys(session))


def is_released(session: Session) -> bool:
    """Whether the public has ever seen it."""
    return session.hall_uses.exists()


def answering_region(session: Session, *, proposed_by: Region) -> Region | None:
    """Who decides what `proposed_by` proposes: the host team what a partner wants, and the other way round.

    None when no partner holds a key: then the host team needs nobody's answer.
    """
    if proposed_by.pk != session.forum.host_region_id:
        return session.forum.host_region
    return next(iter(partner_keys(session)), None)


def zones_of(forum: Forum) -> list[str]:
    """The clocks of both sides: the forum's zone first, then those of the partner regions."""
    return list(dict.fromkeys([forum.timezone, *(region.timezone for region in forum.partner_regions.all())]))
