"""Closed lists of registration, and the tables of moves (docs: domain rules of accreditation)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationState(TextChoices):
    """Where an application stands. Badge issued and checked in are not states: they are derived from scans."""

    DRAFT = "draft", pgettext_lazy("application state", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("application state", "Under review")
    NEEDS_CHANGES = "needs_changes", pgettext_lazy("application state", "Needs changes")
    APPROVED = "approved", pgettext_lazy("application state", "Approved")
    WAITLISTED = "waitlisted", pgettext_lazy("application state", "On the waiting list")
    REJECTED = "rejected", pgettext_lazy("application state", "Not accepted")
    CONFIRMED = "confirmed", pgettext_lazy("application state", "Confirmed")
    CANCELLED = "cancelled", pgettext_lazy("application state", "Withdrawn")
    REPLACED = "replaced", pgettext_lazy("application state", "Replaced")
    BLOCKED = "blocked", pgettext_lazy("application state", "Blocked")


_S = RegistrationState
MOVES: dict[RegistrationState, frozenset[RegistrationState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.CANCELLED}),
    _S.SUBMITTED: frozenset({_S.NEEDS_CHANGES, _S.APPROVED, _S.WAITLISTED, _S.REJECTED, _S.CANCELLED}),
    _S.NEEDS_CHANGES: frozenset({_S.SUBMITTED, _S.REJECTED, _S.CANCELLED}),
    _S.WAITLISTED: frozenset({_S.APPROVED, _S.REJECTED, _S.CANCELLED}),
    _S.APPROVED: frozenset({_S.CONFIRMED, _S.CANCELLED, _S.BLOCKED}),
    _S.CONFIRMED: frozenset({_S.CANCELLED, _S.REPLACED, _S.BLOCKED}),
    _S.REJECTED: frozenset({_S.SUBMITTED}),
    _S.BLOCKED: frozenset({_S.CONFIRMED, _S.CANCELLED}),
    _S.CANCELLED: frozenset(),
    _S.REPLACED: frozenset(),
}
"""The only moves there are; `registration.actions.state.move` is the only writer."""

HOLDS_PLACE = frozenset({_S.APPROVED, _S.CONFIRMED})
"""A quota counts approved and confirmed people."""

HAS_PLACE = [(s.value, s.label) for s in _S if s in HOLDS_PLACE]
"""The same as choices."""

SEEN = [(s.value, s.label) for s in _S if s != _S.DRAFT]
"""States as the team sees them: drafts belong to their applicants alone."""

EDITABLE = frozenset({_S.DRAFT, _S.NEEDS_CHANGES})
"""The applicant may still change the answers; later the key fields are locked."""


class ReviewStages(TextChoices):
    """How many look at an application of a category before it is decided."""

    ONE = "one", _("One decision")
    TWO_STEPS = "two_steps", _("Pre-check, then decision")
    TWO_PEOPLE = "two_people", _("Pre-check and decision by two people")


CHECKED_FIRST = frozenset({ReviewStages.TWO_STEPS, ReviewStages.TWO_PEOPLE})
"""Here nobody is decided on before somebody has looked whether everything is there."""


class ReasonKind(TextChoices):
    """Which decision a ready-made text goes with."""

    ASK = "ask", _("Ask for changes")
    REJECT = "reject", _("Do not accept")


class KeyField(TextChoices):
    """What stands on the badge and must match the document (domain rules of accreditation): after approval it is changed
    by request only.
    """

    SURNAME = "surname", pgettext_lazy("key field", "surname")
    GIVEN_NAME = "given_name", pgettext_lazy("key field", "given name")
    PATRONYMIC = "patronymic", pgettext_lazy("key field", "patronymic")
    LATIN_SURNAME = "latin_surname", pgettext_lazy("key field", "surname in Latin letters")
    LATIN_GIVEN_NAME = "latin_given_name", pgettext_lazy("key field", "given name in Latin letters")
    NATIVE_NAME = "native_name", pgettext_lazy("key field", "name in your own language")
    BADGE_NAME = "badge_name", pgettext_lazy("key field", "name on the badge")
    CITIZENSHIP = "citizenship", pgettext_lazy("key field", "citizenship")
    CATEGORY = "category", pgettext_lazy("key field", "kind of participation")
    ORGANISATION = "organisation", pgettext_lazy("key field", "organisation")


class ChangeState(TextChoices):
    """What became of a request to change a key field."""

    OPEN = "open", pgettext_lazy("request for a change", "with the organisers")
    ACCEPTED = "accepted", pgettext_lazy("request for a change", "changed")
    DECLINED = "declined", pgettext_lazy("request for a change", "not changed")
    WITHDRAWN = "withdrawn", pgettext_lazy("request for a change", "taken back")


class MassDecision(TextChoices):
    """What can be decided about many at once."""

    APPROVE = "approve", pgettext_lazy("many applications", "Approve")
    LINE = "line", pgettext_lazy("many applications", "Put on the waiting list")
    ASK = "ask", pgettext_lazy("many applications", "Ask for changes")
    REJECT = "reject", pgettext_lazy("many applications", "Do not accept")


LEADS_TO = {
    MassDecision.APPROVE: _S.APPROVED,
    MassDecision.LINE: _S.WAITLISTED,
    MassDecision.ASK: _S.NEEDS_CHANGES,
    MassDecision.REJECT: _S.REJECTED,
}
"""Where each takes an application."""


class BulkOutcome(TextChoices):
    """What became of one application among many. Words: `registration.web.words_team`."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class BulkUndone(TextChoices):
    """What undoing did with it; `kept` because somebody has touched it since, or the letter had left."""

    BACK = "back"
    KEPT = "kept"


class ClaimState(TextChoices):
    """`offered` counts as taken."""

    WAITING = "waiting", _("waiting")
    OFFERED = "offered", _("offered")
    HELD = "held", _("held")
    RELEASED = "released", _("released")


class PoolKind(TextChoices):
    """What a number of places belongs to; the room that owns a kind registers its policy."""

    CATEGORY = "category", _("category quota")
    QUOTA = "quota", _("quota of a delegation or an organisation")
    SEATS = "seats", _("session seats")
    VISIT = "visit", _("plant visit")
    CHOICE = "choice", _("answer with places")


PARTICIPATION = frozenset({PoolKind.CATEGORY, PoolKind.QUOTA})
"""Pools whose places let somebody take part."""


class ConsentPurpose(TextChoices):
    """Each purpose is a document of its own (152-FZ art. 9 as amended by 156-FZ). Which of them an edition asks for is
    data: the documents it has published. Only the first is needed to take part.
    """

    PROCESSING = "processing", _("Processing for forum participation")
    PUBLICATION = "publication", _("Name and photo in the programme and the media")
    PLANT_ACCESS = "plant_access", _("Data to a plant for its entry pass")
    ABROAD = "abroad", _("Data to an organisation abroad")
    DOCUMENT = "document", _("Data of the identity document")
    PHOTO = "photo", _("Photo on the badge")


class ConsentEvidence(TextChoices):
    """How the consent was given."""

    OWN_TICK = "own_tick", _("ticked by the person")
    SIGNED_PAPER = "signed_paper", _("signed on paper")


class QuestionKind(TextChoices):
    """What an answer is. How each is read and refused: `registration.engine.questions.cleaning`."""

    TEXT = "text", pgettext_lazy("kind of question", "Line of text")
    LONG_TEXT = "long_text", pgettext_lazy("kind of question", "Long text")
    NUMBER = "number", pgettext_lazy("kind of question", "Number")
    DATE = "date", pgettext_lazy("kind of question", "Date")
    CHOICE = "choice", pgettext_lazy("kind of question", "One of several")
    SEVERAL = "several", pgettext_lazy("kind of question", "Any of several")
    COUNTRY = "country", pgettext_lazy("kind of question", "Country")
    REGION = "region", pgettext_lazy("kind of question", "Region of Russia")
    PHONE = "phone", pgettext_lazy("kind of question", "Phone")
    LANGUAGE = "language", pgettext_lazy("kind of question", "Language")
    SIZE = "size", pgettext_lazy("kind of question", "Size")
    TICK = "tick", pgettext_lazy("kind of question", "Box to tick")
    FILE = "file", pgettext_lazy("kind of question", "Picture of a paper")
    PHOTO = "photo", pgettext_lazy("kind of question", "Photo of the person")


CHOSEN_KINDS = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})
"""Kinds whose answers the officer lists one by one."""
FILED_KINDS = frozenset({QuestionKind.FILE, QuestionKind.PHOTO})
"""Kinds whose answer is a file that was handed in."""


class SizeSystem(TextChoices):
    """Of which sizes a question asks."""

    CLOTHES = "clothes", _("clothes: XS to 4XL")
    SHOES = "shoes", _("shoes: 34 to 50")
    HEAD = "head", _("head: 52 to 64 cm")


class LegalBasis(TextChoices):
    """Why an answer may be asked for at all (152-FZ art. 6, GDPR art. 6; texts for people, not legal advice)."""

    CONSENT = "consent", pgettext_lazy("legal basis", "your consent to processing")
    CONTRACT = "contract", pgettext_lazy("legal basis", "needed for your participation")
    LAW = "law", pgettext_lazy("legal basis", "required by law")
    INTEREST = "interest", pgettext_lazy("legal basis", "legitimate interest of the organisers")


class SpokenLanguage(TextChoices):
    """Languages of spoken comfort; not the language of the interface, nor of emails."""

    RU = "ru", _("Russian")
    EN = "en", _("English")
    UZ = "uz", _("Uzbek")
    BE = "be", _("Belarusian")
    DE = "de", _("German")
    ZH = "zh", _("Chinese")
    KK = "kk", _("Kazakh")
    TT = "tt", _("Tatar")


class ZoneKind(TextChoices):
    """A visit is not an area: it is granted per visit slot."""

    AREA = "area", _("area")
    PER_SLOT = "per_slot", _("granted per visit")


class ImportOutcome(TextChoices):
    """What a row of an imported list did, or would do. Words: `registration.web.words_team`."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    ERROR = "error"


class ImportUndone(TextChoices):
    """What taking a list back did with a row; `kept` because somebody has touched it since."""

    REMOVED = "removed"
    RESTORED = "restored"
    KEPT = "kept"


class DocumentKind(TextChoices):
    """The paper that is shown at a gate or at the border."""

    RU_PASSPORT = "ru_passport", _("Russian passport")
    RU_TRAVEL = "ru_travel", _("Russian passport for travel abroad")
    FOREIGN_PASSPORT = "foreign_passport", _("Passport of another country")
    ID_CARD = "id_card", _("Identity card of another country")
    RESIDENCE_PERMIT = "residence_permit", _("Russian residence permit")
    OTHER = "other", pgettext_lazy("identity document", "Another document")


RUSSIAN_KINDS = frozenset({DocumentKind.RU_PASSPORT, DocumentKind.RU_TRAVEL})


class DocumentField(TextChoices):
    """What may be asked of a document. `number` is the kind with series and number; `birth_date` stands with the person."""

    NUMBER = "number", _("series and number")
    ISSUED_BY = "issued_by", _("issued by")
    ISSUED_ON = "issued_on", _("date of issue")
    DEPARTMENT_CODE = "department_code", _("department code")
    EXPIRES_ON = "expires_on", _("date of expiry")
    BIRTH_DATE = "birth_date", _("date of birth")
    BIRTH_PLACE = "birth_place", _("place of birth")
    REGISTRATION_ADDRESS = "registration_address", _("registered address")
    SEX = "sex", _("sex")


class Sex(TextChoices):
    """As the document prints it."""

    FEMALE = "f", pgettext_lazy("sex in a document", "female")
    MALE = "m", pgettext_lazy("sex in a document", "male")


class PictureKind(TextChoices):
    """What a person may hand in as a picture; which ones an edition asks for is a switch of the forum."""

    PHOTO = "photo", _("Photo for the badge")
    SCAN = "scan", _("Picture of the document")


class ErasureBasis(TextChoices):
    """Why data of a document were erased."""

    TERM = "term", _("the term is over")
    CONSENT = "consent", _("the consent was withdrawn")
    ASKED = "asked", _("the person asked for it")
    UNSENT = "unsent", _("the application was never sent")


class HandOverEnd(TextChoices):
    """How the way of a place to a substitute ended."""

    DONE = "done", pgettext_lazy("place on its way to a substitute", "handed over")
    TAKEN_BACK = "taken_back", pgettext_lazy("place on its way to a substitute", "taken back")
    DECLINED = "declined", pgettext_lazy("place on its way to a substitute", "the substitute does not come")
    GIVER_LEFT = "giver_left", pgettext_lazy("place on its way to a substitute", "the place is gone")
    LATE = "late", pgettext_lazy("place on its way to a substitute", "the forum has begun")


class ErasedData(TextChoices):
    """Kinds of data that an erased person leaves behind empty; the document's own are `DocumentField`."""

    NAMES = "names", _("names")
    CONTACTS = "contacts", _("email")
    BIRTH_DATE = "birth_date", _("date of birth")
    ORIGIN = "origin", _("citizenship and languages")
    WORK = "work", _("organisation and position")
    ANSWERS = "answers", _("answers to questions")
    LETTERS = "letters", _("letters and addresses of letters")
    LINKS = "links", _("links and codes")
    LISTS = "lists", _("traces in lists")
    LOGIN = "login", _("sign-in")
    BADGE = "badge", _("drawn badges")
    STAGE = "stage", _("entry among the speakers")
    EQUIPMENT = "equipment", _("equipment")
    CHANGES = "changes", _("requests for a change")


class InvitationState(TextChoices):
    """Where a personal invitation stands. Opened: the person has pressed the button on its page; mail scanners press none."""

    WRITTEN = "written", pgettext_lazy("invitation state", "Written")
    SENT = "sent", pgettext_lazy("invitation state", "Sent")
    OPENED = "opened", pgettext_lazy("invitation state", "Opened")
    USED = "used", pgettext_lazy("invitation state", "Used")
    DECLINED = "declined", pgettext_lazy("invitation state", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation state", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("invitation state", "Expired")


LIVING = frozenset({InvitationState.WRITTEN, InvitationState.SENT, InvitationState.OPENED})
"""The invitation still lets somebody in; from every other state there is no way back, and nothing personal is kept."""


class Entrance(TextChoices):
    """By what an application was begun, where it was not begun by the public form alone."""

    INVITATION = "invitation", _("personal invitation")
    CODE = "code", _("code")


class VisaOutcome(TextChoices):
    """What a dated rule says of a citizenship. Never a reason to refuse an application."""

    FREE = "free", pgettext_lazy("entry of the country", "No visa")
    VISA = "visa", pgettext_lazy("entry of the country", "Visa needed")
    E_VISA = "e_visa", pgettext_lazy("entry of the country", "E-visa possible")
    UNKNOWN = "unknown", pgettext_lazy("entry of the country", "To be checked")


RULED = [(o.value, o.label) for o in VisaOutcome if o != VisaOutcome.UNKNOWN]
"""What a rule may say; that nobody knows is said by the lack of a rule."""


class VisaState(TextChoices):
    """Where a visa case stands."""

    NOT_NEEDED = "not_needed", pgettext_lazy("visa case", "No letter needed")
    CHECKING = "checking", pgettext_lazy("visa case", "Being checked")
    WANTED = "wanted", pgettext_lazy("visa case", "Data wanted")
    READY = "ready", pgettext_lazy("visa case", "Ready for the letter")
    ISSUED = "issued", pgettext_lazy("visa case", "Letter issued")
    GRANTED = "granted", pgettext_lazy("visa case", "Visa granted")
    REFUSED = "refused", pgettext_lazy("visa case", "Visa refused")
    DROPPED = "dropped", pgettext_lazy("visa case", "Not needed any more")


_V = VisaState
VISA_MOVES: dict[VisaState, frozenset[VisaState]] = {
    _V.NOT_NEEDED: frozenset({_V.CHECKING, _V.WANTED, _V.GRANTED, _V.REFUSED, _V.DROPPED}),
    _V.CHECKING: frozenset({_V.NOT_NEEDED, _V.WANTED, _V.DROPPED}),
    _V.WANTED: frozenset({_V.READY, _V.CHECKING, _V.NOT_NEEDED, _V.DROPPED}),
    _V.READY: frozenset({_V.ISSUED, _V.WANTED, _V.CHECKING, _V.NOT_NEEDED, _V.DROPPED}),
    _V.ISSUED: frozenset({_V.WANTED, _V.READY, _V.GRANTED, _V.REFUSED, _V.NOT_NEEDED, _V.DROPPED}),
    _V.GRANTED: frozenset({_V.ISSUED, _V.NOT_NEEDED, _V.REFUSED, _V.WANTED, _V.DROPPED}),
    _V.REFUSED: frozenset({_V.ISSUED, _V.NOT_NEEDED, _V.GRANTED, _V.WANTED, _V.DROPPED}),
    _V.DROPPED: frozenset({_V.NOT_NEEDED, _V.CHECKING, _V.WANTED}),
}
"""The only moves there are; `registration.actions.visa_state.move_case` is the only writer."""

VISA_ASKS = frozenset({_V.WANTED, _V.READY, _V.ISSUED})
"""Only now data of the document are needed for a letter."""

HAS_LETTER = frozenset({_V.ISSUED, _V.GRANTED, _V.REFUSED})
"""Only in these states a letter stays valid; leaving them makes it void."""

VISA_OPEN = frozenset({_V.CHECKING, _V.WANTED, _V.READY, _V.ISSUED})
"""Somebody still has to do something."""


class VisaPart(TextChoices):
    """What of a visa case is erased, besides the document."""

    STAY = "stay", _("dates and places of the stay")
    LETTER = "letter", _("invitation letter")


class Likeness(TextChoices):
    """What two applications have in common, the strongest first."""

    DOCUMENT = "document", pgettext_lazy("two applications", "same document")
    BIRTH_DATE = "birth_date", pgettext_lazy("two applications", "same birth date")
    EMAIL = "email", pgettext_lazy("two applications", "same email")
    NAME = "name", pgettext_lazy("two applications", "same name")


MERGEABLE = frozenset({_S.SUBMITTED, _S.NEEDS_CHANGES, _S.WAITLISTED, _S.APPROVED, _S.CONFIRMED, _S.BLOCKED})
"""Living applications that the officers have seen: of two such of one person, one may end in the other."""


class VehicleState(TextChoices):
    """Where a vehicle pass stands."""

    ASKED = "asked", pgettext_lazy("vehicle pass", "Asked for")
    APPROVED = "approved", pgettext_lazy("vehicle pass", "Pass issued")
    REFUSED = "refused", pgettext_lazy("vehicle pass", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("vehicle pass", "Withdrawn")


_W = VehicleState
VEHICLE_MOVES: dict[VehicleState, frozenset[VehicleState]] = {
    _W.ASKED: frozenset({_W.APPROVED, _W.REFUSED, _W.WITHDRAWN}),
    _W.APPROVED: frozenset({_W.WITHDRAWN}),
    _W.REFUSED: frozenset(),
    _W.WITHDRAWN: frozenset(),
}
"""The only moves there are; `registration.actions.vehicles` is the only writer."""

VEHICLE_LIVE = frozenset({_W.ASKED, _W.APPROVED})
"""Only these keep the plate on their days."""


class EquipmentKind(TextChoices):
    """What somebody brings through the gate."""

    CAMERA = "camera", _("Photo camera")
    VIDEO = "video", _("Video camera")
    DRONE = "drone", _("Drone")
    SOUND = "sound", _("Microphone or sound recorder")
    LIGHT = "light", _("Light or tripod")
    COMPUTER = "computer", _("Computer")
    LINK = "link", _("Radio or broadcasting link")
    TOOLS = "tools", _("Tools or installation kit")
    OTHER = "other", pgettext_lazy("equipment", "Something else")
