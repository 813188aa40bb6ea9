"""Codes as officers handle them: made, stopped, let go on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account
from registration.actions.invitations import refuse_past
from registration.models import AccessCode, Category, Quota
from registration.models.codes import new_code

MOST_USES = 10_000


@dataclass(frozen=True, kw_only=True)
class CodeTerms:
    """What a code opens, how often and until when."""

    name: str
    category: Category
    uses: int
    quota: Quota | None = None
    valid_until: datetime | None = None
    skips_review: bool = False


@transaction.atomic
def make_code(terms: CodeTerms, *, by: Account) -> AccessCode:
    """A new code. Raises `DomainError` naming the field: a quota of another category, an end that has passed."""
    refuse_past(terms.valid_until, field="valid_until")
    if terms.quota and terms.quota.category_id != terms.category.pk:
        other = _("This quota is one of another category. Choose one of “%(category)s”, or none.")
        text = other % {"category": terms.category}
        raise DomainError("code.other_category", text, fields={"quota": text}, status=422)
    if not 0 < terms.uses <= MOST_USES:
        number = _("Write a number from 1 to %(most)s.") % {"most": MOST_USES}
        raise DomainError("code.uses", number, fields={"uses": number}, status=422)
    made = AccessCode(forum=terms.category.forum, by=by, **vars(terms))
    while AccessCode.objects.filter(forum=made.forum, code=made.code).exists():
        made.code = new_code()
    made.save()
    _note("code.made", made, by=by, uses=made.uses)
    return made


def _note(action: str, code: AccessCode, *, by: Account, **facts: Any) -> None:
    about = ("code", code.public_id)
    record(action, on=about, forum=code.forum, by=by, category=code.category.code, **facts)


@transaction.atomic
def stop_code(code: AccessCode, *, by: Account) -> bool:
    """From now on it opens nothing; applications that were sent with it stay. False when it was stopped already."""
    stopped = bool(AccessCode.objects.filter(pk=code.pk, stopped_at=None).update(stopped_at=now()))
    if stopped:
        _note("code.stopped", code, by=by)
    return stopped


@transaction.atomic
def resume_code(code: AccessCode, *, by: Account) -> bool:
    """It opens again what it opened. False when it was not stopped."""
    resumed = bool(AccessCode.objects.filter(pk=code.pk, stopped_at__isnull=False).update(stopped_at=None))
    if resumed:
        _note("code.resumed", code, by=by)
    return resumed
