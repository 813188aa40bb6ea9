"""Who has scanned before at a door costs the next person nothing."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.timezone import now

from badges.models import Credential, Point, Scan
from badges.queries.scanning import read_code, subject_of_code
from forum.models import Forum
from tests.factories.badges import make_device, make_holder, make_point, scan

pytestmark = pytest.mark.django_db
OTHERS = 500


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """All parts of a plan of PostgreSQL."""
    return [plan, *(inner for part in plan.get("Plans", []) for inner in nodes(part))]


def explained(credential: Credential, point: Point) -> dict[str, Any]:
    """How the one query of a scan is carried out for this badge."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert subject_of_code(read_code(credential.token), point=point, at=now())
    [(sql, params)] = asked
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, params)
        found = cursor.fetchone()[0]
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def test_the_last_scan_of_a_person_is_not_looked_for_among_everybodys(forum: Forum) -> None:
    """Before PostgreSQL has counted the table, too: on the morning of the first day nobody has."""
    mine, other = make_holder(forum), make_holder(forum)
    device, _token = make_device(make_point(forum, slug="main"))
    scan(mine, device=device)
    one = scan(other, device=device).scan
    for number in range(OTHERS):
        one.pk, one.nonce, one.ordinal = None, uuid4(), number + 2
        one.save(force_insert=True)
    assert Scan.objects.count() == OTHERS + 2
    on_scans = [node for node in nodes(explained(mine, device.point)) if node.get("Relation Name") == "badges_scan"]
    assert len(on_scans) == 3
    assert [node.get("Rows Removed by Filter", 0) for node in on_scans] == [0, 0, 0]
