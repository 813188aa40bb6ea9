"""The way in as a person walks it: address, code from the letter, second factor."""

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from forum.actions.mail import send_due
from forum.enums import Lane
from tests.mail import Sink, text_of


def ask_for_code(client: Client, email: str) -> Any:
    """The first page: an address, nothing else."""
    return client.post(reverse("account_login"), {"login": email}, follow=True)


def code_from_letter(sink: Sink, email: str) -> str:
    """Let the worker's action send what waits, and read the code as a person does."""
    send_due(lane=Lane.PERSONAL)
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", text_of(sink.to(email)[-1]))
    assert found is not None
    return found[0]


def enter_code(client: Client, code: str) -> Any:
    """The second page."""
    return client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)


def walk_in(client: Client, email: str, sink: Sink) -> Any:
    """Both pages."""
    ask_for_code(client, email)
    return enter_code(client, code_from_letter(sink, email))


def app_code(secret: str, *, later: int = 0) -> str:
    """What an authenticator app shows now, or `later` periods of 30 seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up_app(client: Client) -> tuple[str, Any]:
    """Switch the authenticator app on; the secret and the page after it."""
    url = reverse("mfa_activate_totp")
    secret = client.get(url).context["form"].secret
    return secret, client.post(url, {"code": app_code(secret)}, follow=True)
