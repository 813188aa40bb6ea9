"""The right that an operation needs. What a list shows and which objects exist is decided by `*_visible_to`."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from forum.models import ApiToken

if TYPE_CHECKING:
    from rest_framework.views import APIView


class HasRight(BasePermission):
    """The view names its rights by method (`rights`); `tests/test_architecture.py` sees to it that it names them all.

    Operations are public knowledge, so 403 gives nothing away.
    """

    message = _("The role of this token does not allow this.")

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """False without a token too, which becomes a 401. A method that is not there goes on to its 405."""
        if not isinstance(request.auth, ApiToken):
            return False
        right = view.rights.get("GET" if request.method == "HEAD" else str(request.method))
        return right is None or request.user.has_perm(right)
