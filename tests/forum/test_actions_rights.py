"""Grants: whom, what, where, until when; and the rules that keep the forum manageable."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from forum.actions.accounts import end_role, grant_role
from forum.enums import Role, ScopeKind
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Membership
from forum.queries.access import has_role, is_staff, roles_of, scopes_of
from tests.factories.forum import make_account, make_forum, make_staff

NEXT_MONTH = timedelta(days=30)


def reloaded(account: Account) -> Account:
    """Grants are remembered on the account during a request; this is the next request."""
    return Account.objects.get(pk=account.pk)


def test_grant_makes_the_account_and_writes_who_gave_it(forum: Forum, organiser: Account) -> None:
    grant = grant_role(
        email=" New@Example.org", forum=forum, role=Role.VIEWER, valid_until=now() + NEXT_MONTH, by=organiser
    )
    assert grant.account.email == "new@example.org"
    assert not grant.account.has_usable_password()
    entry = AuditEntry.objects.get(action="rights.granted", object_id=str(grant.public_id))
    assert (entry.actor, entry.data) == (organiser, {"role": "viewer", "scope": ""})


def test_granting_again_moves_the_end_and_makes_no_second_grant(forum: Forum, organiser: Account) -> None:
    for days in (10, 20):
        grant_role(
            email="new@example.org",
            forum=forum,
            role=Role.VIEWER,
            valid_until=now() + timedelta(days=days),
            by=organiser,
        )
    grant = Membership.objects.get(role=Role.VIEWER)
    assert (grant.valid_until - now()).days == 19


def test_scope_must_fit_the_role(forum: Forum) -> None:
    for role, scope in ((Role.PARTNER_EDITOR, ""), (Role.VIEWER, "RU-SPE")):
        with pytest.raises(DomainError) as refusal:
            grant_role(
                email="a@example.org", forum=forum, role=role, scope_id=scope, valid_until=now() + NEXT_MONTH, by=None
            )
        assert refusal.value.code == "rights.scope"


def test_end_in_the_past_is_refused_at_its_field(forum: Forum) -> None:
    with pytest.raises(DomainError) as refusal:
        grant_role(email="a@example.org", forum=forum, role=Role.VIEWER, valid_until=now(), by=None)
    assert refusal.value.code == "rights.past"
    assert "valid_until" in refusal.value.fields


def test_grant_expires_by_itself(forum: Forum) -> None:
    account = make_staff(forum, Role.VIEWER)
    assert is_staff(account)
    with time_machine.travel(now() + timedelta(days=91), tick=False):
        assert not is_staff(reloaded(account))


def test_ended_grant_ends_at_once_and_once(forum: Forum, organiser: Account) -> None:
    account = make_staff(forum, Role.VIEWER)
    grant = account.memberships.get()
    end_role(grant, by=organiser)
    end_role(grant, by=organiser)
    assert not is_staff(reloaded(account))
    assert AuditEntry.objects.filter(action="rights.ended").count() == 1


def test_last_organiser_cannot_be_ended(forum: Forum, organiser: Account) -> None:
    with pytest.raises(DomainError) as refusal:
        end_role(organiser.memberships.get(), by=organiser)
    assert refusal.value.code == "rights.last_organiser"
    assert has_role(reloaded(organiser), Role.ORGANISER)


def test_organiser_whose_grant_has_expired_is_no_other_organiser(forum: Forum, organiser: Account) -> None:
    expired = make_staff(forum, Role.ORGANISER)
    Membership.objects.filter(account=expired).update(
        created_at=now() - timedelta(days=9), valid_until=now() - timedelta(days=1)
    )
    with pytest.raises(DomainError):
        end_role(organiser.memberships.get(), by=organiser)


def test_one_of_two_organisers_may_be_ended(forum: Forum, organiser: Account) -> None:
    other = make_staff(forum, Role.ORGANISER)
    end_role(other.memberships.get(), by=organiser)
    assert not is_staff(reloaded(other))


def test_grant_of_another_edition_opens_nothing(forum: Forum) -> None:
    old = make_forum(is_current=False)
    assert not is_staff(make_staff(old, Role.ORGANISER))


def test_switched_off_account_holds_nothing(forum: Forum) -> None:
    account = make_staff(forum, Role.ORGANISER)
    account.is_active = False
    assert roles_of(account) == set()
    assert not account.has_perm("forum.enter_team")


def test_scopes_are_those_of_the_role_asked_for(forum: Forum) -> None:
    account = make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE")
    make_staff(forum, Role.HOST_CONTACT, scope_id="plant", email=account.email)
    account = reloaded(account)
    assert scopes_of(account, Role.PARTNER_EDITOR, ScopeKind.REGION) == {"RU-SPE"}
    assert scopes_of(account, Role.HOST_CONTACT, ScopeKind.REGION) == set()


def test_organiser_may_what_others_may_and_others_only_their_own(forum: Forum, organiser: Account) -> None:
    viewer = make_staff(forum, Role.VIEWER)
    assert organiser.has_perm("forum.view_figures")
    assert organiser.has_perm("forum.manage_rights")
    assert viewer.has_perm("forum.view_figures")
    assert not viewer.has_perm("forum.manage_rights")
    assert not make_account().has_perm("forum.enter_team")


def test_database_refuses_a_second_live_grant_and_a_scope_without_name(forum: Forum, organiser: Account) -> None:
    values = {"account": organiser, "forum": forum, "valid_until": now() + NEXT_MONTH}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(role=Role.ORGANISER, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(role=Role.PARTNER_EDITOR, scope_kind=ScopeKind.REGION, scope_id="", **values)
