"""Visa cases: what the rules say of people, what is missing, what is due, and who may see which case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from forum.enums import Role
from forum.models import AuditEntry, Forum, Paper
from forum.queries.access import User, has_role
from forum.queries.papers import papers_about
from registration.engine.visas.deadlines import due_on, expires_too_early, urgency
from registration.engine.visas.rules import Rule, Verdict, verdict
from registration.enums import VISA_OPEN, RegistrationState, VisaOutcome, VisaState
from registration.models import IdentityDocument, Registration, VisaCase, VisaRule
from registration.needs import Need
from registration.queries.applications import WITH_ALL
from registration.queries.documents import Needs, missing_columns
from registration.queries.visa_needs import letter_needs

LETTER = "visa_letter"
"""The kind of paper."""
COMES = frozenset({RegistrationState.APPROVED, RegistrationState.CONFIRMED})
"""Only who has a place is asked for anything."""
STAY = ("arrives_on", "leaves_on", "entry_place", "consulate")
WITH_REGISTRATION = ("rule", *(f"registration__{name}" for name in WITH_ALL))


# --- rules -------------------------------------------------------------------------------------------------------------------
def rules_of(forum: Forum, *, citizenship: str = "") -> list[Rule]:
    """The rules of an edition as the engine reads them; one query."""
    rows = VisaRule.objects.filter(forum=forum)
    return [as_rule(row) for row in (rows.filter(citizenship=citizenship) if citizenship else rows)]


def as_rule(row: VisaRule) -> Rule:
    """A row as plain data."""
    return Rule(
        citizenship=row.citizenship,
        document=row.document,
        starts=row.during.lower,
        ends=row.during.upper,
        outcome=VisaOutcome(row.outcome),
        most_days=row.most_days,
        lead_days=row.lead_days,
        key=row.pk,
    )


def verdict_of(
    registration: Registration, *, rules: Iterable[Rule], document: str = "", case: VisaCase | None = None
) -> Verdict:
    """What the rules say of one person, for the days they have told us, else for those of the forum."""
    forum = registration.forum
    return verdict(
        rules,
        citizenship=registration.person.citizenship,
        document=document,
        first=(case and case.arrives_on) or forum.starts_on,
        last=(case and case.leaves_on) or forum.ends_on,
    )


def is_asked(registration: Registration) -> bool:
    """Whether entry is a question at all: of people who come in person with a place, and not from here."""
    return (
        registration.state in COMES
        and registration.person.citizenship not in ("", "RU")
        and registration.category.prints_badge
        and registration.person.processing_stopped_at is None
    )


def document_kinds(registrations: Sequence[Registration]) -> dict[int, str]:
    """Kind of the document that somebody has entered, by the key of the application; one query."""
    rows = IdentityDocument.objects.filter(registration__in=registrations, erased_at=None)
    return dict(rows.values_list("registration_id", "kind"))


def rules_visible_to(user: User, *, forum: Forum) -> QuerySet[VisaRule]:
    """For the officers."""
    rows = VisaRule.objects.filter(forum=forum)
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def history_of_rule(rule: VisaRule) -> QuerySet[AuditEntry]:
    """Who has changed it from what to what, newest first."""
    rows = AuditEntry.objects.filter(object_kind="visa_rule", object_id=str(rule.public_id))
    return rows.select_related("actor").order_by("-pk")


# --- cases -------------------------------------------------------------------------------------------------------------------
def case_of(registration: Registration) -> VisaCase | None:
    """The case of one person, if there is one."""
    found = VisaCase.objects.select_related("rule").filter(registration=registration).first()
    if found:
        found.registration = registration
    return found


def cases_visible_to(user: User, *, forum: Forum) -> QuerySet[VisaCase]:
    """For the officers; of the people of this edition."""
    rows = VisaCase.objects.select_related(*WITH_REGISTRATION).filter(registration__forum=forum)
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def missing_stay(case: VisaCase) -> list[str]:
    """Which answers about the stay are not there yet. The consulate is asked only where a visa is needed."""
    asked = [name for name in STAY if name != "consulate" or case.outcome != VisaOutcome.FREE]
    return [name for name in asked if not getattr(case, name)]


@dataclass(frozen=True)
class Standing:
    """How one case stands. `missing` are columns of the document, `missing_stay` answers about the stay.

    `expires_early`: the passport ends less than six months after the forum. `days_left` until `due`, negative when late.
    """

    case: VisaCase
    missing: Sequence[str]
    missing_stay: Sequence[str]
    expires_early: bool
    due: date
    days_left: int
    letter: Paper | None

    @property
    def is_complete(self) -> bool:
        """Nothing is missing for the letter."""
        return not self.missing and not self.missing_stay

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self.case.state in VISA_OPEN


def standings(cases: Sequence[VisaCase]) -> list[Standing]:
    """How these cases stand, in their order; a constant number of queries."""
    registrations = [case.registration for case in cases]
    asked = letter_needs(registrations)
    documents = {
        row.registration_id: row
        for row in IdentityDocument.objects.filter(registration__in=registrations, erased_at=None)
    }
    letters = valid_letters(registrations)
    return [
        _standing(
            case,
            documents.get(case.registration_id),
            _missing(case, documents.get(case.registration_id), asked.get(case.registration_id, [])),
            letters.get(case.registration.ref),
        )
        for case in cases
    ]


def _missing(case: VisaCase, document: IdentityDocument | None, asked: list[Need]) -> list[str]:
    """Of what the letter needs alone: what a plant wants of the same document keeps no letter waiting."""
    return missing_columns(case.registration, document, Needs(all=asked))


def standing_of(case: VisaCase) -> Standing:
    """The same of one."""
    return standings([case])[0]


def _standing(
    case: VisaCase, document: IdentityDocument | None, missing: Sequence[str], letter: Paper | None
) -> Standing:
    forum = case.registration.forum
    due = due_of(case)
    return Standing(
        case=case,
        missing=missing,
        missing_stay=missing_stay(case),
        expires_early=expires_too_early(expiry_of(document), last_day=forum.ends_on),
        due=due,
        days_left=(due - localdate()).days,
        letter=letter,
    )


def expiry_of(document: IdentityDocument | None) -> date | None:
    """When a document ends; nothing where it does not say."""
    text = document.expires_on if document else None
    return date.fromisoformat(text) if text else None


def due_of(case: VisaCase) -> date:
    """The day by which the data have to be there."""
    return due_on(case.registration.forum.starts_on, lead_days=case.rule.lead_days if case.rule else None)


def by_urgency(found: Iterable[Standing]) -> list[Standing]:
    """What is open first, then by days left."""
    return sorted(found, key=lambda one: (*urgency(VisaState(one.case.state), days_left=one.days_left), one.case.pk))


def waiting_for_officers(forum: Forum) -> int:
    """Cases that an officer has to check, or to write a letter for."""
    rows = VisaCase.objects.filter(registration__forum=forum, state__in=(VisaState.CHECKING, VisaState.READY))
    outdated = VisaCase.objects.filter(
        registration__forum=forum, state=VisaState.ISSUED, letter_outdated_at__isnull=False
    )
    return (rows | outdated).count()


# --- letters -----------------------------------------------------------------------------------------------------------------
def letters_of(registration: Registration) -> QuerySet[Paper]:
    """All letters of one person, newest first."""
    return papers_about(LETTER, "registration", [registration.ref])


def valid_letters(registrations: Sequence[Registration]) -> Mapping[str, Paper]:
    """The valid letter of each application that has one, by its reference; one query."""
    rows = papers_about(LETTER, "registration", [one.ref for one in registrations]).filter(voided_at=None)
    return {paper.subject_id: paper for paper in rows}


def letter_of(registration: Registration) -> Paper | None:
    """The valid letter of one person."""
    return letters_of(registration).filter(voided_at=None).first()
