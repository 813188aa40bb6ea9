"""How the log of a person words what was done with their badge."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ACTS: dict[str, "_StrPromise"] = {
    "badge.issued": _("badge issued"),
    "badge.ready": _("badge ready, sent by email"),
    "badge.reissued": _("badge replaced"),
    "badge.revoked": _("badge no longer valid"),
}
"""By the action of the audit entry."""
