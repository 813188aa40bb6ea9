"""Kinds of questions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
