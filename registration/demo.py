"""The delegates of the demo, walked through their applications by the same actions that the pages call."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import now

from forum.demo import DELEGATE_ACCOUNT, DemoContext
from forum.errors import DomainError
from forum.models import Account, Organisation
from registration.actions import review
from registration.actions.applications import confirm, save_answers, start_application, submit, withdraw
from registration.actions.hand_over import begin_hand_over
from registration.actions.person_erasing import erase_person
from registration.actions.pools import resize_pool
from registration.actions.setup import create_category, create_delegation, create_zone, publish_consent
from registration.demo_data.consent import ABROAD, CONSENT, DOCUMENT, PHOTO, PUBLICATION
from registration.demo_data.people import invent_languages, invent_names, invent_work
from registration.demo_data.plan import plan
from registration.demo_data.work import REASONS
from registration.demo_delegations import build_delegations
from registration.demo_forms import begin_draft, invented_answers, publish_first, publish_later
from registration.demo_invitations import build_invitations
from registration.demo_photos import build_photos
from registration.demo_quotas import build_quotas
from registration.demo_review import build_review
from registration.demo_vehicles import build_equipment, build_vehicles
from registration.demo_visas import build_visas, publish_rules
from registration.enums import ErasureBasis, RegistrationState
from registration.models import Category, ConsentDocument, Delegation, Registration, Zone
from registration.queries.hand_over import may_hand_over

S = RegistrationState
SUBSTITUTE = "substitute"
CREWS = ("media", "technical")
"""They list what they bring."""
LANGUAGES = {"UZ": "uz", "BY": "be"} | dict.fromkeys(("DE", "IN", "US"), "en")


def build(context: DemoContext) -> None:
    """Categories, zones, delegations, the consent, then the delegates."""
    desk = Desk.open(context)
    _bring_everybody(desk, context)
    build_quotas(
        context,
        officer=desk.officer,
        document=desk.document,
        categories=desk.categories,
        delegations=desk.delegations,
    )
    build_invitations(
        context,
        officer=desk.officer,
        document=desk.document,
        categories=desk.categories,
        delegations=desk.delegations,
    )
    build_visas(desk)
    build_vehicles(context, officer=desk.officer, delegations=desk.delegations)
    build_equipment(desk)
    build_photos(context)
    build_review(context, officer=desk.officer, categories=desk.categories)
    build_delegations(context, document=desk.document, categories=desk.categories, delegations=desk.delegations)
    desk.let_people_help_themselves()
    with context.at(now() - timedelta(days=1)):
        publish_later(desk.categories["school"], by=context.by)
        begin_draft(desk.categories["media"], by=context.by)


def _bring_everybody(desk: "Desk", context: DemoContext) -> None:
    """The edge cases by name, then as many others as are wanted."""
    edge_cases = list(_rows("edge_cases"))
    for row in edge_cases:
        desk.bring(desk.answers_of(row), category=row["category"], state=row["state"])
    regions = sorted(desk.delegations)
    for planned in plan(context.rng, count=max(context.people - len(edge_cases) - 1, 0), regions=regions):
        if planned.state == S.WAITLISTED:
            desk.use_up(planned.category)
        delegation = desk.delegations[planned.delegation]
        answers = {
            **invent_names(context.rng, citizenship=planned.citizenship, delegation=planned.delegation),
            **invent_work(context.rng, citizenship=planned.citizenship, region=delegation.region.name),
            "languages": invent_languages(context.rng, citizenship=planned.citizenship),
            "citizenship": planned.citizenship,
            "delegation": delegation,
        }
        desk.bring(answers, category=planned.category, state=planned.state)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / "demo_data" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _category(context: DemoContext, zones: dict[str, Zone], row: dict[str, str]) -> Category:
    """One line of the table; flags are written 1 and 0 there."""
    places, zone_codes, seniority = int(row.pop("places")), row.pop("zones").split(), int(row.pop("seniority"))
    switches = {name: row.pop(name) == "1" for name in ("open_to_applicants", "needs_approval", "prints_badge")}
    code = row.pop("code")
    return create_category(
        forum=context.forum,
        by=context.by,
        code=code,
        places=places,
        zones=[zones[code] for code in zone_codes],
        seniority=seniority,
        confirm_days=60,  # approved weeks ago in the demo, and still waiting
        lists_equipment=code in CREWS,
        takes_photos=switches["prints_badge"],
        **switches,
        **row,
    )


@dataclass
class Desk:
    """The people who carry applications through the demo: applicants on their side, one officer on the other."""

    context: DemoContext
    officer: Account
    document: ConsentDocument
    categories: dict[str, Category]
    delegations: dict[str, Delegation]
    number: int = 0

    @classmethod
    def open(cls, context: DemoContext) -> "Desk":
        """Everything that has to be there before the first applicant."""
        forum, by = context.forum, context.by
        with context.at(context.moment(-70, datetime.min.time())):
            publish_consent(forum=forum, by=by, purpose="publication", texts=PUBLICATION)
            publish_consent(forum=forum, by=by, purpose="document", texts=DOCUMENT)
            publish_consent(forum=forum, by=by, purpose="photo", texts=PHOTO)
            abroad = Organisation.objects.get(slug="demo-uz")
            publish_consent(forum=forum, by=by, purpose="abroad", texts=ABROAD, receiver=abroad)
            zones = {row["code"]: create_zone(forum=forum, by=by, **row) for row in _rows("zones")}
            categories = {row["code"]: _category(context, zones, row) for row in _rows("categories")}
            publish_first(categories, by=by)
            officer = Account.objects.get(email="officer@example.org")
            publish_rules(context, by=officer)
            return cls(
                context=context,
                officer=officer,
                document=publish_consent(forum=forum, by=by, purpose="processing", texts=CONSENT),
                categories=categories,
                delegations={
                    region.code: create_delegation(forum=forum, by=by, region=region)
                    for region in [forum.host_region, *forum.guest_regions.all()]
                },
            )

    def answers_of(self, row: dict[str, str]) -> dict[str, Any]:
        """The answers of one of the twenty edge cases."""
        delegation = self.delegations[row["delegation"]]
        fields = (
            "surname",
            "given_name",
            "patronymic",
            "latin_surname",
            "latin_given_name",
            "native_name",
            "citizenship",
        )
        return {
            **{field: row[field] for field in fields},
            **invent_work(self.context.rng, citizenship=row["citizenship"], region=delegation.region.name),
            "languages": invent_languages(self.context.rng, citizenship=row["citizenship"]),
            "delegation": delegation,
        }

    def bring(self, answers: dict[str, Any], *, category: str, state: str) -> Registration:
        """Walk one person from the first page to `state`, on days that fit."""
        self.number += 1
        email = DELEGATE_ACCOUNT if self.number == 1 else f"del-{self.number:02}@example.org"
        applied = self._day_of_application()
        with self.context.at(applied):
            registration = self._apply({"email": email} | answers, category)
        if state == S.DRAFT:
            return registration
        with self.context.at(applied + timedelta(minutes=6)):
            registration = submit(registration)
        self._decide(registration, state, decided=applied + timedelta(hours=self.context.rng.uniform(4, 70)))
        return registration

    def _day_of_application(self) -> datetime:
        """In the weeks before today, or before the forum once it has begun; in waking hours."""
        latest = min(now(), self.context.moment(-16, datetime.min.time()))
        day = latest - timedelta(days=self.context.rng.triangular(0.2, 34, 9))
        return day.replace(hour=self.context.rng.randint(2, 14), minute=self.context.rng.randint(0, 59))

    def _apply(self, answers: dict[str, Any], category: str) -> Registration:
        chosen = self.categories[category]
        language = LANGUAGES.get(answers["citizenship"], "ru")
        registration = start_application(
            forum=self.context.forum,
            category=chosen,
            document=self.document,
            language=language,
            by=None if chosen.open_to_applicants else self.officer,
        )
        return save_answers(
            registration,
            version=registration.version,
            answers=answers,
            questions=invented_answers(chosen, number=self.number),
        )

    def use_up(self, category: str) -> None:
        """The organiser has agreed on no more places of this category than are taken."""
        pool = self.categories[category].pool
        pool.refresh_from_db()
        if pool.left:
            resize_pool(pool, places=pool.taken, forum=self.context.forum, by=self.context.by)

    def _decide(self, registration: Registration, state: str, *, decided: datetime) -> None:
        """What the officer does, and then the delegate."""
        by, note = self.officer, REASONS.get(state, "")
        if registration.state != S.SUBMITTED:  # online participants need no review
            return self._follow_up(registration, state, after=decided)
        with self.context.at(decided):
            if state == S.NEEDS_CHANGES:
                review.ask_for_changes(registration, by=by, note=note)
            elif state == S.REJECTED:
                review.reject(registration, by=by, note=note)
            elif state == S.WAITLISTED:
                review.put_in_line(registration, by=by)
            elif state == SUBSTITUTE:
                self._replace(registration)
            elif state != S.SUBMITTED:
                self._approve(registration)
        return self._follow_up(registration, state, after=decided)

    def _approve(self, registration: Registration) -> None:
        try:
            review.approve(registration, by=self.officer)
        except DomainError:
            review.put_in_line(registration, by=self.officer)

    def _follow_up(self, registration: Registration, state: str, *, after: datetime) -> None:
        registration.refresh_from_db()
        if state not in (S.CONFIRMED, S.BLOCKED, S.CANCELLED, SUBSTITUTE) or registration.state != S.APPROVED:
            return
        with self.context.at(after + timedelta(hours=self.context.rng.uniform(1, 40))):
            if state == S.CANCELLED:
                withdraw(registration)
                return
            confirm(registration)
            if state == S.BLOCKED:
                review.block(registration, by=self.officer, reason=REASONS[S.BLOCKED])

    def _replace(self, substitute: Registration) -> None:
        """A colleague of the substitute had a confirmed place and gives it up."""
        answers = {
            **invent_names(self.context.rng, citizenship="RU", delegation="RU-KYA"),
            **{field: getattr(substitute, field) for field in ("organisation", "position", "delegation")},
            "languages": ["ru"],
            "citizenship": "RU",
        }
        colleague = self.bring(answers, category=substitute.category.code, state=S.CONFIRMED)
        review.replace(colleague, substitute=substitute, by=self.officer, reason="командировка отменена")

    def let_people_help_themselves(self) -> None:
        """Somebody who has withdrawn has deleted everything; somebody who cannot come has named a substitute."""
        mine = Registration.objects.filter(forum=self.context.forum).select_related("forum", "category", "person")
        withdrawn = mine.filter(state=S.CANCELLED, submitted_at__isnull=False).order_by("pk").last()
        giver = mine.filter(state=S.CONFIRMED, category__code="delegate").order_by("pk").last()
        with self.context.at(now() - timedelta(days=1)):
            if withdrawn:
                erase_person(withdrawn, basis=ErasureBasis.ASKED, by=None, as_applicant=True)
            if giver and may_hand_over(giver):
                names = {"surname": "Запасная", "given_name": "Вера"}
                begin_hand_over(giver, names=names, email="substitute@example.org", by=None)
