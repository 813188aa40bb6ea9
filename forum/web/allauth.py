"""Sign-in through allauth, with our ledger as its post office and no open sign-up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import get_random_string

from forum.actions.messages import queue_message
from forum.models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an application or by a grant, never by a bare sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """The way in is the application form."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every email goes through the ledger. Sign-in codes get our own text, notices allauth's."""
        account = context.get("user")
        language = account.language if isinstance(account, Account) else translation.get_language() or "ru"
        code = context.get("code")
        queue_message(
            "account.code" if code else "account.notice",
            about=("account", account.public_id if isinstance(account, Account) else "none"),
            occasion=get_random_string(20),
            to=email,
            language=language,
            forum=None,
            context={"code": code} if code else self._notice(template_prefix, language, context),
        )

    def _notice(self, template_prefix: str, language: str, context: dict[str, Any]) -> dict[str, str]:
        with translation.override(language):
            return {
                "subject": " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split()),
                "text": render_to_string(f"{template_prefix}_message.txt", context).strip(),
            }
