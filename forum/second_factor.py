"""Whether a session was opened with more than the emailed code, and how the secrets of the second factor are sealed."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from forum.crypto import decrypt, encrypt, reseal


def has_second_factor(request: HttpRequest) -> bool:
    """True after TOTP, a passkey or a recovery code in this session.

    The one-click sign-in of the demo counts as one, in demo mode only.
    """
    accepted = {"mfa", "demo"} if settings.DEMO else {"mfa"}
    return any(record.get("method") in accepted for record in get_authentication_records(request, request.user))


SECRETS = "mfa_authenticator.secret"
"""Where the sealed secrets live; one sealed elsewhere does not open here."""


@dataclass(frozen=True)
class SealedSecret:
    """A secret in allauth's JSON: under which name, sealed with which key."""

    name: str
    key_id: str


def seal_secret(text: str) -> str:
    """Sealed with the current field key, as text."""
    return b64encode(encrypt(text.encode(), aad=SECRETS)).decode()


def open_secret(sealed: str) -> str:
    """Raises `DecryptionError` when the key is gone."""
    return decrypt(b64decode(sealed), aad=SECRETS).decode()


def reseal_secret(sealed: str) -> str:
    """The same under the current key. Raises `DecryptionError`."""
    return b64encode(reseal(b64decode(sealed), aad=SECRETS)).decode()


def sealed_secrets(data: Mapping[str, Any]) -> list[SealedSecret]:
    """Which values of one authenticator are sealed: of an app the secret, of recovery codes the seed."""
    texts = {name: data[name] for name in ("secret", "seed") if isinstance(data.get(name), str)}
    return [SealedSecret(name, b64decode(text)[1:][: b64decode(text)[0]].decode()) for name, text in texts.items()]
