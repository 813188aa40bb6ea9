"""Idempotency keys: a creation that is sent twice happens once, and both requests get the same answer."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.crypto import keyed_hash
from forum.errors import DomainError
from forum.models import ApiAnswer, ApiToken

KEEP = timedelta(hours=24)
INTERRUPTED_AFTER = timedelta(seconds=60)
"""A creation takes a second; one that has no answer after this long was cut off, and nobody knows how far it came."""


def claim_key(token: ApiToken, *, key: str, request: str) -> tuple[ApiAnswer, bool]:
    """The row of this key, and whether it is ours to fill; otherwise it holds the answer to give again.

    `request` is everything that makes the request what it is. Raises `DomainError` (409) when the key was used for
    another request, when the first request still runs, and when it was cut off.
    """
    request_hash = keyed_hash(request, purpose="forum.api_answer")
    try:
        with transaction.atomic():
            return ApiAnswer.objects.create(token=token, key=key, request_hash=request_hash), True
    except IntegrityError:
        answer = ApiAnswer.objects.filter(token=token, key=key).first()
    if answer is None:  # the first request was refused a moment ago: nothing was made
        return claim_key(token, key=key, request=request)
    if bytes(answer.request_hash) != request_hash:
        raise DomainError(
            "idempotency_mismatch",
            _("This idempotency key was used for another request. Use a new key for each creation."),
        )
    if answer.status is None:
        raise _unfinished(answer)
    return answer, False


def _unfinished(answer: ApiAnswer) -> DomainError:
    if answer.created_at > now() - INTERRUPTED_AFTER:
        return DomainError(
            "idempotency_in_progress", _("The first request with this key is still running. Ask again in a moment.")
        )
    return DomainError(
        "idempotency_unknown",
        _("The first request with this key was cut off. Look whether it left something, then use a new key."),
    )


def keep_answer(answer: ApiAnswer, *, status: int, body: str, location: str) -> None:
    """What later requests with the key get."""
    answer.status, answer.body, answer.location = status, body, location
    answer.save(update_fields=["status", "body", "location"])


def release_key(answer: ApiAnswer) -> None:
    """The request was refused and made nothing: the key may be used again, with a mended body too."""
    ApiAnswer.objects.filter(pk=answer.pk, status=None).delete()


def empty_answers(*, ends_with: str) -> int:
    """What answers said of a thing that is erased goes at once; its key stays taken. Found by the end of the address.

    The caller owns the transaction. Returns how many.
    """
    found = list(ApiAnswer.objects.filter(location__endswith=ends_with))
    for answer in found:
        answer.body = "{}"
        answer.save(update_fields=["body"])
    return len(found)


def sweep_answers() -> int:
    """Forget answers after a day. Returns how many."""
    return ApiAnswer.objects.filter(created_at__lt=now() - KEEP).delete()[0]
