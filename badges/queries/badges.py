"""Badges as they are printed, and the state of one person's badge."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from babel.dates import format_interval
from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from modeltranslation.utils import build_localized_fieldname

from badges.engine.facts import BadgeFacts, BadgeWords, CategoryFact, ZoneFact
from badges.enums import CredentialState
from badges.models import BadgeFile, Credential
from badges.queries.facts import paper_hash, with_facts
from badges.queries.rows import FactsRow, PaperRow
from forum.models import Forum, Region
from forum.names import full_latin
from registration.enums import RegistrationState
from registration.models import Category, Person, Registration
from registration.queries.people import name_of

BADGE_LANGUAGE = "ru"
"""Badges speak the host's language; names carry a Latin line, categories and countries their English name."""
SCHOOL = "school"
"""Code of the category of the School of Competences, whose people carry a mark."""


class BadgeStage(StrEnum):
    """Where one person's badge stands, for the pages."""

    NOT_CONFIRMED = "not_confirmed"
    NO_BADGE = "no_badge"
    IN_WORK = "in_work"
    FLAGGED = "flagged"
    READY = "ready"


@dataclass(frozen=True, kw_only=True, slots=True)
class BadgeState:
    """One person's badge: the live credential, its newest file, and whether the paper is stale."""

    registration: Registration
    stage: BadgeStage
    credential: Credential | None
    problems: list[dict[str, str]]
    is_stale: bool


def badge_facts(registration: FactsRow, *, credential: Credential, photo: bytes = b"") -> BadgeFacts:
    """What the badge shows, from a row of `with_facts`; `photo` is one of `badges.queries.photos`."""
    with translation.override(BADGE_LANGUAGE):
        category, forum = registration.category, registration.forum
        return BadgeFacts(
            **_names(registration.person),
            organisation=registration.organisation,
            position=registration.position_short or registration.position,
            region=_region(registration),
            category=CategoryFact(
                name=category.name,
                letter=category.letter,
                colour=category.colour,
                second_name=_in_english(category),
            ),
            zones=tuple(ZoneFact(**zone) for zone in registration.zone_rows),
            languages=tuple(registration.person.languages),
            school_mark=pgettext("mark on the badge", "School") if category.code == SCHOOL else "",
            token=credential.token,
            short_code=credential.short_code,
            forum_title=forum.short_title,
            forum_dates=_dates(forum.starts_on, forum.ends_on),
            forum_place=forum.city,
            words=_words(forum),
            photo=photo,
        )


@lru_cache(maxsize=8)
def _dates(starts: date, ends: date) -> str:
    return str(format_interval(starts, ends, "yMMMMd", locale=BADGE_LANGUAGE))


def _names(person: Person) -> dict[str, str]:
    """The large name: the one wished for on the badge, else the Russian one, else the Latin one."""
    latin = full_latin(name_of(person))
    if person.badge_name:
        return {"surname": person.badge_name, "name_latin": latin}
    if person.surname:
        return {
            "surname": person.surname,
            "given": person.given_name,
            "patronymic": person.patronymic,
            "name_latin": latin,
        }
    return {"surname": person.latin_surname, "given": person.latin_given_name}


def _region(registration: Registration) -> str:
    """The region; a country also in English, since its people are met by those who do not read Russian."""
    region = registration.delegation.region if registration.delegation else None
    if region is None:
        return ""
    english = _in_english(region) if region.is_country else ""
    return f"{region.name} / {english}" if english else region.name


def _in_english(row: Category | Region) -> str:
    """The English name, empty where there is none."""
    return getattr(row, build_localized_fieldname("name", "en")) or ""


def _words(forum: Forum) -> BadgeWords:
    phone = (_("Organisers: %(phone)s") % {"phone": forum.contact_phone},) if forum.contact_phone else ()
    return BadgeWords(
        zones=_("Zones"),
        languages=_("Speaks"),
        emergency_title=_("In an emergency"),
        emergency_lines=(_("Rescue services: 112"), *phone),
        programme_title=_("Today's programme"),
        programme_lines=(f"{urlsplit(settings.SITE_URL).netloc}/programme/",),
        rules=_(
            "Personal, not to be passed on. Wear it visibly and keep your document with you. "
            "Lost it? Tell the badge desk: the old code stops working at once."
        ),
    )


def badge_states(rows: QuerySet[Registration]) -> list[BadgeState]:
    """The badges of `rows` (registrations), in their order; three queries however many they are."""
    registrations = list(with_facts(rows).annotate(paper=paper_hash()))
    live = Credential.objects.filter(registration__in=registrations, state=CredentialState.LIVE)
    credentials = {credential.registration_id: credential for credential in live}
    newest = BadgeFile.objects.filter(credential__in=credentials.values()).order_by("credential_id", "-pk")
    files = {file.credential_id: file for file in newest.distinct("credential_id")}
    return [_state(row, credentials.get(row.pk), files) for row in registrations]


def badge_state(registration: Registration) -> BadgeState:
    """The badge of one person."""
    return badge_states(Registration.objects.filter(pk=registration.pk))[0]


def _state(row: PaperRow, credential: Credential | None, files: dict[int, BadgeFile]) -> BadgeState:
    file = files.get(credential.pk) if credential else None
    return BadgeState(
        registration=row,
        stage=_stage(row, credential, file),
        credential=credential,
        problems=file.problems if file else [],
        is_stale=row.paper is not None and row.paper != row.facts_hash,
    )


def _stage(row: Registration, credential: Credential | None, file: BadgeFile | None) -> BadgeStage:
    if row.state != RegistrationState.CONFIRMED:
        return BadgeStage.NOT_CONFIRMED
    if not row.category.prints_badge:
        return BadgeStage.NO_BADGE
    if credential is None or file is None:
        return BadgeStage.IN_WORK
    return BadgeStage.FLAGGED if file.problems else BadgeStage.READY
