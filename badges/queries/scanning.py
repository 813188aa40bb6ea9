"""What a scan needs to know: whose code it is, with everything a decision depends on, and the last scan that counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from badges.engine.token import TOKEN_LOOKUP, parse_short_code, parse_token
from badges.models import Credential, Point, Scan
from badges.queries.facts import paper_hash, with_facts
from badges.queries.rows import PaperRow, SubjectRow
from forum.crypto import keyed_hash
from forum.models import Forum
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


def subjects(forum: Forum) -> QuerySet[PaperRow]:
    """Registrations with everything that a scan decides by; drafts hold nothing to scan."""
    return with_facts(Registration.objects.filter(forum=forum).exclude(state="draft")).annotate(paper=paper_hash())


def subject_of_code(code: Code, *, forum: Forum) -> QuerySet[SubjectRow]:
    """Whose code it is, at most one row, with `credential_pk` and `credential_state` of the badge in the hand."""
    rows = subjects(forum)
    if code.token:
        rows = rows.filter(credentials__token_hash=keyed_hash(code.token, purpose=TOKEN_LOOKUP))
    elif code.short_code:
        rows = rows.filter(credentials__short_code=code.short_code)
    else:
        rows = rows.none()
    return rows.annotate(credential_pk=F("credentials__pk"), credential_state=F("credentials__state"))


def subject_of_ref(ref: str, *, forum: Forum) -> QuerySet[SubjectRow]:
    """The person found by name, at most one row, with the newest badge they ever had."""
    newest = Credential.objects.filter(registration=OuterRef("pk")).order_by("-pk")
    return (
        subjects(forum)
        .filter(ref=ref)
        .annotate(
            credential_pk=Subquery(newest.values("pk")[:1]), credential_state=Subquery(newest.values("state")[:1])
        )
    )


def last_counted(registration: Registration, *, point: Point, at: datetime) -> Scan | None:
    """The newest scan that counted for this person at this point, not later than `at` as far as clocks can tell."""
    return (
        Scan.objects.filter(point=point, registration=registration, counts=True, at__lte=at + CLOCK_ERROR)
        .order_by("-at", "-pk")
        .first()
    )


def scan_of_nonce(nonce: UUID) -> Scan | None:
    """The scan that this nonce belongs to."""
    return Scan.objects.filter(nonce=nonce).select_related("point__zone", "point__forum", "device").first()
