"""A list of people as it was handed in."""

from django.utils.timezone import now

from forum.models import Account, Forum
from registration.actions.imports import BatchTerms, receive
from registration.models import Delegation, ImportRow, ImportRun, InvitationBatch
from tests.factories.registration import make_category

CONTENT = "Фамилия;Email\r\nСписочная;list@example.org\r\nОшибочная;нет адреса\r\n".encode()


def make_list(
    forum: Forum, *, by: Account, taken_over: bool = False, delegation: Delegation | None = None
) -> ImportRun:
    """Two rows, the second one with an error; taken over before anybody was new. `delegation`: handed in by its head."""
    run = receive(
        forum=forum,
        name="list.csv",
        content=CONTENT,
        category=make_category(forum),
        language="ru",
        by=by,
        delegation=delegation,
    )
    if taken_over:
        run.started_at = run.finished_at = now()
        run.save()
        ImportRow.objects.create(run=run, number=2, outcome="unchanged")
        ImportRow.objects.create(run=run, number=3, outcome="error", problems=[["email", "email_invalid"]])
    return run


def make_invitation_list(forum: Forum, *, by: Account) -> InvitationBatch:
    """People to invite, taken over before anybody was new."""
    batch = BatchTerms(name="Докладчики")
    category = make_category(forum)
    run = receive(forum=forum, name="list.csv", content=CONTENT, category=category, language="ru", by=by, batch=batch)
    run.started_at = run.finished_at = now()
    run.save()
    return run.batch
