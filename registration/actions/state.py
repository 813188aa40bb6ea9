"""Moving a registration. The table in `registration.enums` says what may happen; `move` makes it happen."""

from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.inserting import insert, update
from forum.errors import DomainError
from forum.models import Account
from forum.queries.compiled import Compiled, Slot
from registration.actions.answers import hold_choices, release_choices
from registration.actions.notices import tell_applicant
from registration.actions.placeholders import let_go
from registration.actions.places import give_back
from registration.enums import HOLDS_PLACE, MOVES, RegistrationState
from registration.models import Person, Registration, RegistrationMove
from registration.signals import registration_moved

SET_UP = ("forum", "category", "delegation")
GONE = frozenset({RegistrationState.CANCELLED, RegistrationState.REPLACED, RegistrationState.REJECTED})
"""Nobody comes: places that answers hold are free for others. Who comes back takes what is still there."""
PK = Slot("pk", BigIntegerField())
WAITS_OR_HOLDS = HOLDS_PLACE | {RegistrationState.WAITLISTED}


def lock(registration: Registration) -> Registration:
    """The registration as it stands now, with the person's and its own row locked: persons first, everywhere.

    What the organisers set up (forum, category, delegation) is taken over from the row the caller has, as long as it is
    the same: reading it again with every lock would cost more than all the rest.
    """
    person = _PERSON.get(pk=registration.person_id)
    fresh = _REGISTRATION.get(pk=registration.pk)
    fresh.person = person
    for relation in SET_UP:
        same = getattr(fresh, f"{relation}_id") == getattr(registration, f"{relation}_id")
        if same and getattr(Registration, relation).is_cached(registration):
            setattr(fresh, relation, getattr(registration, relation))
    return fresh


_PERSON: Compiled[Person] = Compiled(lambda: Person.objects.select_for_update().filter(pk=PK).order_by())
_REGISTRATION: Compiled[Registration] = Compiled(
    lambda: Registration.objects.select_for_update().filter(pk=PK).order_by()
)


def refuse_impossible(registration: Registration, to: RegistrationState) -> None:
    """Raise `DomainError("registration.move_refused")` for a move that is not in the table."""
    was = RegistrationState(registration.state)
    if to not in MOVES[was]:
        raise DomainError(
            "registration.move_refused",
            _("This is no longer possible: the application is now “%(state)s”.") % {"state": was.label},
            was=was,
            to=to,
        )


def refuse_stopped(registration: Registration) -> None:
    """Raise `DomainError("registration.consent_withdrawn")` while the consent to processing is withdrawn."""
    if registration.person.processing_stopped_at is not None:
        raise DomainError(
            "registration.consent_withdrawn",
            _("This person has withdrawn the consent to processing. They may apply again and consent anew."),
        )


def refuse_impossible_back(registration: Registration, to: RegistrationState) -> None:
    """The same for taking a move back: the table must lead from there to here."""
    if registration.state not in MOVES[to]:
        raise DomainError("registration.move_refused", _("This can no longer be undone."), to=to)


def move(
    registration: Registration,
    to: RegistrationState,
    *,
    by: Account | None,
    note: str = "",
    as_applicant: bool = False,
    tell: bool = True,
    tell_at: datetime | None = None,
    back: bool = False,
) -> RegistrationMove:
    """The only writer of `state`. The caller holds the row locks (`lock`) and owns the transaction; what it has set in the
    row, and not saved, is saved along.

    Writes history and audit, gives the place back when the new state holds none, tells the applicant (unless `tell` is
    False; not before `tell_at`), and sends `registration_moved`. `back`: an earlier move is taken back. Raises
    `DomainError("registration.move_refused")` for a move not in the table, and after a withdrawn consent for every move
    but the way out.
    """
    (refuse_impossible_back if back else refuse_impossible)(registration, to)
    if to != RegistrationState.CANCELLED:
        refuse_stopped(registration)
    was = RegistrationState(registration.state)
    registration.state = to
    registration.note = note
    registration.version += 1
    update(registration)
    step = insert(RegistrationMove(registration=registration, was=was, to=to, by=by, note=note))
    facts: dict[str, Any] = {"was": was} | ({"back": True} if back else {})
    about: dict[str, Any] = {"on": ("registration", registration.ref), "forum": registration.forum}
    record(f"registration.{to}", **about, by=by, as_applicant=as_applicant, **facts)
    _follow_places(registration, was=was, to=to)
    if tell:
        tell_applicant(registration, step, not_before=tell_at)
    registration_moved.send(Registration, registration=registration, was=was, to=to, by=by)
    return step


def _follow_places(registration: Registration, *, was: RegistrationState, to: RegistrationState) -> None:
    """What the person holds goes back where the new state holds none; who comes back takes what is still there."""
    if was in WAITS_OR_HOLDS and to not in WAITS_OR_HOLDS:
        give_back(registration.category.pool, person=registration.person)
    if to in GONE:
        release_choices(registration)
        let_go(registration)
    elif was in GONE and registration.category.form_id:
        hold_choices(registration, softly=True)
