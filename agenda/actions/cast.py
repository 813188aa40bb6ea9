"""Who is on stage."""

from collections.abc import Sequence
from typing import NamedTuple

from agenda.enums import SpeakerRole
from agenda.models import Session, SessionSpeaker, Speaker


class Part(NamedTuple):
    """Who does what in a session."""

    speaker: Speaker
    role: SpeakerRole


def write_cast(session: Session, *, cast: Sequence[Part]) -> None:
    """Speakers in their order. The caller owns the transaction and, for a session that exists, its lock."""
    SessionSpeaker.objects.filter(session=session).delete()
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=session, speaker=part.speaker, role=part.role, position=position)
        for position, part in enumerate(cast, start=1)
    )


def cast_of(session: Session) -> list[Part]:
    """The parts as they are written down."""
    return [Part(row.speaker, SpeakerRole(row.role)) for row in session.cast.select_related("speaker")]
