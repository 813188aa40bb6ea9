"""What a scan needs to know: whose code it is, with everything a decision depends on, the last scan that counted included."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
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
from django.db.models.functions import Coalesce

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
SHOWN = (
    *("ref", "forum", "state", "organisation"),
    *(f"person__{field}" for field in ("surname", "given_name", "patronymic", "latin_surname", "latin_given_name")),
    *("person__native_name", "person__processing_stopped_at", "category__letter", "category__colour"),
    *(f"category__{name}" for name in ("name", *(f"name_{language}" for language, _label in settings.LANGUAGES))),
)
"""What a scan decides by and answers: a third of the columns, and a statement short enough for psycopg to remember."""


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
    return rows.select_related("person", "category").only(*SHOWN).order_by()


def subject_of_code(code: Code, *, point: Point, at: datetime) -> SubjectRow | None:
    """Whose code it is, with the badge in the hand and the last scans of this person at `point`."""
    if code.token:
        token_hash = keyed_hash(code.token, purpose=TOKEN_LOOKUP)
        return _BY_TOKEN.first(forum=point.forum_id, code=token_hash, **_before(point, at))
    if code.short_code:
        return _BY_SHORT_CODE.first(forum=point.forum_id, code=code.short_code, **_before(point, at))
    return None


def subject_of_ref(ref: str, *, point: Point, at: datetime) -> SubjectRow | None:
    """The person found by name, with the newest badge they ever had."""
    return _BY_REF.first(forum=point.forum_id, ref=ref, **_before(point, at))


def _before(point: Point, at: datetime) -> dict[str, Any]:
    return {"point": point.pk, "at": at + CLOCK_ERROR}


def _of_credential(field: str, kind: "Field[Any, Any]") -> QuerySet[SubjectRow]:
    rows = subjects(Slot("forum", BigIntegerField())).filter(**{f"credentials__{field}": Slot("code", kind)})
    return _with_last(rows.annotate(credential_pk=F("credentials__pk"), credential_state=F("credentials__state")))


def _of_ref() -> QuerySet[SubjectRow]:
    newest = Credential.objects.filter(registration=OuterRef("pk")).order_by("-pk")
    rows = subjects(Slot("forum", BigIntegerField())).filter(ref=Slot("ref", CharField()))
    return _with_last(
        rows.annotate(
            credential_pk=Subquery(newest.values("pk")[:1]), credential_state=Subquery(newest.values("state")[:1])
        )
    )


def _with_last(rows: QuerySet[PaperRow]) -> QuerySet[SubjectRow]:
    """The newest scan that counted for the person at the point, not later than `at` as far as clocks can tell; and how
    many have come in at all: one may come in late.
    """
    mine = Scan.objects.filter(point=Slot("point", BigIntegerField()), registration=OuterRef("pk"))
    last = mine.filter(counts=True, at__lte=Slot("at", DateTimeField())).order_by("-at", "-pk")
    newest = mine.filter(ordinal__isnull=False).order_by("-ordinal")
    found = rows.annotate(
        last_at=Subquery(last.values("at")[:1]),
        last_direction=Subquery(last.values("direction")[:1]),
        counted=Coalesce(Subquery(newest.values("ordinal")[:1]), 0),
    )
    return cast("QuerySet[SubjectRow]", found)


_BY_TOKEN: Compiled[SubjectRow] = Compiled(lambda: _of_credential("token_hash", BinaryField()))
_BY_SHORT_CODE: Compiled[SubjectRow] = Compiled(lambda: _of_credential("short_code", CharField()))
_BY_REF: Compiled[SubjectRow] = Compiled(_of_ref)


def scan_of_nonce(nonce: UUID) -> Scan | None:
    """The scan that this nonce belongs to."""
    return Scan.objects.filter(nonce=nonce).select_related("point__zone", "point__forum", "device").first()
