"""The answers of an application as people read them: labels, values in words, two versions side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registration.actions.facts import PERSON_FIELDS
from registration.countries import country_name
from registration.engine.proposals import LatinName, propose_latin
from registration.engine.texts import Part, parts_of
from registration.enums import SpokenLanguage
from registration.models import Consent, Registration
from registration.queries.consents import key_of, withdrawal_of
from registration.validators import missing_answers

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LABELS: dict[str, "_StrPromise"] = {
    "category": _("Category"),
    "citizenship": _("Citizenship of the document"),
    "surname": _("Surname"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "latin_surname": _("Surname in Latin letters"),
    "latin_given_name": _("Given name in Latin letters"),
    "native_name": _("Native spelling"),
    "badge_name": _("Name on the badge"),
    "email": _("Email"),
    "language": _("Language of letters"),
    "languages": _("Languages spoken"),
    "delegation": _("Country or region"),
    "organisation": _("Organisation"),
    "position": _("Position"),
    "position_short": _("Position on the badge"),
}
STEP_FIELDS: dict[str, tuple[str, ...]] = {
    "category": ("category",),
    "name": (
        "citizenship",
        "surname",
        "given_name",
        "patronymic",
        "latin_surname",
        "latin_given_name",
        "native_name",
        "badge_name",
    ),
    "contact": ("email", "language", "languages"),
    "work": ("delegation", "organisation", "position", "position_short"),
}
"""Which step of the form asks what, in the order people are asked."""
WHOLE = STEP_FIELDS["name"] + STEP_FIELDS["contact"] + STEP_FIELDS["work"]
"""The same on one page. Not the category: changing it moves a place from one quota to another."""
STEP_TITLES: dict[str, "_StrPromise"] = {
    "category": _("Participation"),
    "name": _("Name"),
    "contact": _("Contact and languages"),
    "work": _("Work"),
}


@dataclass(frozen=True)
class Row:
    """One answer in words; `missing` says what to do where an answer is needed and not there. `link`: where one's own file
    is; `door`: where a member of the team asks for somebody's file, which is written down.
    """

    field: str
    label: str
    value: str
    missing: str = ""
    link: str = ""
    door: str = ""


@dataclass(frozen=True)
class Section:
    """The answers of one step."""

    step: str
    title: str
    rows: list[Row]
    key: str = ""
    """Where several sections belong to one step: what tells them apart."""

    @property
    def anchor(self) -> str:
        """For addresses on the page."""
        return self.key or self.step

    @property
    def is_complete(self) -> bool:
        """Nothing of this step is missing."""
        return not any(row.missing for row in self.rows)


@dataclass(frozen=True)
class Difference:
    """An answer that somebody else has changed meanwhile: what is stored and what was typed here."""

    label: str
    stored: str
    typed: str


def answer_of(registration: Registration, field: str) -> Any:
    """The stored value."""
    return getattr(registration.person if field in PERSON_FIELDS else registration, field)


def in_words(field: str, value: Any) -> str:
    """A stored or cleaned value as people read it."""
    if not value:
        return ""
    if field == "citizenship":
        return country_name(value)
    if field == "languages":
        return ", ".join(str(SpokenLanguage(code).label) for code in value)
    if field == "language":
        return str(dict(settings.LANGUAGES)[value])
    return str(value)


def sections(registration: Registration) -> list[Section]:
    """Everything that was answered, step by step."""
    missing = missing_answers(registration)
    return [
        Section(
            step,
            str(STEP_TITLES[step]),
            [
                Row(field, str(LABELS[field]), in_words(field, answer_of(registration, field)), missing.get(field, ""))
                for field in fields
            ],
        )
        for step, fields in STEP_FIELDS.items()
    ]


def differences(registration: Registration, typed: Mapping[str, Any]) -> list[Difference]:
    """What stands in the database against what was typed, where the two differ."""
    return [
        Difference(str(LABELS[field]), in_words(field, stored), in_words(field, value))
        for field, value in typed.items()
        if (stored := answer_of(registration, field)) != value
    ]


@dataclass(frozen=True)
class GivenConsent:
    """A consent with the text that was agreed to, in the language it was read in."""

    consent: Consent
    title: str
    language: str
    parts: list[Part]

    @property
    def key(self) -> str:
        """Of its purpose and receiver, for addresses."""
        return key_of(self.consent.document)

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was taken back."""
        withdrawal = withdrawal_of(self.consent)
        return withdrawal.withdrawn_at if withdrawal else None


def consents_of(registration: Registration) -> list[GivenConsent]:
    """Every consent of the person, also those that were taken back, oldest first."""
    given = registration.person.consents.select_related("document__receiver", "withdrawal")
    return [_with_text(consent) for consent in given]


def _with_text(consent: Consent) -> GivenConsent:
    with translation.override(consent.language):
        title, parts = consent.document.title, parts_of(consent.document.body)
    return GivenConsent(consent, title, in_words("language", consent.language), parts)


def latin_proposal(registration: Registration) -> LatinName:
    """The Latin name that the document probably has; false where one was given."""
    person = registration.person
    if person.latin_surname or person.latin_given_name:
        return LatinName("", "")
    return propose_latin(
        citizenship=person.citizenship, surname=person.surname, given=person.given_name, native=person.native_name
    )
