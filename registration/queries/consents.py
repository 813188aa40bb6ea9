"""What one is asked to consent to, what one has agreed to, and what was taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.timezone import now

from forum.models import Forum, Organisation
from registration.disclosures import disclosures
from registration.enums import ConsentPurpose
from registration.models import Consent, ConsentDocument, ConsentWithdrawal, Person, Registration


def matter_key(purpose: str, receiver: Organisation | None) -> str:
    """How addresses and the audit name a purpose with its receiver: `processing`, `plant-access--azot`."""
    return "--".join([purpose.replace("_", "-"), *([receiver.slug] if receiver else [])])


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One purpose (and receiver) as one person stands to it.

    `document` is the text in force, `given` the live consent to its newest text agreed to, `withdrawn` the last
    withdrawal where none is live.
    """

    document: ConsentDocument
    given: Consent | None = None
    withdrawn: ConsentWithdrawal | None = None

    @property
    def key(self) -> str:
        """For addresses."""
        return matter_key(self.document.purpose, self.document.receiver)

    @property
    def purpose(self) -> ConsentPurpose:
        """What the data are used for."""
        return ConsentPurpose(self.document.purpose)

    @property
    def is_needed(self) -> bool:
        """Nobody takes part without it."""
        return self.purpose == ConsentPurpose.PROCESSING

    @property
    def may_be_signed(self) -> bool:
        """A signature on paper may be recorded: for what may be left alone, and for a newer text. Who takes part at all is
        decided by an application of its own (`registration.actions.paper`).
        """
        return self.has_newer_text or (self.given is None and not self.is_needed)

    @property
    def has_newer_text(self) -> bool:
        """The person agreed to an older version: they are asked again, and nothing ends meanwhile."""
        return self.given is not None and self.given.document_id != self.document.pk


def matters_of(person: Person) -> list[Matter]:
    """Every purpose this person is asked for, in order, with where they stand."""
    return matters_of_many([person])[person.pk]


def matters_of_many(people: Sequence[Person]) -> dict[int, list[Matter]]:
    """By person, of one edition; constant queries. A text for one receiver is for those whose data go there, and for
    those who have decided about it before.
    """
    if not people:
        return {}
    documents = sorted(documents_in_force(people[0].forum_id), key=_in_order)
    mine: dict[int, dict[str, list[Consent]]] = {person.pk: {} for person in people}
    rows = Consent.objects.filter(person__in=people).select_related("document__receiver", "withdrawal").order_by("pk")
    for consent in rows:
        mine[consent.person_id].setdefault(key_of(consent.document), []).append(consent)
    concerned = _concerned(people) if any(one.receiver_id for one in documents) else {}
    return {
        person.pk: [
            _matter(one, mine[person.pk].get(key_of(one), []))
            for one in documents
            if one.receiver_id is None
            or key_of(one) in mine[person.pk]
            or (one.purpose, one.receiver_id) in concerned.get(person.pk, ())
        ]
        for person in people
    }


def key_of(document: ConsentDocument) -> str:
    """The key of its purpose and receiver."""
    return matter_key(document.purpose, document.receiver)


def _in_order(document: ConsentDocument) -> tuple[int, str]:
    return list(ConsentPurpose).index(ConsentPurpose(document.purpose)), (
        document.receiver.slug if document.receiver else ""
    )


def _concerned(people: Sequence[Person]) -> dict[int, set[tuple[str, int]]]:
    """To whom whose data go, by person; one query and those of the rooms."""
    found: dict[int, set[tuple[str, int]]] = {}
    registrations = list(Registration.objects.filter(person__in=people, erased_at=None))
    owners = {one.pk: one.person_id for one in registrations}
    for disclosure in disclosures:
        for key, receivers in disclosure.find(registrations).items():
            found.setdefault(owners[key], set()).update((disclosure.purpose.value, one) for one in receivers)
    return found


def who_agreed(forum: Forum, purpose: ConsentPurpose, receiver: Organisation) -> set[int] | None:
    """Keys of people with a live consent to this receiver; None where no text is in force: then nobody is asked."""
    texts = ConsentDocument.objects.filter(forum=forum, purpose=purpose, receiver=receiver, published_at__lte=now())
    if not texts.exists():
        return None
    return set(agreed(purpose, receiver=receiver).filter(document__forum=forum).values_list("person", flat=True))


def agreed(purpose: ConsentPurpose, *, receiver: Organisation | None = None) -> QuerySet[Consent]:
    """Live consents to one purpose (and receiver) of people whose data may be processed at all."""
    rows = Consent.objects.filter(document__purpose=purpose, document__receiver=receiver, withdrawal=None)
    return rows.filter(person__processing_stopped_at=None)


def documents_in_force(forum_id: int) -> list[ConsentDocument]:
    """The newest published version of each purpose and receiver."""
    published = ConsentDocument.objects.filter(forum_id=forum_id, published_at__lte=now()).select_related("receiver")
    return list(published.order_by("purpose", "receiver_id", "-version").distinct("purpose", "receiver_id"))


def _matter(document: ConsentDocument, consents: list[Consent]) -> Matter:
    live = [consent for consent in consents if withdrawal_of(consent) is None]
    given = max(live, key=lambda consent: consent.document.version, default=None)
    taken_back = withdrawal_of(consents[-1]) if consents and given is None else None
    return Matter(document=document, given=given, withdrawn=taken_back)


def withdrawal_of(consent: Consent) -> ConsentWithdrawal | None:
    """Its withdrawal, where there is one."""
    return getattr(consent, "withdrawal", None)


def has_withdrawn(person: Person, purpose: ConsentPurpose, *, receiver: Organisation | None = None) -> bool:
    """Whether the person took the consent to this purpose and receiver, or to all processing, back and has not given it
    again.
    """
    if person.processing_stopped_at is not None:
        return True
    mine = person.consents.filter(document__purpose=purpose, document__receiver=receiver)
    return mine.filter(withdrawal__isnull=False).exists() and not mine.filter(withdrawal=None).exists()
