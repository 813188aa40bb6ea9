"""How the list for a plant words what is missing."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.queries.plant_lists import Gap, Listed
from registration.engine.documents.answers import fields_of
from registration.enums import DocumentField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GAPS: dict[Gap, "_StrPromise"] = {
    Gap.PLANT_CONSENT: gettext_lazy("has not agreed that this plant gets the data"),
    Gap.DOCUMENT_CONSENT: gettext_lazy("has not agreed that data of the document are kept"),
    Gap.NO_DOCUMENT: gettext_lazy("has not entered the document"),
    Gap.SUSPECT: gettext_lazy("the same document number as somebody else: an officer has to compare"),
}


def gap_words(one: Listed) -> list[str]:
    """Each reason in words; what is missing of a document by the names of its fields."""
    return [_incomplete(one) if gap == Gap.INCOMPLETE else str(GAPS[gap]) for gap in one.gaps]


def _incomplete(one: Listed) -> str:
    named = [str(field.label) for field in fields_of(one.columns)]
    if "birth_date" in one.columns:
        named.append(str(DocumentField.BIRTH_DATE.label))
    return _("of the document is missing: %(fields)s") % {"fields": ", ".join(named)}
