"""Who calls the API: a program with a token in a header. No cookie, hence no CSRF and no session that ends."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from forum.actions.audit import acting_token
from forum.actions.tokens import note_use
from forum.logs import account_id
from forum.models import Account, ApiToken
from forum.queries.tokens import acting_account, token_of

KEYWORD = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`. The user is the holder with the token's rights alone, `request.auth` the token."""

    def authenticate(self, request: Request) -> tuple[Account, ApiToken] | None:
        """None without such a header. Raises `AuthenticationFailed` for an unknown or ended token, and when its holder
        has lost the role.
        """
        scheme, _blank, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != KEYWORD.lower():
            return None
        token = token_of(secret.strip())
        if token is None:
            raise AuthenticationFailed(_("This token is not known. Check that it was copied whole."), "token_unknown")
        if not token.is_alive:
            raise AuthenticationFailed(_("This token has ended. Make a new one in the team area."), "token_ended")
        note_use(token)
        acting_token.set(token.public_id)
        account = acting_account(token)
        account_id.set(str(account.public_id))
        return account, token

    def authenticate_header(self, request: Request) -> str:
        """Makes DRF answer 401 instead of 403 to those without a token."""
        return KEYWORD


class TokenScheme(OpenApiAuthenticationExtension):
    """How the documentation names it."""

    target_class = "forum.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of the team area: Access for programs.",
        }
