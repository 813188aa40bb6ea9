"""Sign-in through allauth, with our ledger as its post office, our keys for its secrets, and no open sign-up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from forum.actions.messages import queue_message
from forum.mailing import render_plain
from forum.models import Account, Forum
from forum.second_factor import open_secret, seal_secret

UNKNOWN = "account/email/unknown_account"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an application or by a grant, never by a bare sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """The way in is the application form."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every email goes through the ledger: a sign-in code, or a notice.

        An address nobody knows gets a letter too, so that the page, its time and the ledger tell nothing about who is
        registered.
        """
        code = context.get("code")
        language = self._language(has_code=bool(code))
        queue_message(
            "account.code" if code else "account.notice",
            about=("account", self._account_id()),
            occasion=get_random_string(20),
            to=email,
            language=language,
            forum=None,
            context={"code": code} if code else _notice(template_prefix, language, context),
        )

    def _account_id(self) -> object:
        """Who is signed in; the person who asks for a code is not yet."""
        account = getattr(self.request, "user", None)
        return account.public_id if isinstance(account, Account) else "none"

    def _language(self, *, has_code: bool) -> str:
        """A code speaks like the page where it was asked for, a notice like the account."""
        account = getattr(self.request, "user", None)
        if isinstance(account, Account) and not has_code:
            return account.language
        return translation.get_language() or "ru"


def _notice(template_prefix: str, language: str, context: dict[str, Any]) -> dict[str, str]:
    """The words of a notice and its one button."""
    with translation.override(language):
        found = {
            "subject": " ".join(render_plain(f"{template_prefix}_subject.txt", context).split()),
            "text": render_plain(f"{template_prefix}_message.txt", context).strip(),
        }
        if template_prefix == UNKNOWN:
            return found | {"path": reverse("registration:apply"), "label": _("Apply to take part")}
        return found | {"path": reverse("mfa_index"), "label": _("Sign-in and second factor")}


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are sealed like every other secret at rest."""

    def encrypt(self, text: str) -> str:
        """Sealed with the current field key."""
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises `DecryptionError` when the key is gone."""
        return open_secret(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the authenticator app calls us."""
        forum = Forum.objects.filter(is_current=True).first()
        return forum.short_title if forum else super().get_totp_issuer()
