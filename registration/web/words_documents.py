"""What people call the answers of a document and their pictures."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registration.enums import DocumentField, PictureKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COLUMNS: dict[str, "_StrPromise"] = {
    "kind": pgettext_lazy("identity document", "Document"),
    "series": pgettext_lazy("identity document", "Series"),
    "number": pgettext_lazy("identity document", "Number"),
    "issued_by": _("Issued by"),
    "issued_on": _("Date of issue"),
    "department_code": _("Department code"),
    "expires_on": _("Date of expiry"),
    "birth_date": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "registration_address": _("Registered address"),
    "sex": _("Sex"),
    **{kind.value: kind.label for kind in PictureKind},
}
"""By column."""
HINTS: dict[str, "_StrPromise"] = {
    "series": _("If your document has one."),
    "issued_by": _("In full, as the document prints it."),
    "department_code": _("Beside the date of issue, for example 420-001."),
    "registration_address": _("Where you are registered as living: country, town, street, house."),
    "birth_place": _("As the document prints it."),
}


def field_names(fields: "frozenset[DocumentField]") -> str:
    """“series and number, issued by, date of issue”, in the order of the form."""
    return ", ".join(str(field.label) for field in DocumentField if field in fields)
