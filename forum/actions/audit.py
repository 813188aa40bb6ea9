"""The one way to write an audit entry."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from forum.actions.inserting import insert
from forum.enums import ActorKind
from forum.logs import request_id
from forum.models import Account, AuditEntry, Forum

acting_token: ContextVar[UUID | None] = ContextVar("acting_token", default=None)
"""The API token through which the account of this request acts; every entry names it."""


def record(
    action: str,
    *,
    on: tuple[str, object],
    forum: Forum | None,
    by: Account | None = None,
    device: UUID | None = None,
    as_applicant: bool = False,
    changed: Sequence[str] = (),
    reason: str = "",
    **data: Any,
) -> AuditEntry:
    """Write down who did what, inside the transaction of the action that did it.

    `on` is (kind, public id). `changed` names personal fields; their values must never be given. `data` is for facts
    that are not personal. Without `by`, `device` or `as_applicant` the system itself acted.
    """
    return insert(
        AuditEntry(
            action=action,
            object_kind=on[0],
            object_id=str(on[1]),
            forum=forum,
            actor_kind=_actor_kind(by, device, as_applicant),
            actor=by,
            device_id=device,
            changed=list(changed),
            reason=reason,
            data=data | ({"token": str(token)} if (token := acting_token.get()) else {}),
            request_id=request_id.get(),
        )
    )


def _actor_kind(by: Account | None, device: UUID | None, as_applicant: bool) -> ActorKind:
    if device is not None:
        return ActorKind.DEVICE
    if by is not None:
        return ActorKind.ACCOUNT
    return ActorKind.APPLICANT if as_applicant else ActorKind.SYSTEM
