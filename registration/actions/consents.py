"""Consents as a living register: given, withdrawn, given again. Each is a row that never changes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.messages import drop_unsent, queue_message
from forum.errors import DomainError
from forum.models import Account
from registration.actions.notices import CONSENT_WITHDRAWN, letter_context
from registration.actions.state import lock, move
from registration.enums import MOVES, ConsentEvidence, ConsentPurpose, RegistrationState
from registration.models import Consent, ConsentDocument, ConsentWithdrawal, Person, Registration
from registration.queries.consents import Matter, matter_key, matters_of
from registration.signals import consent_changed


def note_consent(
    person: Person,
    *,
    document: ConsentDocument,
    language: str,
    again_after: ConsentWithdrawal | None = None,
    **how: Any,
) -> Consent:
    """Write down that `person` agreed to `document` as shown in `language`; `how` is the evidence."""
    return Consent.objects.create(
        document=document,
        person=person,
        language=language,
        text_hash=document.text_hash(language),
        again_after=again_after,
        **how,
    )


@transaction.atomic(durable=True)
def give_consent(
    registration: Registration, *, document: ConsentDocument, language: str, ip: str | None = None, by: Account | None
) -> Consent:
    """The person agrees to one text, for the first time or again after a withdrawal. Giving twice is giving once.

    Somebody whom the organisers have entered from a list can answer and send from then on, not before: nobody consents
    for another adult.

    An application that a withdrawal has ended stays ended: its places are somebody else's by now. Raises
    `DomainError("consent.old_text")` for a text that is no longer in force.
    """
    return agree(
        lock(registration), document=document, language=language, by=by, evidence=ConsentEvidence.OWN_TICK, ip=ip
    )


def agree(
    registration: Registration, *, document: ConsentDocument, language: str, by: Account | None, **how: Any
) -> Consent:
    """As `give_consent`, with the evidence `how`. The caller holds the locks and owns the transaction."""
    matter = matter_of(registration, document)
    if matter is None or matter.document.pk != document.pk:
        raise DomainError("consent.old_text", _("The text has changed. Read the new one and decide again."))
    if matter.given and not matter.has_newer_text:
        return matter.given
    person = registration.person
    again = _last_withdrawal(person, document)
    consent = note_consent(person, document=document, language=language, again_after=again, **how)
    if matter.is_needed:
        let_go_on(registration, language=language)
    facts = {"versions": [document.version], "evidence": consent.evidence}
    _write_down("registration.consent_given", registration, matter, by=by, facts=facts)
    return consent


def let_go_on(registration: Registration, *, language: str) -> None:
    """What waited for the consent to processing: a person who had taken it back, or whom a list has brought in."""
    person = registration.person
    if person.processing_stopped_at:
        person.processing_stopped_at = None
        person.save(update_fields=["processing_stopped_at"])
    if registration.awaits_consent and registration.state == RegistrationState.DRAFT:
        registration.awaits_consent, registration.language = False, language
        registration.version += 1
        registration.save(update_fields=["awaits_consent", "language", "version"])


def matter_of(registration: Registration, document: ConsentDocument) -> Matter | None:
    """How the person stands to the purpose and receiver of `document`; None where they are not asked."""
    key = matter_key(document.purpose, document.receiver)
    return next((matter for matter in matters_of(registration.person) if matter.key == key), None)


def _last_withdrawal(person: Person, document: ConsentDocument) -> ConsentWithdrawal | None:
    """The withdrawal of the last consent to this very text."""
    return ConsentWithdrawal.objects.filter(consent__person=person, consent__document=document).last()


@transaction.atomic(durable=True)
def withdraw_consent(
    registration: Registration, *, matter: Matter, language: str, ip: str | None = None, by: Account | None
) -> bool:
    """Take back every live consent of one purpose and stop, in the same transaction, what it allowed.

    Without the consent to processing the application ends (`move`: places go back, the badge dies), letters on their way
    are dropped, and the person is named nowhere any more. The confirmation is the last letter. False when nothing was
    left to withdraw: withdrawing twice is withdrawing once.
    """
    registration = lock(registration)
    live = live_consents(registration, matter)
    return take_back(registration, matter=matter, live=live, by=by, how={"language": language, "ip": ip})


def live_consents(registration: Registration, matter: Matter) -> list[Consent]:
    """Every version of this purpose and receiver that the person has agreed to and not taken back."""
    same = {"document__purpose": matter.purpose, "document__receiver": matter.document.receiver}
    return list(registration.person.consents.filter(**same, withdrawal=None).select_related("document"))


def take_back(
    registration: Registration,
    *,
    matter: Matter,
    live: list[Consent],
    by: Account | None,
    how: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
) -> bool:
    """As `withdraw_consent`: `how` is the evidence, `facts` go into the log. The caller holds the locks and owns the
    transaction.
    """
    for consent in live:
        ConsentWithdrawal.objects.create(consent=consent, **how)
    if not live:
        return False
    versions = [consent.document.version for consent in live]
    tell = registration.state != RegistrationState.DRAFT and bool(registration.person.email)
    letter = letter_context(registration) if tell else {}
    if matter.is_needed:
        stop_processing(registration, by=by)
    if tell:
        _confirm(registration, matter, letter)
    facts = {"versions": versions} | dict(facts or {})
    _write_down("registration.consent_withdrawn", registration, matter, by=by, facts=facts)
    return True


def stop_processing(registration: Registration, *, by: Account | None) -> None:
    """End the application, drop its letters and hide the name. The caller holds the locks.

    An application that has ended already, or was declined, stays where it is; `move` lets it go nowhere from now on.
    """
    person = registration.person
    drop_unsent(about=[("registration", registration.ref)])
    if RegistrationState.CANCELLED in MOVES[RegistrationState(registration.state)]:
        move(registration, RegistrationState.CANCELLED, by=by, as_applicant=True, tell=False)
    person.processing_stopped_at = now()
    person.save(update_fields=["processing_stopped_at"])


def _confirm(registration: Registration, matter: Matter, letter: dict[str, str]) -> None:
    """The letter that says what was withdrawn and what ended with it. Nobody is written to about a draft."""
    with translation.override(registration.language):
        title = matter.document.title
    queue_message(
        CONSENT_WITHDRAWN,
        about=("registration", registration.ref),
        occasion=f"withdrawal:{_last_of(registration, matter).public_id}",
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter | {"purpose": matter.purpose.value, "title": title},
    )


def _last_of(registration: Registration, matter: Matter) -> ConsentWithdrawal:
    of_matter = {"consent__document__purpose": matter.purpose, "consent__document__receiver": matter.document.receiver}
    return ConsentWithdrawal.objects.filter(consent__person=registration.person, **of_matter).latest("pk")


def _write_down(
    action: str, registration: Registration, matter: Matter, *, by: Account | None, facts: Mapping[str, Any]
) -> None:
    """Audit, and the news for the rooms above."""
    record(
        action,
        on=("registration", registration.ref),
        forum=registration.forum,
        by=by,
        as_applicant=True,
        consent=matter.key,
        **facts,
    )
    consent_changed.send(
        Registration,
        registration=registration,
        purpose=ConsentPurpose(matter.purpose),
        receiver=matter.document.receiver,
        given=action == "registration.consent_given",
        by=by,
    )
