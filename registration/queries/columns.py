"""What registration tells in a table of people. Nobody is named, nor written to, whose consent is withdrawn."""

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forum.models import Account, Forum
from forum.refs import format_ref
from forum.registry import ExportColumn, export_columns
from registration.countries import country_name
from registration.engine.imports.words import FIELDS
from registration.enums import SpokenLanguage
from registration.models import ColumnSet, Registration
from registration.queries.answer_columns import answer_columns
from registration.queries.equipment import equipment_cells
from registration.queries.missing import missing_cells
from registration.queries.people import name_of

SEE = "registration.view_people"
APPLICATION, NAME, WORK, CONTACT = _("Application"), _("Name"), _("Work"), _("Contact and languages")
USUAL = ("ref", "state", "category", "surname", "given_name", "patronymic", "delegation", "organisation", "position")
"""Where nobody has chosen yet."""
Value = Callable[[Registration], str]


def _each(value: Value) -> Callable[[Sequence[Registration]], dict[int, str]]:
    return lambda registrations: {one.pk: value(one) for one in registrations}


def _part_of_name(part: str) -> Value:
    return lambda one: str(getattr(name_of(one.person), part))


def _known(value: Callable[[Any], str]) -> Value:
    """Of a person who has not withdrawn."""
    return lambda one: "" if one.person.processing_stopped_at else value(one.person)


def _moment(field: str) -> Value:
    def told(one: Registration) -> str:
        at = getattr(one, field)
        return f"{at.astimezone(ZoneInfo(one.forum.timezone)):%Y-%m-%d %H:%M}" if at else ""

    return told


def _languages(person: Any) -> str:
    return ", ".join(str(SpokenLanguage(code).label) for code in person.languages)


_COLUMNS: tuple[tuple[str, Any, Any, Value, int], ...] = (
    ("ref", APPLICATION, _("Reference"), lambda one: format_ref(one.ref), 14),
    ("state", APPLICATION, _("State"), lambda one: str(one.get_state_display()), 18),
    ("category", APPLICATION, FIELDS["category"], lambda one: one.category.name, 18),
    ("submitted", APPLICATION, _("Sent"), _moment("submitted_at"), 18),
    ("confirm_by", APPLICATION, _("To confirm by"), _moment("confirm_by"), 18),
    ("surname", NAME, FIELDS["surname"], _part_of_name("surname"), 22),
    ("given_name", NAME, FIELDS["given_name"], _part_of_name("given"), 18),
    ("patronymic", NAME, FIELDS["patronymic"], _part_of_name("patronymic"), 18),
    ("latin_surname", NAME, FIELDS["latin_surname"], _part_of_name("latin_surname"), 22),
    ("latin_given_name", NAME, FIELDS["latin_given_name"], _part_of_name("latin_given"), 18),
    ("native_name", NAME, FIELDS["native_name"], _part_of_name("native"), 28),
    ("badge_name", NAME, FIELDS["badge_name"], _known(lambda person: person.badge_name), 24),
    ("citizenship", NAME, FIELDS["citizenship"], _known(lambda person: country_name(person.citizenship)), 18),
    ("delegation", WORK, FIELDS["delegation"], lambda one: one.delegation.region.name if one.delegation else "", 24),
    ("organisation", WORK, FIELDS["organisation"], lambda one: one.organisation, 36),
    ("position", WORK, FIELDS["position"], lambda one: one.position, 44),
    ("position_short", WORK, FIELDS["position_short"], lambda one: one.position_short, 28),
    ("email", CONTACT, FIELDS["email"], _known(lambda person: person.email), 30),
    ("language", CONTACT, FIELDS["language"], lambda one: str(dict(settings.LANGUAGES)[one.language]), 14),
    ("languages", CONTACT, FIELDS["languages"], _known(_languages), 26),
)
COLUMNS = (
    *(ExportColumn(name, group, label, _each(value), SEE, width) for name, group, label, value, width in _COLUMNS),
    ExportColumn("missing", APPLICATION, _("Answers missing"), missing_cells, SEE, 40),
    ExportColumn("equipment", APPLICATION, _("Equipment"), equipment_cells, SEE, 40),
)


def columns_for(account: Account, *, forum: Forum) -> list[ExportColumn]:
    """What this person may put into a table, in its order: answers to the forms in force at the end."""
    columns = [*export_columns, *answer_columns(account, forum)]
    return [column for column in columns if account.has_perm(column.permission)]


def column_sets_of(account: Account, *, forum: Forum) -> list[ColumnSet]:
    """Their own choices first, then what others share."""
    sets = ColumnSet.objects.filter(forum=forum).select_related("owner")
    mine = sets.filter(owner=account)
    return [*mine, *sets.filter(shared=True).exclude(owner=account)]
