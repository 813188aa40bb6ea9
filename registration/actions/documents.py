"""Identity documents: entered by the person, read with a reason, erased by date or at once.

Nothing of what a document says goes into the audit, a log or a letter: only the names of fields.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account
from forum.queries.compiled import Compiled, Slot
from registration.actions.state import lock, refuse_stopped
from registration.engine.documents.answers import COLUMNS, SEALED, fields_of
from registration.engine.documents.checking import errors, tidy
from registration.engine.documents.words import words_of
from registration.enums import ConsentPurpose, DocumentField, DocumentKind, RegistrationState
from registration.models import IdentityDocument, PersonPicture, Registration
from registration.queries.documents import (
    KEPT_FOR,
    LOOKED,
    OVER,
    facts_of,
    has_consented,
    hash_of,
    needs_of_one,
    readable_fields,
    values_of,
)
from registration.signals import document_changed

UNIQUE = "document_number_once"


@transaction.atomic(durable=True)
def save_document(
    registration: Registration,
    *,
    kind: str,
    values: Mapping[str, str],
    version: int,
    birth_date: date | None = None,
    by: Account | None,
) -> IdentityDocument:
    """Keep what the person typed; an empty answer keeps what is stored, another kind of document starts anew.

    A number that another living application has makes this one suspect, for an officer to compare; the person is not told.
    Raises `DomainError`: without a consent or a need, when somebody saved in between, and with a message per field for what
    cannot be.
    """
    registration = lock(registration)
    _refuse_unasked(registration)
    document = _locked_document(registration)
    if document.version != version:
        raise DomainError("document.stale", _("Somebody changed the document meanwhile. Load the page again."))
    changed = _write(registration, document, DocumentKind(kind), values, birth_date)
    if not changed:
        return document
    document.erase_after = needs_of_one(registration).erase_after(registration.forum)
    _save(document)
    note(registration, "registration.document_saved", by=by, changed=changed, kind=kind)
    document_changed.send(Registration, registration=registration, changed=changed, erased=False, by=by)
    return document


def _refuse_unasked(registration: Registration) -> None:
    refuse_stopped(registration)
    if not has_consented(registration, ConsentPurpose.DOCUMENT):
        raise DomainError(
            "document.no_consent", _("First read the consent to the data of your document and agree to it.")
        )
    if registration.state in OVER or not needs_of_one(registration).open:
        raise DomainError("document.not_needed", _("Nothing needs your document now, so nothing of it is kept."))


def _locked_document(registration: Registration) -> IdentityDocument:
    """The row, locked, or a new one that is not saved yet. The person's lock is held: nobody else makes one."""
    found = IdentityDocument.objects.select_for_update().filter(registration=registration).first()
    return found or IdentityDocument(forum=registration.forum, registration=registration)


def _write(
    registration: Registration,
    document: IdentityDocument,
    kind: DocumentKind,
    values: Mapping[str, str],
    birth_date: date | None,
) -> list[str]:
    """Set what is new on `document` (not saved) and the person; names of the columns that changed."""
    stored = values_of(document) if kind == document.kind else {}
    wanted = stored | {column: clean for column in SEALED if (clean := tidy(column, values.get(column, "")))}
    _refuse_impossible(registration, kind, wanted, birth_date)
    changed = [column for column in SEALED if wanted.get(column) != getattr(document, column)]
    if kind != document.kind:
        changed = ["kind", *changed]
    for column in SEALED:
        setattr(document, column, wanted.get(column))
    document.kind, document.erased_at = kind, None
    _know_again(registration, document)
    return [*changed, *_write_birth_date(registration, birth_date)]


def _refuse_impossible(
    registration: Registration, kind: DocumentKind, values: Mapping[str, str], birth_date: date | None
) -> None:
    found = errors(facts_of(registration, kind=kind, values=values, birth_date=birth_date))
    if found:
        fields = {finding.field: " ".join(words_of(finding.code)) for finding in found}
        raise DomainError(
            "document.impossible", _("Some answers about the document cannot be right."), fields=fields, status=422
        )


def _write_birth_date(registration: Registration, birth_date: date | None) -> list[str]:
    """Only where it was not known: later the organisers correct it."""
    person = registration.person
    if birth_date is None or person.birth_date is not None:
        return []
    person.birth_date = birth_date
    person.save(update_fields=["birth_date"])
    return ["birth_date"]


def _know_again(registration: Registration, document: IdentityDocument) -> None:
    """The keyed hash; a new number is above suspicion until the database says otherwise."""
    fresh = hash_of(registration, series=document.series or "", number=document.number or "")
    if fresh != (bytes(document.number_hash) if document.number_hash else None):
        document.number_hash = fresh
        document.suspect_since = document.cleared_at = document.cleared_by = None
    document.is_live = registration.state not in OVER


def _save(document: IdentityDocument) -> None:
    """The database decides whether the number stands once; the second one is kept as suspect."""
    document.version += 1 if document.pk else 0
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        if UNIQUE not in str(error):
            raise
        document.suspect_since = now()
        document.save()
        note(document.registration, "registration.document_suspect", by=None, as_applicant=False)


def note(
    registration: Registration,
    action: str,
    *,
    by: Account | None,
    as_applicant: bool = True,
    changed: Sequence[str] = (),
    **more: Any,
) -> None:
    """The audit entry; `changed` are names of columns."""
    on = ("registration", registration.ref)
    record(action, on=on, forum=registration.forum, by=by, as_applicant=as_applicant, changed=changed, **more)


# --- reading it in full ------------------------------------------------------------------------------------------------------
@transaction.atomic
def look_at_document(registration: Registration, *, reason: str, by: Account) -> dict[str, str]:
    """The values that `by` may read, by column; the look stands in the log with its reason before anything is shown."""
    document = IdentityDocument.objects.filter(registration=registration, erased_at=None).first()
    allowed = readable_fields(by, registration)
    columns = [column for field, own in COLUMNS.items() if field in allowed for column in own]
    found = values_of(document, columns) if document else {}
    if DocumentField.BIRTH_DATE in allowed and registration.person.birth_date:
        found["birth_date"] = registration.person.birth_date.isoformat()
    names = [*fields_of(found), *(["birth_date"] if "birth_date" in found else [])]
    record(LOOKED, on=("registration", registration.ref), forum=registration.forum, by=by, changed=names, reason=reason)
    return found


@transaction.atomic
def clear_suspicion(document: IdentityDocument, *, reason: str, by: Account) -> None:
    """An officer has compared both and lets this one stay. Clearing twice is clearing once."""
    fresh = IdentityDocument.objects.select_for_update().get(pk=document.pk)
    if fresh.suspect_since is None or fresh.cleared_at is not None:
        return
    fresh.cleared_at, fresh.cleared_by = now(), by
    fresh.save(update_fields=["cleared_at", "cleared_by"])
    on = ("registration", fresh.registration.ref)
    record("registration.document_cleared", on=on, forum=fresh.forum, by=by, reason=reason)


# --- following the application -----------------------------------------------------------------------------------------------
def follow_application(registration: Registration, *, to: RegistrationState) -> None:
    """An application that ends frees its number and begins the term; one that is taken up again claims the number anew."""
    if to in OVER:
        soon = localdate() + KEPT_FOR
        PersonPicture.objects.filter(registration=registration, erase_after__gt=soon).update(erase_after=soon)
    document = _LIVE.first(registration=registration.pk)
    if document is None or document.is_live == (to not in OVER):
        return
    document.is_live = to not in OVER
    if not document.is_live:
        document.erase_after = min(document.erase_after, localdate() + KEPT_FOR)
    else:
        document.suspect_since = document.cleared_at = document.cleared_by = None
        document.erase_after = needs_of_one(registration).erase_after(registration.forum)
    _save(document)


_LIVE: Compiled[IdentityDocument] = Compiled(
    lambda: IdentityDocument.objects.select_for_update().filter(
        registration=Slot("registration", BigIntegerField()), erased_at=None
    )[:1]
)


def follow_citizenship(registration: Registration) -> None:
    """Another country of the document is another document to be known again by."""
    document = _LIVE.first(registration=registration.pk)
    if document is None:
        return
    before = document.number_hash
    _know_again(registration, document)
    if document.number_hash != before:
        _save(document)
