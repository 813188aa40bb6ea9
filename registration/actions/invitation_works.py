"""Many invitations at once: sent and reminded as a work, and by the clock."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.bell import hurry_lane
from forum.actions.jobs import Progress, start_job
from forum.enums import Lane
from forum.errors import DomainError
from forum.models import Account, Forum, Job
from registration.actions.entrances import expire_invitations
from registration.actions.invitations import remind, send_invitation
from registration.models import Invitation
from registration.queries.invitations import invitations_visible_to, last_calls

SEND, REMIND = "registration.send_invitations", "registration.remind_invitations"


@transaction.atomic
def start_sending(*, forum: Forum, ids: Sequence[UUID], by: Account) -> Job:
    """Send the letters of written invitations as a work."""
    return start_job(SEND, forum=forum, owner=by, total=len(ids), ids=[str(one) for one in ids])


@transaction.atomic
def start_reminding(*, forum: Forum, ids: Sequence[UUID], by: Account) -> Job:
    """Remind those who have not answered as a work."""
    return start_job(REMIND, forum=forum, owner=by, total=len(ids), ids=[str(one) for one in ids])


def run_sending(job: Job, progress: Progress) -> None:
    """The work. What was sent before a crash is not sent again."""
    _each(job, progress, lambda invitation: send_invitation(invitation, by=job.owner, hurry=False))


def run_reminding(job: Job, progress: Progress) -> None:
    """The work. Whoever was reminded within a day is passed over, so it may be run again."""
    _each(job, progress, lambda invitation: remind(invitation, by=job.owner, hurry=False))


def _each(job: Job, progress: Progress, act: Callable[[Invitation], bool]) -> None:
    def one(public_id: str) -> None:
        invitation = invitations_visible_to(job.owner).filter(forum=job.forum, public_id=public_id).first()
        if invitation is None:
            raise DomainError("invitation.not_found", _("This invitation no longer exists."))
        act(invitation)

    progress.each(job.params["ids"], one)
    _hurry()


@transaction.atomic
def _hurry() -> None:
    hurry_lane(Lane.BULK)


@transaction.atomic
def note_report(forum: Forum, *, kind: str, by: Account) -> None:
    """That somebody took the report out; it names nobody."""
    record("invitations.exported", on=("forum", forum.slug), forum=forum, by=by, format=kind)


def sweep_invitations() -> None:
    """By the clock: what is over ends and is erased; who has three days left is written to once."""
    expire_invitations()
    written = [
        remind(one, by=None, last_call=True, hurry=False) for one in last_calls().select_related("forum", "category")
    ]
    if any(written):
        _hurry()
