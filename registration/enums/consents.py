"""What people consent to, and on what else data rest."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class WithdrawalWay(TextChoices):
    """How a consent was taken back: with the person's own button, or by a word to the organisers that an officer records."""

    OWN_CLICK = "own_click", pgettext_lazy("consent taken back", "on the person's own page")
    LETTER = "letter", pgettext_lazy("consent taken back", "by letter")
    EMAIL = "email", pgettext_lazy("consent taken back", "by email")
    DESK = "desk", pgettext_lazy("consent taken back", "at the desk")


class LegalBasis(TextChoices):
    """Why an answer may be asked for at all (152-FZ art. 6, GDPR art. 6; texts for people, not legal advice)."""

    CONSENT = "consent", pgettext_lazy("legal basis", "your consent to processing")
    CONTRACT = "contract", pgettext_lazy("legal basis", "needed for your participation")
    LAW = "law", pgettext_lazy("legal basis", "required by law")
    INTEREST = "interest", pgettext_lazy("legal basis", "legitimate interest of the organisers")
