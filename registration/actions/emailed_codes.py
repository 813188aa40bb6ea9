"""Codes of six digits that prove an address: written, counted, compared. What they are good for is their caller's matter."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.crypto import keyed_hash
from forum.errors import DomainError
from registration.models import EmailedCode, Registration

CODE_LIFE = timedelta(minutes=30)
TRIES = 5
"""Wrong codes before a new one is needed: six digits are guessed by nobody within so many."""
A_DAY = 5
"""Codes that one application may ask for in a day: our letters must not become a nuisance to strangers."""


def new_code(row: EmailedCode, *, purpose: str) -> str:
    """Save `row` with the hash of fresh digits, and give them for the letter."""
    code = get_random_string(6, "0123456789")
    row.code_hash, row.expires_at = _hashed(row, code, purpose), now() + CODE_LIFE
    row.save()
    return code


def refuse_often(registration: Registration, asked: "QuerySet[EmailedCode]") -> None:
    """Raise `DomainError("email.often")` when as many codes have been asked for today as one application may."""
    if asked.filter(asked_at__gt=now() - timedelta(days=1)).count() >= A_DAY:
        often = _("Too many codes have been sent today. Try again tomorrow, or write to %(email)s.")
        raise DomainError("email.often", often % {"email": registration.forum.contact_email}, status=429)


def refusal_of(row: EmailedCode | None, typed: str, *, purpose: str) -> DomainError | None:
    """Why `typed` does not do; None when it is the code. A wrong one is counted: the caller must let that be committed."""
    if row is None or row.expires_at <= now() or row.wrong_codes >= TRIES:
        dead = _("This code no longer works. Ask for a new one.")
        return DomainError("email.code_dead", dead, fields={"code": dead}, status=422)
    digits = "".join(sign for sign in typed if sign.isdecimal())
    if constant_time_compare(bytes(row.code_hash), _hashed(row, digits, purpose)):
        return None
    row.wrong_codes += 1
    row.save(update_fields=["wrong_codes"])
    wrong = _("This is not the code from the letter. Compare the digits; the newest letter counts.")
    return DomainError("email.code_wrong", wrong, fields={"code": wrong}, status=422)


def _hashed(row: EmailedCode, code: str, purpose: str) -> bytes:
    return keyed_hash(f"{row.public_id}:{code}", purpose=purpose)
