"""Identity documents, pictures, and what is erased of a person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    """What a person may hand in as a picture; which ones are taken is a switch of each category."""

    PHOTO = "photo", _("Photo for the badge")
    SCAN = "scan", _("Picture of the document")


class ErasureBasis(TextChoices):
    """Why data of a document were erased."""

    TERM = "term", _("the term is over")
    CONSENT = "consent", _("the consent was withdrawn")
    ASKED = "asked", _("the person asked for it")
    UNSENT = "unsent", _("the application was never sent")


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
    FILMING = "filming", _("wishes to film in plants")
    CHANGES = "changes", _("requests for a change")
