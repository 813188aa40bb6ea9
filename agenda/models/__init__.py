"""What happens: venues, sessions and their releases, plant visits."""

from agenda.models.bookings import OccupiedTime, VisitBooking
from agenda.models.filming import FilmingWish
from agenda.models.plant_lists import PlantList, PlantListEntry
from agenda.models.programme import Session, SessionSpeaker, Speaker, Track
from agenda.models.proposals import Proposal, ProposalStep
from agenda.models.releases import HallUse, Release
from agenda.models.venues import Hall, HallClosure, TravelTime, Venue
from agenda.models.visits import SlotLeg, VisitProgramme, VisitSlot

__all__ = [
    "FilmingWish",
    "Hall",
    "HallClosure",
    "HallUse",
    "OccupiedTime",
    "PlantList",
    "PlantListEntry",
    "Proposal",
    "ProposalStep",
    "Release",
    "Session",
    "SessionSpeaker",
    "SlotLeg",
    "Speaker",
    "Track",
    "TravelTime",
    "Venue",
    "VisitBooking",
    "VisitProgramme",
    "VisitSlot",
]
