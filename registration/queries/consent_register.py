"""The privacy officer's register: every consent and withdrawal, the texts, and who has to be asked again."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.disclosures import disclosures
from registration.enums import HOLDS_PLACE, ConsentPurpose, RegistrationState
from registration.models import Consent, ConsentDocument, Person, Registration
from registration.queries.applications import WITH_ALL
from registration.queries.consents import documents_in_force, matter_key
from registration.queries.delegations import signed_on_paper
from registration.queries.searching import people_matching

LIVE, WITHDRAWN, OLDER = "live", "withdrawn", "older"


@dataclass(frozen=True)
class RegisterFilter:
    """How the register is narrowed; every value may be empty. `standing` is one of `LIVE`, `WITHDRAWN`, `OLDER`."""

    purpose: str = ""
    standing: str = ""
    evidence: str = ""
    language: str = ""
    query: str = ""


def consents_visible_to(user: User, *, forum: Forum) -> QuerySet[Consent]:
    """All of the edition for who answers for personal data, nothing for anybody else."""
    rows = Consent.objects.filter(document__forum=forum)
    return rows if has_role(user, Role.PRIVACY_OFFICER) else rows.none()


def speaking_visible_to(user: User, *, forum: Forum) -> QuerySet[Registration]:
    """Applications of people whose word about a consent may be recorded: sent ones, and for the officers drafts whose person
    has signed on paper. Nobody's whose data are erased.
    """
    rows = Registration.objects.filter(forum=forum, erased_at=None).select_related(*WITH_ALL)
    sent = ~Q(state=RegistrationState.DRAFT)
    if has_role(user, Role.ACCREDITATION_OFFICER):
        return rows.filter(sent | Q(pk__in=signed_on_paper(forum).order_by().values("pk")))
    return rows.filter(sent) if has_role(user, Role.PRIVACY_OFFICER) else rows.none()


def register(user: User, *, forum: Forum, narrowed_by: RegisterFilter) -> QuerySet[Consent]:
    """Newest first, with `ref`, the newest application of the person; none for drafts, whose names are nobody's business."""
    given = {
        "document__purpose": narrowed_by.purpose,
        "evidence": narrowed_by.evidence,
        "language": narrowed_by.language,
    }
    rows = consents_visible_to(user, forum=forum).filter(**{name: value for name, value in given.items() if value})
    if narrowed_by.standing in (LIVE, WITHDRAWN):
        rows = rows.filter(withdrawal__isnull=narrowed_by.standing == LIVE)
    if narrowed_by.standing == OLDER:
        rows = rows.filter(pk__in=to_ask_again(forum).values("pk"))
    if narrowed_by.query.strip():
        rows = rows.filter(person__in=_people(forum, narrowed_by.query))
    sent = Registration.objects.filter(person=OuterRef("person")).exclude(state=RegistrationState.DRAFT)
    rows = rows.annotate(ref=Subquery(sent.order_by("-pk").values("ref")[:1]))
    return rows.select_related("document__receiver", "person", "withdrawal").order_by("-given_at", "-pk")


def _people(forum: Forum, query: str) -> QuerySet[Person]:
    """By any spelling of the name, email or reference; those too who are named nowhere any more."""
    sent = Registration.objects.filter(forum=forum).exclude(state=RegistrationState.DRAFT)
    return people_matching(Person.objects.filter(forum=forum, pk__in=sent.values("person")), query)


def to_ask_again(forum: Forum) -> QuerySet[Consent]:
    """Live consents to a text that a newer one has followed, of people who have not agreed to the newer one."""
    older = Q(pk__in=[])
    for newest in documents_in_force(forum.pk):
        agreed = Consent.objects.filter(person=OuterRef("person"), document=newest, withdrawal=None)
        same = {"document__purpose": newest.purpose, "document__receiver": newest.receiver}
        older |= Q(~Exists(agreed), document__version__lt=newest.version, **same)
    return Consent.objects.filter(older, document__forum=forum, withdrawal=None)


NO_MORE = (RegistrationState.DRAFT, RegistrationState.CANCELLED, RegistrationState.REJECTED, RegistrationState.REPLACED)


def owe_reading(document: ConsentDocument) -> QuerySet[Registration]:
    """The newest application of each person who takes part and has agreed to an older version only of this very text."""
    same = {"document__purpose": document.purpose, "document__receiver": document.receiver}
    people = to_ask_again(document.forum).filter(**same, document__version__lt=document.version).values("person")
    rows = Registration.objects.filter(person__in=people, person__processing_stopped_at=None).exclude(state__in=NO_MORE)
    return rows.select_related("forum", "person").order_by("person_id", "-pk").distinct("person_id")


def concerned_by(document: ConsentDocument) -> list[Registration]:
    """Who has a place and whose data go to the receiver of this text; whoever has decided about it is left out."""
    disclosure = next((one for one in disclosures if one.purpose == document.purpose), None)
    if disclosure is None:
        return []
    decided = Consent.objects.filter(
        document__forum=document.forum, document__purpose=document.purpose, document__receiver=document.receiver
    )
    rows = Registration.objects.filter(forum=document.forum, state__in=HOLDS_PLACE, person__processing_stopped_at=None)
    rows = rows.exclude(person__in=decided.values("person")).select_related("forum", "person").order_by("pk")
    people = list(rows)
    found = disclosure.find(people)
    return [one for one in people if document.receiver_id in found.get(one.pk, ())]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One purpose and receiver in numbers of people."""

    document: ConsentDocument
    live: int
    withdrawn: int
    to_ask: int

    @property
    def key(self) -> str:
        """For addresses."""
        return matter_key(self.document.purpose, self.document.receiver)

    @property
    def label(self) -> str:
        """The purpose in words."""
        return str(ConsentPurpose(self.document.purpose).label)


def counts(forum: Forum) -> list[Counted]:
    """Every purpose in force. Four queries, however many consents there are."""
    people = Count("person", distinct=True)
    of = ("document__purpose", "document__receiver")
    rows = Consent.objects.filter(document__forum=forum).order_by().values_list(*of)
    live, withdrawn, to_ask = (
        {(purpose, receiver): number for purpose, receiver, number in found.annotate(people)}
        for found in (
            rows.filter(withdrawal=None),
            rows.filter(withdrawal__isnull=False),
            to_ask_again(forum).order_by().values_list(*of),
        )
    )
    return [
        Counted(document=one, live=live.get(key, 0), withdrawn=withdrawn.get(key, 0), to_ask=to_ask.get(key, 0))
        for one in documents_in_force(forum.pk)
        for key in [(one.purpose, one.receiver_id)]
    ]


def texts_of(forum: Forum) -> QuerySet[ConsentDocument]:
    """Every version of every text, newest first, with how many agreed to it and how many took it back."""
    rows = ConsentDocument.objects.filter(forum=forum).select_related("receiver")
    live = Count("consents", filter=Q(consents__withdrawal=None))
    withdrawn = Count("consents", filter=Q(consents__withdrawal__isnull=False))
    return rows.annotate(live=live, withdrawn=withdrawn).order_by("purpose", "receiver__slug", "-version")
