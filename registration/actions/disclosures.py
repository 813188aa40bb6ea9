"""What has left the forum: written down when it is handed out, recalled when its ground ends, told to the receiver."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.timezone import now

from forum.actions.audit import record
from forum.models import Account, Organisation
from registration.actions.documents import note
from registration.enums import ConsentPurpose
from registration.models import HandedOut, Person, Registration
from registration.queries.consents import who_agreed


def lock_people(registrations: Iterable[Registration]) -> None:
    """In the one order. A consent that is withdrawn at this moment is so before, or after what the caller does."""
    people = sorted({one.person_id for one in registrations})
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))


def note_handed(registrations: Sequence[Registration], *, receiver: Organisation, purpose: ConsentPurpose) -> None:
    """Remember who stands on what was handed out. Handed out anew, an earlier recall has no object any more; whoever
    has taken the consent back while the list was made is recalled at once.
    """
    lock_people(registrations)
    at = now()
    rows = [HandedOut(registration=one, receiver=receiver, purpose=purpose, handed_at=at) for one in registrations]
    HandedOut.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["registration", "receiver", "purpose"],
        update_fields=["handed_at", "recalled_at", "told_at", "told_by"],
    )
    agreed = who_agreed(registrations[0].forum, purpose, receiver) if registrations else None
    if agreed is not None:
        gone = [one.pk for one in registrations if one.person_id not in agreed]
        HandedOut.objects.filter(registration__in=gone, receiver=receiver, purpose=purpose).update(recalled_at=at)


def recall(
    registration: Registration,
    *,
    purpose: ConsentPurpose | None = None,
    receiver: Organisation | None = None,
    by: Account | None,
) -> int:
    """The ground has ended: of one purpose and receiver, or of all. Whoever has the data has to be told.

    Part of the action that ends the ground; the caller holds the person.
    """
    rows = HandedOut.objects.filter(registration=registration, recalled_at=None)
    if purpose is not None:
        rows = rows.filter(purpose=purpose, receiver=receiver)
    recalled = rows.update(recalled_at=now())
    if recalled:
        note(registration, "registration.receivers_to_tell", by=by, as_applicant=False, receivers=recalled)
    return recalled


@transaction.atomic(durable=True)
def receiver_was_told(one: HandedOut, *, by: Account) -> bool:
    """The receiver knows. Saying it twice is saying it once."""
    told = HandedOut.objects.filter(pk=one.pk, recalled_at__isnull=False, told_at=None).update(
        told_at=now(), told_by=by
    )
    if told:
        on = ("registration", one.registration.ref)
        forum = one.registration.forum
        record("registration.receiver_told", on=on, forum=forum, by=by, receiver=one.receiver.slug)
    return bool(told)
