"""Closed lists of the programme and of plant visits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VenueMode(TextChoices):
    """Where people are."""

    ONSITE = "onsite", _("on site")
    REMOTE_STUDIO = "remote_studio", _("remote studio")
    ONLINE = "online", _("online")


class SessionKind(TextChoices):
    """The form of a session."""

    PLENARY = "plenary", _("Plenary session")
    PANEL = "panel", _("Panel discussion")
    CASE_SESSION = "case_session", _("Case session")
    ROUND_TABLE = "round_table", _("Round table")
    WORKSHOP = "workshop", _("Workshop")
    TELEBRIDGE = "telebridge", _("Telebridge")
    MENTORING_TABLES = "mentoring_tables", _("Mentoring tables")
    SCHOOL_MODULE = "school_module", _("School module")
    CEREMONY = "ceremony", _("Ceremony")
    PRESS = "press", _("Press briefing")
    NETWORKING = "networking", _("Networking")
    INTERNAL = "internal", _("Team meeting")
    SERVICE = "service", _("Service")


class Admission(TextChoices):
    """Who may walk in."""

    OPEN = "open", _("Open to all delegates")
    SEAT_BOOKING = "seat_booking", _("Limited places")
    SCHOOL_ONLY = "school_only", _("School participants only")
    MEDIA_ONLY = "media_only", _("Accredited media only")
    STAFF_ONLY = "staff_only", _("Forum team only")


class SpeakerRole(TextChoices):
    """What a speaker does in a session."""

    MODERATOR = "moderator", _("Moderator")
    SPEAKER = "speaker", _("Speaker")


class LegKind(TextChoices):
    """A step of a visit; the bus ride is a programme item with a guide."""

    TRANSFER_EXCURSION = "transfer_excursion", _("Transfer excursion")
    TRANSFER = "transfer", _("Bus")
    GATE_CONTROL = "gate_control", _("Gate")
    INDUCTION = "induction", _("Safety induction")
    TOUR = "tour", _("Tour")
    LUNCH = "lunch", _("Lunch")
    MUSEUM = "museum", _("Museum")


class PhotoPolicy(TextChoices):
    """What the plant allows."""

    PROHIBITED = "prohibited", _("No photos")
    PROHIBITED_EXCEPT_MUSEUM = "prohibited_except_museum", _("No photos, except in the museum")
    ALLOWED_AT_MARKED_POINTS = "allowed_at_marked_points", _("Photos at marked points")
    ALLOWED = "allowed", _("Photos allowed")


class UnionStatePolicy(TextChoices):
    """How the plant counts days for documents of Belarus."""

    AS_RF = "as_rf", _("as Russian documents")
    AS_FOREIGN = "as_foreign", _("as foreign documents")


class DocumentGroup(TextChoices):
    """How days are counted for a document: working days for Russian ones, calendar days for foreign ones."""

    RUSSIAN = "russian", _("Russian document")
    FOREIGN = "foreign", _("foreign document")


class Change(TextChoices):
    """What differs between two releases of a session. The words head the list of changes."""

    NEW = "new", pgettext_lazy("change of a session", "New")
    CANCELLED = "cancelled", pgettext_lazy("change of a session", "Cancelled")
    MOVED_TIME = "moved_time", _("Moved in time")
    MOVED_HALL = "moved_hall", _("Moved to another hall")
    RETITLED = "retitled", _("New title")
    SPEAKERS = "speakers", _("Speakers changed")
    DESCRIPTION = "description", _("New description")
    LANGUAGES = "languages", _("Languages changed")
    ADMISSION = "admission", _("Admission changed")


class Outfit(TextChoices):
    """What to wear, and what the plant lends."""

    LONG_TROUSERS = "long_trousers", _("long trousers")
    LONG_SLEEVES = "long_sleeves", _("long sleeves")
    CLOSED_FLAT_SHOES = "closed_flat_shoes", _("closed flat shoes")
    NO_LOOSE_JEWELLERY = "no_loose_jewellery", _("no loose jewellery")
    LONG_HAIR_TIED = "long_hair_tied", _("long hair tied back")
    HELMET = "helmet", _("helmet")
    SAFETY_GLASSES = "safety_glasses", _("safety glasses")
    HI_VIS_VEST = "hi_vis_vest", _("high-visibility vest")
    SAFETY_BOOTS = "safety_boots", _("safety boots")
    PROTECTIVE_JACKET = "protective_jacket", _("protective jacket")
    EAR_PLUGS = "ear_plugs", _("ear plugs")


class ProposalState(TextChoices):
    """Where a proposal stands. Only an open one moves; expiry means that nothing changes."""

    OPEN = "open", pgettext_lazy("proposal", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    REFUSED = "refused", pgettext_lazy("proposal", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("proposal", "Expired, nothing changed")


class ConflictKind(TextChoices):
    """Why a session cannot, or should not, be at a time and in a hall."""

    HALL = "hall", _("The hall is taken")
    CLOSED = "closed", _("The hall is closed")
    SPEAKER = "speaker", _("A speaker is elsewhere")
    UNFIT = "unfit", _("The hall does not fit")
    ZONE = "zone", _("Other badges open this hall")
    HOURS = "hours", _("Outside working hours")


BLOCKING = frozenset({ConflictKind.HALL, ConflictKind.CLOSED, ConflictKind.SPEAKER, ConflictKind.UNFIT})
"""These stop an acceptance; the other ones are for people to weigh."""


class DraftState(TextChoices):
    """How a session's draft differs from what the public sees."""

    DRAFT = "draft", pgettext_lazy("session", "Not published yet")
    CHANGED = "changed", pgettext_lazy("session", "Changed since the release")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled in the draft")
    RELEASED = "released", pgettext_lazy("session", "As published")


class BookingState(TextChoices):
    """What became of somebody's wish to go to a plant. Boarded and returned are no states: they come from scans."""

    REQUESTED = "requested", pgettext_lazy("visit booking", "waiting in line")
    CONFIRMED = "confirmed", pgettext_lazy("visit booking", "confirmed")
    CANCELLED_BY_DELEGATE = "cancelled_by_delegate", pgettext_lazy("visit booking", "given back")
    CANCELLED_BY_ORGANISER = "cancelled_by_organiser", pgettext_lazy("visit booking", "taken back by the organisers")
    LAPSED = "lapsed", pgettext_lazy("visit booking", "offer not accepted in time")
    CONSENT_WITHDRAWN = "consent_withdrawn", pgettext_lazy("visit booking", "consent to the plant withdrawn")
    MOVED = "moved", pgettext_lazy("visit booking", "moved to another visit")


_ENDS = frozenset(
    {
        BookingState.CANCELLED_BY_DELEGATE,
        BookingState.CANCELLED_BY_ORGANISER,
        BookingState.LAPSED,
        BookingState.CONSENT_WITHDRAWN,
        BookingState.MOVED,
    }
)
BOOKING_MOVES: dict[BookingState, frozenset[BookingState]] = {
    BookingState.REQUESTED: _ENDS | {BookingState.CONFIRMED},
    BookingState.CONFIRMED: _ENDS - {BookingState.LAPSED},
    **{state: frozenset() for state in _ENDS},
}
"""The only moves there are; `agenda.actions.bookings` is the only writer."""


class Refusal(TextChoices):
    """Why somebody cannot have a place. Sentences and what would help: `agenda.queries.reasons`."""

    NOT_CONFIRMED = "not_confirmed"
    ONLINE_ONLY = "online_only"
    OVER = "over"
    BIRTH_DATE_MISSING = "birth_date_missing"
    TOO_YOUNG = "too_young"
    LIST_CLOSED = "list_closed"
    CLASH = "clash"
    TRAVEL = "travel"


OVERRIDABLE = frozenset({Refusal.LIST_CLOSED, Refusal.CLASH, Refusal.TRAVEL})
"""What a coordinator may overrule with a reason: agreed with the plant, or with the person. Age is the plant's word."""


class FilmingMeans(TextChoices):
    """How somebody wants to film. A plant decides about a drone by itself, so a drone is asked for alone."""

    PHOTO = "photo", pgettext_lazy("filming", "Photo")
    VIDEO = "video", pgettext_lazy("filming", "Video")
    DRONE = "drone", pgettext_lazy("filming", "Drone")


class FilmingState(TextChoices):
    """Where a wish to film in a plant stands. Only the plant's word allows it; accreditation alone does not."""

    ASKED = "asked", pgettext_lazy("filming wish", "Asked")
    PUT = "put", pgettext_lazy("filming wish", "Put to the plant")
    ALLOWED = "allowed", pgettext_lazy("filming wish", "Allowed")
    ALLOWED_IF = "allowed_if", pgettext_lazy("filming wish", "Allowed with conditions")
    REFUSED = "refused", pgettext_lazy("filming wish", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("filming wish", "Withdrawn")


_F = FilmingState
FILMING_ANSWERS = frozenset({_F.ALLOWED, _F.ALLOWED_IF, _F.REFUSED})
"""What a plant may say. It may say something else later: each answer has its letter."""
FILMING_LIVE = frozenset({_F.ASKED, _F.PUT, _F.ALLOWED, _F.ALLOWED_IF})
"""Nobody asks for the same thing twice while one of these stands."""
FILMING_WITH_PLANT = FILMING_ANSWERS | {_F.PUT}
"""The plant knows of it."""
FILMING_MOVES: dict[FilmingState, frozenset[FilmingState]] = {
    _F.ASKED: frozenset({_F.PUT, _F.WITHDRAWN}),
    _F.PUT: FILMING_ANSWERS | {_F.WITHDRAWN},
    _F.ALLOWED: FILMING_ANSWERS | {_F.WITHDRAWN},
    _F.ALLOWED_IF: FILMING_ANSWERS | {_F.WITHDRAWN},
    _F.REFUSED: FILMING_ANSWERS,
    _F.WITHDRAWN: frozenset(),
}
"""The only moves there are; `agenda.actions.filming` and `filming_answers` are the only writers."""


class ListKind(TextChoices):
    """How a list for a plant is handed over."""

    PDF = "pdf", _("paper, PDF")
    XLSX = "xlsx", _("table, xlsx")
