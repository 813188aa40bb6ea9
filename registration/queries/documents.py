"""Documents: who needs what of them, what is missing, who may read which field, which ones are suspect."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from forum.crypto import keyed_hash
from forum.enums import Role
from forum.models import AuditEntry, Forum
from forum.queries.access import User, has_role
from registration.engine.documents.answers import SEALED, fields_of, required_columns
from registration.engine.documents.checking import Facts
from registration.engine.documents.numbers import folded
from registration.enums import ConsentPurpose, DocumentField, DocumentKind, RegistrationState
from registration.models import IdentityDocument, PersonPicture, Registration
from registration.needs import Need, need_sources
from registration.queries.applications import WITH_ALL, registrations_visible_to

HASH = "registration.document_number"
KEPT_FOR = timedelta(days=30)
"""After the forum, the visit or whatever needed it (152-FZ art. 21)."""
LOOKED, LISTED = "registration.document_looked", "registration.document_listed"
"""One document read in full; the data of a document handed out in the list for a plant."""
OVER = frozenset({RegistrationState.CANCELLED, RegistrationState.REJECTED, RegistrationState.REPLACED})
"""An application that has ended keeps nobody else from coming with the same document."""


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Everything that is needed of one person's document."""

    all: Sequence[Need] = field(default_factory=list)

    @property
    def open(self) -> list[Need]:
        """Those that still ask."""
        return [need for need in self.all if need.is_open]

    @property
    def fields(self) -> frozenset[DocumentField]:
        """What is asked for now."""
        return frozenset().union(*(need.fields for need in self.open))

    def erase_after(self, forum: Forum) -> date:
        """The last day on which the data are kept."""
        return max([forum.ends_on, *(need.until for need in self.all)]) + KEPT_FOR


def needs_of(registrations: Sequence[Registration], *, role: Role | None = None) -> dict[int, Needs]:
    """By primary key; `role`: only what a holder of this role may read."""
    found: dict[int, list[Need]] = {registration.pk: [] for registration in registrations}
    for source in need_sources:
        if role is None or role in source.roles:
            for pk, needs in source.find(registrations).items():
                found[pk] += needs
    return {pk: Needs(all=needs) for pk, needs in found.items()}


def needs_of_one(registration: Registration) -> Needs:
    """The same of one."""
    return needs_of([registration])[registration.pk]


def document_of(registration: Registration) -> IdentityDocument | None:
    """The document, while anything of it is kept."""
    return IdentityDocument.objects.filter(registration=registration, erased_at=None).first()


def given_columns(document: IdentityDocument | None) -> list[str]:
    """Columns that hold something; no value is opened."""
    return [column for column in SEALED if document is not None and document.__dict__[column] is not None]


def missing_columns(registration: Registration, document: IdentityDocument | None, needs: Needs) -> list[str]:
    """What is asked for and not there; `birth_date` stands with the person."""
    return lacking_columns(registration, document, needs.fields)


def lacking_columns(
    registration: Registration, document: IdentityDocument | None, fields: frozenset[DocumentField]
) -> list[str]:
    """Which columns of `fields` are not there."""
    given, kind = given_columns(document), document.kind if document else ""
    missing = [column for column in required_columns(kind, fields) if column not in given]
    lacks_birth = DocumentField.BIRTH_DATE in fields and registration.person.birth_date is None
    return [*missing, *(["birth_date"] if lacks_birth else [])]


def facts_of(
    registration: Registration, *, kind: str, values: Mapping[str, str], birth_date: date | None = None
) -> Facts:
    """What the checks look at. Dates that cannot be read count as not given."""
    forum = registration.forum
    return Facts(
        kind=DocumentKind(kind),
        citizenship=registration.person.citizenship,
        values=values,
        issued_on=_day(values.get("issued_on")),
        expires_on=_day(values.get("expires_on")),
        birth_date=birth_date or registration.person.birth_date,
        today=localdate(),
        first_day=forum.starts_on,
        last_day=forum.ends_on,
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def values_of(document: IdentityDocument, columns: Iterable[str] = SEALED) -> dict[str, str]:
    """The opened values that are there. Called only where they are checked, or shown with a reason."""
    return {column: value for column in columns if (value := getattr(document, column))}


def hash_of(registration: Registration, *, series: str, number: str) -> bytes | None:
    """By what a document is known again in this edition; None without a number."""
    if not number:
        return None
    forum, citizenship = registration.forum, registration.person.citizenship
    return keyed_hash(f"{forum.slug}|{citizenship}|{folded(series, number)}", purpose=HASH)


def has_consented(registration: Registration, purpose: ConsentPurpose) -> bool:
    """Whether a consent of this purpose is live, and the one to all processing is not withdrawn."""
    person = registration.person
    live = person.consents.filter(document__purpose=purpose, withdrawal=None)
    return person.processing_stopped_at is None and live.exists()


# --- who may read ------------------------------------------------------------------------------------------------------------
def documents_visible_to(user: User, *, ref: str) -> Registration | None:
    """The application whose document this person may read in part: the officer's all, the coordinator's visitors."""
    if has_role(user, Role.ACCREDITATION_OFFICER):
        return registrations_visible_to(user).filter(forum__is_current=True, ref=ref).first()
    if not has_role(user, Role.VISIT_COORDINATOR):
        return None
    rows = Registration.objects.select_related(*WITH_ALL).exclude(state=RegistrationState.DRAFT)
    found = rows.filter(forum__is_current=True, ref=ref).first()
    return found if found and readable_fields(user, found) else None


def readable_fields(user: User, registration: Registration) -> frozenset[DocumentField]:
    """Every field for the officer; for the coordinator those that visits need."""
    if has_role(user, Role.ACCREDITATION_OFFICER):
        return frozenset(DocumentField)
    if not has_role(user, Role.VISIT_COORDINATOR):
        return frozenset()
    needs = needs_of([registration], role=Role.VISIT_COORDINATOR)[registration.pk]
    return frozenset().union(*(need.fields for need in needs.all))


def looks_at(registration: Registration) -> QuerySet[AuditEntry]:
    """Who has read the document in full or handed it out in a list, and why; newest first."""
    acts = (LOOKED, LISTED)
    entries = AuditEntry.objects.filter(object_kind="registration", object_id=registration.ref, action__in=acts)
    return entries.select_related("actor")


def pictures_of(registration: Registration) -> QuerySet[PersonPicture]:
    """What the person has handed in."""
    return PersonPicture.objects.filter(registration=registration).select_related("file", "registration__forum")


# --- suspects ----------------------------------------------------------------------------------------------------------------
def suspects(forum: Forum) -> QuerySet[IdentityDocument]:
    """Documents whose number somebody else has entered before and that no officer has looked at yet, oldest first.

    A number that stands nowhere else any more is no suspicion: the other one has left or was corrected.
    """
    others = _alive(forum).filter(number_hash=OuterRef("number_hash")).exclude(pk=OuterRef("pk"))
    rows = _alive(forum).filter(suspect_since__isnull=False, cleared_at=None)
    found = rows.filter(Exists(others)).order_by("suspect_since", "pk")
    return found.defer(*SEALED).select_related("registration__person", "registration__category", "registration__forum")


def twins_of(document: IdentityDocument) -> QuerySet[IdentityDocument]:
    """Documents of other living applications with the same number."""
    rows = _alive(document.forum).filter(number_hash=document.number_hash, number_hash__isnull=False)
    rows = rows.exclude(pk=document.pk).defer(*SEALED).order_by("pk")
    return rows.select_related("registration__person", "registration__category", "registration__delegation__region")


def _alive(forum: Forum) -> QuerySet[IdentityDocument]:
    return IdentityDocument.objects.filter(forum=forum, is_live=True, erased_at=None)


def is_suspect(document: IdentityDocument) -> bool:
    """Whether an officer has to look."""
    return suspects(document.forum).filter(pk=document.pk).exists()


def kept_fields(document: IdentityDocument) -> list[DocumentField]:
    """What would be erased."""
    return fields_of(given_columns(document))
