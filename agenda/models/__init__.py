"""What happens: venues, sessions and their releases, plant visits."""

from agenda.models.programme import Session, SessionSpeaker, Speaker, Track
from agenda.models.releases import HallUse, Release
from agenda.models.venues import Hall, Venue
from agenda.models.visits import SlotLeg, VisitProgramme, VisitSlot

__all__ = [
    "Hall",
    "HallUse",
    "Release",
    "Session",
    "SessionSpeaker",
    "SlotLeg",
    "Speaker",
    "Track",
    "Venue",
    "VisitProgramme",
    "VisitSlot",
]
