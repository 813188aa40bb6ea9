"""What a newcomer could break without noticing: doors without a right, tasks without a name, letters without a template."""

import pytest
import rules
from django.conf import settings
from django.template.loader import get_template

from badges.api.views import DeviceView
from celery_app import app as celery
from forum.api.views import PublicView, TokenView
from forum.registry import job_kinds, message_kinds, nav_items, panels, person_panels
from forum.web.access import TeamView
from tests.addresses import addresses, is_listed, methods_of, view_of

PUBLIC = {
    "agenda:programme",
    "agenda:programme_calendar",
    "agenda:run_calendar",
    "agenda:session",
    "agenda:session_calendar",
    "agenda:speaker",
    "agenda:speakers",
    "agenda:visit",
    "agenda:visits",
    "api:docs",
    "api:schema",
    "forum:check",
    "forum:check_paper",
    "forum:home",
    "set_language",
    "team:healthz",
    "team:metrics",
    "team:readyz",
}
"""Addresses that anybody may read; `/metrics` asks for a token of its own (`tests/forum/web/test_health.py`)."""
OWN = {"forum:after_sign_in", "registration:*", "places:*", "badges:*"}
"""Addresses that show people their own things only; foreign ones are 404 (`tests/*/web`)."""
PHONES = {"badges_api:scans": {"POST"}}
"""Methods for which a view of tokens asks for a device instead (`tests/badges/api`)."""
OTHERS = {"account_*", "mfa_*"}
"""allauth's own pages."""


def test_every_address_names_a_right_or_stands_on_a_short_list() -> None:
    open_doors = []
    for name, pattern in addresses():
        view = view_of(pattern)
        if view and issubclass(view, TeamView):
            assert rules.perm_exists(view.permission_required), f"{name}: {view.permission_required} is no right"
        elif view and issubclass(view, TokenView):
            assert set(view.rights) | PHONES.get(name, set()) == methods_of(view), name
            assert [right for right in view.rights.values() if not rules.perm_exists(right)] == [], name
        elif view and issubclass(view, DeviceView | PublicView):
            continue
        elif not is_listed(name, PUBLIC | OWN | OTHERS):
            open_doors.append(name)
    assert open_doors == []


def test_no_demo_address_outside_demo_mode() -> None:
    assert not settings.DEMO
    assert [name for name, _pattern in addresses() if name.startswith("demo:")] == []


def our_tasks() -> list[str]:
    celery.loader.import_default_modules()
    return sorted(name for name in celery.tasks if not name.startswith("celery."))


def test_every_task_is_named_after_its_room_and_scheduled_ones_exist() -> None:
    rooms = {"forum", "registration", "agenda", "badges"}
    assert [name for name in our_tasks() if name.split(".")[0] not in rooms or name.count(".") != 1] == []
    assert [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] not in our_tasks()] == []


@pytest.mark.parametrize("ending", [".subject.txt", ".txt", ".html"])
def test_every_kind_of_message_has_its_templates(ending: str) -> None:
    assert [get_template(f"{kind.template}{ending}").template.name for kind in message_kinds]


def test_registered_parts_name_existing_rights_and_templates() -> None:
    entries = [*nav_items, *panels, *person_panels, *job_kinds]
    assert [e.name for e in entries if not rules.perm_exists(e.permission)] == []
    for panel in [*panels, *person_panels]:
        get_template(panel.template)
