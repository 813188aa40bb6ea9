"""Credentials follow the person's state; one is live at most."""

from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from badges.actions import credentials as module
from badges.actions.credentials import issue_credential, reissue_badge
from badges.engine.token import TOKEN_LOOKUP, TOKEN_PATTERN
from badges.enums import CredentialState
from badges.models import Credential
from forum.crypto import keyed_hash
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum
from registration.actions.applications import withdraw
from registration.actions.review import block
from registration.actions.state import lock, move
from registration.enums import RegistrationState
from registration.models import Registration
from tests.factories.badges import make_holder
from tests.factories.registration import make_category, make_registration

S = RegistrationState


def states(registration: Registration) -> list[tuple[int, str]]:
    return list(Credential.objects.filter(registration=registration).order_by("pk").values_list("number", "state"))


def unblock(registration: Registration, *, by: Account) -> None:
    with transaction.atomic():
        move(lock(registration), S.CONFIRMED, by=by)


def test_credential_holds_a_secret_token_that_only_its_hash_finds(forum: Forum) -> None:
    credential = Credential.objects.get(pk=make_holder(forum).pk)
    assert TOKEN_PATTERN.fullmatch(credential.token)
    assert bytes(credential.token_hash) == keyed_hash(credential.token, purpose=TOKEN_LOOKUP)
    row = Credential.objects.filter(pk=credential.pk).values().get()
    assert credential.token.encode() not in bytes(row["token"])
    assert (credential.number, credential.state, len(credential.short_code)) == (1, "live", 8)


def test_asking_again_gives_the_same_credential(forum: Forum) -> None:
    credential = make_holder(forum)
    assert issue_credential(credential.registration) == credential


@pytest.mark.parametrize("state", [s for s in S if s not in (S.CONFIRMED, S.DRAFT)])
def test_nobody_but_confirmed_people_gets_one(forum: Forum, state: RegistrationState) -> None:
    assert issue_credential(make_registration(forum, state=state)) is None
    assert Credential.objects.count() == 0


def test_category_without_badge_gets_none(forum: Forum) -> None:
    online = make_category(forum, code="online", prints_badge=False)
    assert issue_credential(make_registration(forum, state=S.CONFIRMED, category=online)) is None


def test_short_code_that_is_taken_is_drawn_again(forum: Forum) -> None:
    taken = make_holder(forum).short_code
    fresh = iter([taken, taken, "ABCD2345"])
    with patch.object(module, "new_short_code", lambda: next(fresh)):
        assert make_holder(forum).short_code == "ABCD2345"


def test_database_refuses_a_second_live_credential(forum: Forum) -> None:
    first = make_holder(forum)
    with pytest.raises(IntegrityError, match="credential_one_live"), transaction.atomic():
        Credential.objects.create(
            registration=first.registration, token="X", token_hash=b"x", short_code="12345678", number=2
        )


def test_leaving_revokes_inside_the_move(forum: Forum) -> None:
    credential = make_holder(forum)
    withdraw(credential.registration)
    assert states(credential.registration) == [(1, CredentialState.REVOKED)]
    assert AuditEntry.objects.filter(action="badge.revoked", object_id=credential.registration.ref).count() == 1


def test_revocation_falls_with_the_move_when_that_is_rolled_back(forum: Forum) -> None:
    credential = make_holder(forum)
    with pytest.raises(RuntimeError), transaction.atomic():
        move(lock(credential.registration), S.CANCELLED, by=None)
        raise RuntimeError
    assert states(credential.registration) == [(1, CredentialState.LIVE)]


def test_unblocked_person_gets_a_new_code_and_the_old_one_stays_dead(
    forum: Forum, officer: Account, django_capture_on_commit_callbacks
) -> None:
    registration = make_holder(forum).registration
    block(registration, by=officer, reason="x")
    unblock(registration, by=officer)
    issue_credential(registration)
    assert states(registration) == [(1, CredentialState.REVOKED), (2, CredentialState.LIVE)]


def test_reissue_makes_a_new_code_and_kills_the_old_one(forum: Forum, officer: Account) -> None:
    old = make_holder(forum)
    new = reissue_badge(old.registration, reason=" lost ", by=officer)
    assert states(old.registration) == [(1, CredentialState.REPLACED), (2, CredentialState.LIVE)]
    assert new.token != old.token
    entry = AuditEntry.objects.get(action="badge.reissued")
    assert (entry.actor, entry.reason, entry.data) == (officer, "lost", {"number": 2})


def test_reissue_needs_a_reason_and_a_live_badge(forum: Forum, officer: Account) -> None:
    holder, waiting = make_holder(forum).registration, make_registration(forum)
    for registration, reason, code in (
        (holder, "  ", "badges.reason_missing"),
        (waiting, "lost", "badges.none_to_replace"),
    ):
        with pytest.raises(DomainError) as refused:
            reissue_badge(registration, reason=reason, by=officer)
        assert refused.value.code == code


def test_audit_never_holds_a_code(forum: Forum, officer: Account) -> None:
    new = reissue_badge(make_holder(forum).registration, reason="lost", by=officer)
    written = str(list(AuditEntry.objects.values_list("action", "data", "reason", "changed")))
    assert not any(secret in written for c in Credential.objects.all() for secret in (c.token, c.short_code))
    assert new.token not in written
