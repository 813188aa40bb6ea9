"""What is missing of somebody, in words of the team."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AWAITED: dict[str, "_StrPromise"] = {
    "consent": pgettext_lazy("what is missing", "consent"),
    "sending": pgettext_lazy("what is missing", "application not sent"),
    "changes": pgettext_lazy("what is missing", "correction"),
    "confirmation": pgettext_lazy("what is missing", "confirmation"),
    "answers": pgettext_lazy("what is missing", "answers to new questions"),
    "document": pgettext_lazy("what is missing", "fields of the document"),
}
"""By the codes of `registration.queries.delegations.awaited_of`."""
NO_ADDRESS = _("no email: signs on paper at the desk")
