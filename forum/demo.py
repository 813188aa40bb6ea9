"""The demo edition: regions, organisations, calendar, role accounts. `manage.py seed_demo` runs it, then each app's own.

Everything is built through the actions, so the demo exercises the product. All people are fictional.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forum.actions.accounts import grant_role
from forum.demo_data.edition import CALENDAR, EDITION, FIRST_DAY, rows_of
from forum.enums import Role
from forum.models import Account, CalendarDay, Forum, ForumOrganisation, Organisation, Region

STAGES = ("before", "first-day", "after")
WEEKS_AHEAD = {"before": 5, "after": -1}

ROLE_ACCOUNTS = [
    ("organiser", "organiser@example.org", Role.ORGANISER, "", _("sees everything, decides who may do what")),
    ("officer", "officer@example.org", Role.ACCREDITATION_OFFICER, "", _("reviews applications, prints badges")),
    ("programme", "programme@example.org", Role.PROGRAMME_EDITOR, "", _("edits sessions and halls")),
    ("visits", "visits@example.org", Role.VISIT_COORDINATOR, "", _("runs the plant visits")),
    ("partner", "spb@example.org", Role.PARTNER_EDITOR, "RU-SPE", _("Saint Petersburg: its own sessions only")),
    ("host", "azot@example.org", Role.HOST_CONTACT, "azot", _("a plant: what the media want to film there")),
    ("head", "head@example.org", Role.DELEGATION_HEAD, "RU-NVS", _("leads a delegation: its own people only")),
    ("escort", "escort@example.org", Role.ESCORT, "", _("takes one group to a plant")),
    ("checkin", "checkin@example.org", Role.CHECKIN_STAFF, "", _("scans badges at the entrance")),
    ("supervisor", "supervisor@example.org", Role.CHECKIN_SUPERVISOR, "", _("runs the check-in points")),
    ("privacy", "privacy@example.org", Role.PRIVACY_OFFICER, "", _("answers for personal data")),
    ("press", "press@example.org", Role.VIEWER, "", _("sees figures, no personal data")),
]
"""(key, email, role, scope, what it is for); the escort's scope is a visit slot, which `agenda` adds."""
DELEGATE_ACCOUNT = "delegate@example.org"
"""A confirmed delegate of the demo."""


@dataclass(frozen=True)
class DemoContext:
    """What every app's `demo.build` gets. `people` is how many delegates; `rng` makes the same demo from the same seed."""

    forum: Forum
    rng: random.Random
    people: int
    stage: str
    by: Account

    @property
    def zone(self) -> ZoneInfo:
        """The forum's time zone."""
        return ZoneInfo(self.forum.timezone)

    def moment(self, day: int, at: time) -> datetime:
        """Local time on a day counted from the first day of the forum (0)."""
        return datetime.combine(self.forum.starts_on + timedelta(days=day), at, self.zone)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Let the actions inside happen at `moment`, never in the future."""
        with time_machine.travel(min(moment, _real_now()), tick=False):
            yield


def _real_now() -> datetime:
    return now()


def first_day(stage: str) -> date:
    """Day one: about five weeks ahead, last week, or today.

    Whole weeks are added, so that the weekday stays; only `first-day` gives that up, because its day one is today.
    """
    today = now().astimezone(ZoneInfo(EDITION["timezone"])).date()
    if stage == "first-day":
        return today
    wanted = today + timedelta(weeks=WEEKS_AHEAD[stage])
    return FIRST_DAY + timedelta(weeks=round((wanted - FIRST_DAY).days / 7))


def build_edition(*, stage: str, seed: int, people: int) -> DemoContext:
    """The edition with everything of the ground, and one account per role."""
    start = first_day(stage)
    shift = start - FIRST_DAY
    zone = ZoneInfo(EDITION["timezone"])
    regions = {r["code"]: Region.objects.create(**r) for r in rows_of("regions")}
    forum = Forum.objects.create(
        **EDITION,
        starts_on=start,
        ends_on=start + timedelta(days=1),
        host_region=regions["RU-KEM"],
        confirm_by=datetime.combine(start - timedelta(days=14), time(18), zone),
        badge_desk_opens_at=datetime.combine(start - timedelta(days=1), time(15), zone),
    )
    forum.guest_regions.set([r for code, r in regions.items() if code != "RU-KEM"])
    forum.partner_regions.set([regions["RU-SPE"]])
    _organisations(forum, regions)
    CalendarDay.objects.bulk_create([CalendarDay(day=day + shift, is_working=working) for day, working in CALENDAR])
    by = _role_accounts(forum)
    return DemoContext(forum=forum, rng=random.Random(seed), people=people, stage=stage, by=by)  # noqa: S311 -- a demo


def _organisations(forum: Forum, regions: dict[str, Region]) -> None:
    for own in rows_of("organisations"):
        roles, region = own.pop("roles").split(), own.pop("region")
        organisation = Organisation.objects.create(**own, region=regions.get(region))
        for role in roles:
            position = forum.roles.filter(role=role).count() + 1
            ForumOrganisation.objects.create(forum=forum, organisation=organisation, role=role, position=position)


def _role_accounts(forum: Forum) -> Account:
    """Grants end a month after the forum. The organiser comes first and grants the others."""
    until = datetime.combine(max(forum.ends_on, now().date()) + timedelta(days=30), time(), ZoneInfo(forum.timezone))
    organiser: Account | None = None
    for _key, email, role, scope, _label in ROLE_ACCOUNTS:
        if role == Role.ESCORT:
            continue
        scope_id = str(Organisation.objects.get(slug=scope).public_id) if role == Role.HOST_CONTACT else scope
        grant = grant_role(email=email, forum=forum, role=role, valid_until=until, scope_id=scope_id, by=organiser)
        organiser = organiser or grant.account
    if organiser is None:
        raise RuntimeError("the demo needs an organiser")
    return organiser
