"""Erasing documents and pictures: by date, with a withdrawn consent, or because the person asks. Each leaves its proof."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import localdate, now

from forum.models import Account
from registration.actions.documents import note
from registration.actions.merge_memory import forget_late_memories
from registration.actions.pictures import drop
from registration.actions.state import lock
from registration.actions.visa_following import erase_case
from registration.engine.documents.answers import SEALED
from registration.enums import ErasureBasis, PictureKind
from registration.models import Erasure, IdentityDocument, PersonPicture, Registration, VisaCase
from registration.queries.documents import OVER, kept_fields, needs_of_one
from registration.signals import document_changed

EVERYTHING = tuple(PictureKind)


@transaction.atomic
def erase_document(
    registration: Registration,
    *,
    basis: ErasureBasis,
    pictures: Sequence[PictureKind] = EVERYTHING,
    document: bool = True,
    by: Account | None = None,
) -> Erasure | None:
    """Empty the row, and with it what was made of it for a visa, and give the pictures up. The proof names kinds of data,
    never their content. None: nothing was there.

    The caller may hold the person's lock already; taking it again costs nothing.
    """
    registration = lock(registration)
    row = IdentityDocument.objects.select_for_update().filter(registration=registration, erased_at=None).first()
    fields = kept_fields(row) if row and document else []
    files = list(PersonPicture.objects.filter(registration=registration, kind__in=pictures).select_related("file"))
    if row and document:
        _empty(row)
    for one in files:
        drop(one, registration=registration)
    visa = erase_case(registration, basis=basis, by=by) if document else []
    if not fields and not files and not visa:
        return None
    proof = Erasure.objects.create(
        forum=registration.forum,
        ref=registration.ref,
        fields=fields,
        pictures=[one.kind for one in files],
        visa=visa,
        basis=basis,
        by=by,
    )
    named = [*fields, *proof.pictures, *visa]
    as_applicant = basis != ErasureBasis.TERM
    note(registration, "registration.document_erased", by=by, as_applicant=as_applicant, changed=named, basis=basis)
    if fields:
        document_changed.send(Registration, registration=registration, changed=fields, erased=True, basis=basis, by=by)
    return proof


def _empty(row: IdentityDocument) -> None:
    for column in SEALED:
        setattr(row, column, None)
    row.kind, row.number_hash, row.is_live = "", None, False
    row.suspect_since = row.cleared_at = row.cleared_by = None
    row.version += 1
    row.erased_at = now()
    row.save()


def erase_due() -> int:
    """Everything whose term is over. What is needed longer than was thought gets its new date. Returns how many went."""
    today, erased = localdate(), 0
    forget_late_memories()
    kept = (
        IdentityDocument.objects.filter(erased_at=None),
        PersonPicture.objects.all(),
        VisaCase.objects.filter(erased_at=None),
    )
    late = {pk for rows in kept for pk in rows.filter(erase_after__lt=today).values_list("registration_id", flat=True)}
    for registration in (
        Registration.objects.filter(pk__in=late).select_related("forum", "person").order_by("person_id")
    ):
        erased += _erase_late(registration)
    return erased


@transaction.atomic(durable=True)
def _erase_late(registration: Registration) -> bool:
    registration = lock(registration)
    last = needs_of_one(registration).erase_after(registration.forum)
    if last >= localdate() and registration.state not in OVER:
        IdentityDocument.objects.filter(registration=registration, erased_at=None).update(erase_after=last)
        PersonPicture.objects.filter(registration=registration).update(erase_after=last)
        VisaCase.objects.filter(registration=registration).update(erase_after=last)
        return False
    return erase_document(registration, basis=ErasureBasis.TERM) is not None
