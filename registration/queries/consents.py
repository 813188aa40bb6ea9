"""What one is asked to consent to, what one has agreed to, and what was taken back."""

from dataclasses import dataclass

from django.utils.timezone import now

from forum.models import Organisation
from registration.enums import ConsentPurpose
from registration.models import Consent, ConsentDocument, ConsentWithdrawal, Person


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
    def has_newer_text(self) -> bool:
        """The person agreed to an older version: they are asked again, and nothing ends meanwhile."""
        return self.given is not None and self.given.document_id != self.document.pk


def matters_of(person: Person) -> list[Matter]:
    """Every purpose the edition asks for, in order, with where the person stands. Two queries."""
    order = list(ConsentPurpose)
    consents: dict[str, list[Consent]] = {}
    for consent in person.consents.select_related("document__receiver", "withdrawal").order_by("pk"):
        document = consent.document
        consents.setdefault(matter_key(document.purpose, document.receiver), []).append(consent)
    documents = documents_in_force(person.forum_id)
    documents.sort(
        key=lambda one: (order.index(ConsentPurpose(one.purpose)), one.receiver.slug if one.receiver else "")
    )
    return [_matter(one, consents.get(matter_key(one.purpose, one.receiver), [])) for one in documents]


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


def has_withdrawn(person: Person, purpose: ConsentPurpose) -> bool:
    """Whether the person took the consent to this purpose, or to all processing, back and has not given it again."""
    if person.processing_stopped_at is not None:
        return True
    mine = person.consents.filter(document__purpose=purpose)
    return mine.filter(withdrawal__isnull=False).exists() and not mine.filter(withdrawal=None).exists()
