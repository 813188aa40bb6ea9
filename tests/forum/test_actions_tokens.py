"""API tokens: who may make which, and when they end."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from forum.actions.accounts import end_role
from forum.actions.tokens import create_token, note_use, revoke_token
from forum.enums import Role
from forum.errors import DomainError
from forum.models import Account, ApiToken, AuditEntry, Forum, Membership
from forum.queries.access import has_role, roles_of, scopes_of
from forum.queries.tokens import acting_account, token_of, tokens_visible_to
from tests.api import make_token
from tests.factories.forum import make_forum, make_staff

SOON = timedelta(days=10)


def test_token_is_stored_as_a_hash_and_found_by_its_secret(forum: Forum) -> None:
    token, secret = make_token(forum, Role.VIEWER)
    assert token_of(secret) == token
    assert token_of(secret + "x") is None
    assert secret.encode() not in bytes(ApiToken.objects.get().token_hash)
    assert secret.endswith(token.ending) and secret.startswith("itf_")


def test_token_has_the_rights_of_its_role_alone(forum: Forum) -> None:
    holder = make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE", email="two@example.org")
    make_staff(forum, Role.ACCREDITATION_OFFICER, email="two@example.org")
    _token, secret = make_token(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE", holder=holder)
    found = token_of(secret)
    assert found is not None
    acting = acting_account(found)
    assert roles_of(acting) == {Role.PARTNER_EDITOR}
    assert scopes_of(acting, Role.PARTNER_EDITOR, "region") == {"RU-SPE"}
    assert not has_role(acting, Role.ACCREDITATION_OFFICER)
    assert not acting.has_perm("registration.view_people")
    assert Account.objects.get(pk=holder.pk).has_perm("registration.view_people")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ACCREDITATION_OFFICER, Role.PARTNER_EDITOR])
def test_organiser_may_give_less_than_everything(forum: Forum, organiser: Account, role: Role) -> None:
    scope = "RU-SPE" if role == Role.PARTNER_EDITOR else ""
    _token, secret = make_token(forum, role, scope_id=scope, holder=organiser)
    found = token_of(secret)
    assert found is not None
    acting = acting_account(found)
    assert roles_of(acting) == {role}
    assert not acting.has_perm("forum.manage_rights")


@pytest.mark.parametrize(
    ("role", "scope_id"),
    [
        (Role.ORGANISER, ""),
        (Role.VIEWER, ""),
        (Role.ACCREDITATION_OFFICER, "RU-SPE"),
        (Role.PARTNER_EDITOR, "RU-SPE"),
        (Role.PARTNER_EDITOR, ""),
    ],
)
def test_nobody_gives_what_they_do_not_hold(forum: Forum, officer: Account, role: Role, scope_id: str) -> None:
    with pytest.raises(DomainError) as refused:
        create_token(name="x", role=role, scope_id=scope_id, expires_at=now() + SOON, by=officer)
    assert refused.value.code == "token.role"
    assert not ApiToken.objects.exists()


def test_partner_gives_its_own_region_only(forum: Forum) -> None:
    partner = make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE")
    with pytest.raises(DomainError):
        create_token(name="x", role=Role.PARTNER_EDITOR, scope_id="RU-TOM", expires_at=now() + SOON, by=partner)


def test_organisers_token_of_a_scoped_role_needs_the_scope(forum: Forum, organiser: Account) -> None:
    with pytest.raises(DomainError):
        create_token(name="x", role=Role.PARTNER_EDITOR, expires_at=now() + SOON, by=organiser)


@pytest.mark.parametrize(("days", "code"), [(-1, "token.past"), (91, "token.too_long")])
def test_end_lies_within_the_role(officer: Account, days: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        create_token(name="x", role=Role.ACCREDITATION_OFFICER, expires_at=now() + timedelta(days), by=officer)
    assert (refused.value.code, list(refused.value.fields)) == (code, ["expires_on"])


def test_name_is_taken_until_revoked(officer: Account, organiser: Account) -> None:
    def make(by: Account = officer) -> ApiToken:
        return create_token(name="hall", role=Role.ACCREDITATION_OFFICER, expires_at=now() + SOON, by=by)[0]

    first = make()
    with pytest.raises(DomainError) as refused:
        make()
    assert refused.value.code == "token.name_taken"
    make(by=organiser)
    revoke_token(first, by=officer)
    revoke_token(first, by=officer)
    make()
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1
    assert AuditEntry.objects.filter(action="token.created", object_id=first.public_id).get().actor == officer


def revoked(token: ApiToken, by: Account) -> None:
    revoke_token(token, by=by)


def expired(token: ApiToken, by: Account) -> None:
    ApiToken.objects.update(created_at=now() - SOON, expires_at=now())


def role_ended(token: ApiToken, by: Account) -> None:
    end_role(token.grant, by=by)


def role_expired(token: ApiToken, by: Account) -> None:
    Membership.objects.filter(pk=token.grant_id).update(created_at=now() - SOON, valid_until=now())


def account_closed(token: ApiToken, by: Account) -> None:
    Account.objects.filter(pk=token.grant.account_id).update(is_active=False)


def edition_over(token: ApiToken, by: Account) -> None:
    Forum.objects.update(is_current=False)


ENDS = [revoked, expired, role_ended, role_expired, account_closed, edition_over]


@pytest.mark.parametrize("end", ENDS)
def test_token_ends_with(forum: Forum, organiser: Account, end: object) -> None:
    token, secret = make_token(forum, Role.VIEWER)
    alive = token_of(secret)
    assert alive is not None and alive.is_alive
    end(token, organiser)  # type: ignore[operator]
    dead = token_of(secret)
    assert dead is not None and not dead.is_alive


def test_own_tokens_and_for_organisers_everybodys(forum: Forum, organiser: Account, officer: Account) -> None:
    mine = make_token(forum, Role.ACCREDITATION_OFFICER, holder=officer)[0]
    other = make_token(forum, Role.VIEWER)[0]
    past = make_forum(is_current=False)
    assert list(tokens_visible_to(officer, forum=forum)) == [mine]
    assert list(tokens_visible_to(organiser, forum=forum)) == [other, mine]
    assert not tokens_visible_to(organiser, forum=past).exists()


def test_use_is_noted_once_a_minute(forum: Forum, django_assert_num_queries) -> None:
    _token, secret = make_token(forum, Role.VIEWER)
    found = token_of(secret)
    assert found is not None
    with django_assert_num_queries(1):
        note_use(found)
    again = token_of(secret)
    assert again is not None and again.last_used_at is not None
    with django_assert_num_queries(0):
        note_use(again)
