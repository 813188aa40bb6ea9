"""What a scan needs to know: whose code it is, with everything a decision depends on, and the last scan that counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    BinaryField,
    CharField,
    DateTimeField,
    F,
    Field,
    OuterRef,
    QuerySet,
    Subquery,
)

from badges.engine.token import TOKEN_LOOKUP, parse_short_code, parse_token
from badges.models import Credential, Point, Scan
from badges.queries.facts import annotated, paper_hash
from badges.queries.rows import PaperRow, SubjectRow
from forum.crypto import keyed_hash
from forum.models import Forum
from forum.queries.compiled import Compiled, Slot
from registration.models import Registration

CLOCK_ERROR = timedelta(seconds=5)
"""Corrected times are only as exact as the network is even. Two scans closer than this are told apart by arrival."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """What was read or typed, in the form in which it is looked up; both are None for what is no code of ours."""

    text: str
    token: str | None = None
    short_code: str | None = None

    @property
    def hash(self) -> bytes:
        """All that is kept of a code nobody stands behind."""
        return keyed_hash(self.token or self.text, purpose=TOKEN_LOOKUP)


def read_code(text: str) -> Code:
    """`text` as a token, else as a short code."""
    try:
        return Code(text=text, token=parse_token(text))
    except ValueError:
        pass
    try:
        return Code(text=text, short_code=parse_short_code(text))
    except ValueError:
        return Code(text=text)


def subjects(forum: "Forum | Slot") -> QuerySet[PaperRow]:
    """Registrations with everything that a scan decides by and answers; drafts hold nothing to scan."""
    rows = annotated(Registration.objects.filter(forum=forum).exclude(state="draft")).annotate(paper=paper_hash())
    return rows.select_related("person", "category")


def locked_subject_of_code(code: Code, *, forum: Forum) -> SubjectRow | None:
    """Whose code it is, with `credential_pk` and `credential_state` of the badge in the hand; the row is locked."""
    if code.token:
        return _BY_TOKEN.first(forum=forum.pk, code=keyed_hash(code.token, purpose=TOKEN_LOOKUP))
    return _BY_SHORT_CODE.first(forum=forum.pk, code=code.short_code) if code.short_code else None


def _of_credential(field: str, kind: "Field[Any, Any]") -> QuerySet[SubjectRow]:
    rows = subjects(Slot("forum", BigIntegerField())).filter(**{f"credentials__{field}": Slot("code", kind)})
    rows = rows.annotate(credential_pk=F("credentials__pk"), credential_state=F("credentials__state"))
    return rows.select_for_update(no_key=True, of=("self",))


_BY_TOKEN: Compiled[SubjectRow] = Compiled(lambda: _of_credential("token_hash", BinaryField()))
_BY_SHORT_CODE: Compiled[SubjectRow] = Compiled(lambda: _of_credential("short_code", CharField()))


def locked_subject_of_ref(ref: str, *, forum: Forum) -> SubjectRow | None:
    """The person found by name, with the newest badge they ever had; the row is locked."""
    newest = Credential.objects.filter(registration=OuterRef("pk")).order_by("-pk")
    rows = subjects(forum).filter(ref=ref)
    return (
        rows.annotate(
            credential_pk=Subquery(newest.values("pk")[:1]), credential_state=Subquery(newest.values("state")[:1])
        )
        .select_for_update(no_key=True, of=("self",))
        .first()
    )


def last_counted(registration: Registration, *, point: Point, at: datetime) -> Scan | None:
    """The newest scan that counted for this person at this point, not later than `at` as far as clocks can tell."""
    return _LAST.first(point=point.pk, registration=registration.pk, at=at + CLOCK_ERROR)


def _last() -> QuerySet[Scan]:
    person = Slot("registration", BigIntegerField())
    scans = Scan.objects.filter(point=Slot("point", BigIntegerField()), registration=person, counts=True)
    return scans.filter(at__lte=Slot("at", DateTimeField())).order_by("-at", "-pk")[:1]


_LAST: Compiled[Scan] = Compiled(_last)


def scan_of_nonce(nonce: UUID) -> Scan | None:
    """The scan that this nonce belongs to."""
    return Scan.objects.filter(nonce=nonce).select_related("point__zone", "point__forum", "device").first()
