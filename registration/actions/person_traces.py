"""Where others have written of a person: drivers of vehicles, who fetches the badges, invitations, letters to the address.

Part of erasing (`registration.actions.person_erasing`), before the names go; the caller holds the locks and owns the
transaction. Found by the person's name or address, within their own group and edition.
"""

from collections.abc import Callable

from django.db.models import Q

from forum.actions.api_answers import empty_answers
from forum.actions.messages import forget_recipients
from forum.models import Account
from registration.actions.delegations import name_collector
from registration.actions.invitations import end, lock_invitation
from registration.actions.vehicle_passes import leave_driver
from registration.engine.namings import SPELLINGS, names_person
from registration.enums import LIVING, ErasedData, InvitationState
from registration.models import Delegation, Invitation, Person, Registration, Vehicle

_K = ErasedData


def forget_traces(registration: Registration, *, by: Account | None) -> list[ErasedData]:
    """Of one application; gives the kinds of data that were there."""
    names = {part: getattr(registration.person, part) for spelling in SPELLINGS for part in spelling}

    def is_named(text: str) -> bool:
        return names_person(text, names)

    gone = [_forget_drivers(registration, is_named), _forget_collector(registration, is_named, by=by)]
    gone += [_end_invitations(registration.person), empty_answers(ends_with=f"/{registration.ref}")]
    letters = _forget_letters(registration)
    return [kind for kind, number in ((_K.LISTS, sum(gone)), (_K.LETTERS, letters)) if number]


def _forget_drivers(registration: Registration, is_named: Callable[[str], bool]) -> int:
    """Vehicles of the person's delegation or organisation, or of their own asking, that they would have driven."""
    group = Q(delegation__isnull=False, delegation=registration.delegation_id)
    group |= Q(organisation__isnull=False, organisation=registration.sent_by_id)
    group |= Q(asked_by=registration.person.account_id)
    near = Vehicle.objects.filter(group, forum=registration.forum, erased_at=None, driver__isnull=False).order_by("pk")
    return sum(leave_driver(vehicle) for vehicle in near if is_named(vehicle.driver))


def _forget_collector(registration: Registration, is_named: Callable[[str], bool], *, by: Account | None) -> int:
    if registration.delegation_id is None:
        return 0
    group = Delegation.objects.select_related("forum", "region").get(pk=registration.delegation_id)
    if not is_named(group.collector):
        return 0
    name_collector(group, name="", by=by)
    return 1


def _end_invitations(person: Person) -> int:
    """To other categories: nobody invites an erased person. Not where somebody else comes under the same address."""
    if not person.email or is_used_by_others(person.email, person):
        return 0
    mine = Invitation.objects.filter(forum=person.forum_id, email__iexact=person.email, state__in=LIVING)
    found = [lock_invitation(one) for one in mine.select_related("forum", "category").order_by("pk")]
    for invitation in found:
        end(invitation, InvitationState.WITHDRAWN, by=None)
    return len(found)


def _forget_letters(registration: Registration) -> int:
    """About the invitation that the person came by."""
    used = Invitation.objects.filter(registration=registration).values_list("public_id", flat=True)
    return forget_recipients(about=[("invitation", str(key)) for key in used]) if used else 0


def is_used_by_others(email: str, person: Person) -> bool:
    """Whether somebody else who is here comes under the same address, or signs in with it."""
    others = Person.objects.filter(email__iexact=email, erased_at=None).exclude(pk=person.pk)
    logins = Account.objects.filter(email=email.lower(), is_active=True).exclude(people=person)
    return others.exists() or logins.exists()
