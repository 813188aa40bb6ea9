"""The command that names the first organiser."""

from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Membership


def grant(*arguments: str) -> str:
    out = StringIO()
    call_command("grant_role", *arguments, stdout=out)
    return out.getvalue()


def test_first_organiser_gets_rights_until_a_month_after_the_forum(forum: Forum) -> None:
    said = grant("first@example.org", "organiser")
    membership = Membership.objects.get()
    assert membership.account == Account.objects.get(email="first@example.org")
    assert (membership.valid_until.date() - forum.ends_on).days in (30, 31)
    assert said.startswith("organiser until ")
    assert "first@example.org" not in said
    assert AuditEntry.objects.get(action="rights.granted").actor is None


def test_last_day_is_included(forum: Forum) -> None:
    grant("first@example.org", "organiser", "--until", "2099-05-01")
    end = Membership.objects.get().valid_until.astimezone(ZoneInfo(forum.timezone))
    assert f"{end:%Y-%m-%d %H:%M}" == "2099-05-02 00:00"


def test_scope_is_needed_known_and_kept(forum: Forum) -> None:
    grant("spb@example.org", "partner_editor", "--scope", "RU-SPE")
    assert Membership.objects.get(role=Role.PARTNER_EDITOR).scope_id == "RU-SPE"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["not-an-address", "organiser"], "valid email"),
        (["a@example.org", "king"], "invalid choice"),
        (["a@example.org", "partner_editor"], "needs a region"),
        (["a@example.org", "partner_editor", "--scope", "RU-XXX"], "RU-SPE"),
        (["a@example.org", "viewer", "--scope", "RU-SPE"], "needs a region"),
        (["a@example.org", "viewer", "--until", "2001-01-01"], "future"),
    ],
)
def test_mistake_is_named_and_nothing_is_written(forum: Forum, arguments: list[str], reason: str) -> None:
    with translation.override("en"), pytest.raises(CommandError, match=reason):
        grant(*arguments)
    assert not Membership.objects.exists()


@pytest.mark.django_db
def test_without_an_edition_it_says_so() -> None:
    with pytest.raises(CommandError, match="no current edition"):
        grant("a@example.org", "organiser")
