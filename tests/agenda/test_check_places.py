"""`manage.py check_places`: numbers against claims, claims against times."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agenda.actions.bookings import take
from agenda.models import OccupiedTime
from forum.models import AuditEntry, Forum
from registration.models import Pool
from tests.agenda.test_actions_bookings import visit
from tests.factories.agenda import make_delegate

pytestmark = pytest.mark.django_db


def check(*options: str) -> str:
    out = StringIO()
    call_command("check_places", *options, stdout=out)
    return out.getvalue()


def test_right_numbers_are_no_news(forum: Forum) -> None:
    take(visit(forum), registration=make_delegate(forum))
    assert check() == "0 wrong numbers\n"


def test_wrong_number_is_reported_and_written_anew(forum: Forum) -> None:
    place, delegate = visit(forum), make_delegate(forum)
    take(place, registration=delegate)
    Pool.objects.filter(pk=place.pool.pk).update(taken=7)
    with pytest.raises(CommandError):
        check()
    assert Pool.objects.get(pk=place.pool.pk).taken == 7
    report = check("--fix")
    assert f"{place.pool.public_id}: says 7, claims say 1" in report
    assert delegate.person.surname not in report
    assert Pool.objects.get(pk=place.pool.pk).taken == 1
    assert AuditEntry.objects.get(action="places.recounted").data == {"was": 7, "counted": 1}
    assert check() == "0 wrong numbers\n"


def test_held_place_without_time_is_reported(forum: Forum) -> None:
    take(visit(forum), registration=make_delegate(forum))
    OccupiedTime.objects.all().delete()
    with pytest.raises(CommandError):
        check()
