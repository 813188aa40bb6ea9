"""The audit log: written with the act, and never changed afterwards by anybody."""

import pytest
from django.db import DatabaseError, connection, transaction

from forum.actions.audit import record
from forum.enums import ActorKind
from forum.logs import carrying
from forum.models import Account, AuditEntry, Forum

pytestmark = pytest.mark.django_db


def test_entry_says_who_what_and_within_which_request(forum: Forum, organiser: Account) -> None:
    with carrying(request_id="abcdef0123456789"):
        entry = record(
            "thing.done", on=("thing", "T1"), forum=forum, by=organiser, changed=["phone"], reason="asked", was="a"
        )
    entry.refresh_from_db()
    assert (entry.actor_kind, entry.actor, entry.object_kind, entry.object_id) == (
        ActorKind.ACCOUNT, organiser, "thing", "T1")  # fmt: skip
    assert (entry.changed, entry.data, entry.reason, entry.request_id) == (
        ["phone"], {"was": "a"}, "asked", "abcdef0123456789")  # fmt: skip


@pytest.mark.parametrize(("who", "kind"), [({}, ActorKind.SYSTEM), ({"as_applicant": True}, ActorKind.APPLICANT)])
def test_nobody_signed_in_is_the_system_or_an_applicant(who: dict[str, bool], kind: str) -> None:
    assert record("thing.done", on=("thing", "T1"), forum=None, **who).actor_kind == kind


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE forum_auditentry SET action = 'other'",
        "UPDATE forum_auditentry SET at = now()",
        "DELETE FROM forum_auditentry",
    ],
)
def test_database_refuses_every_later_change(change: str) -> None:
    record("thing.done", on=("thing", "T1"), forum=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert AuditEntry.objects.get().action == "thing.done"


def test_act_that_is_rolled_back_leaves_no_entry() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record("thing.done", on=("thing", "T1"), forum=None)
        raise RuntimeError("the act failed")
    assert not AuditEntry.objects.exists()
