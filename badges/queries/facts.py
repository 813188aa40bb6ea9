"""What a badge says, gathered by one query, and a hash by which stale paper is known.

`facts_hash` covers what is printed about the person: names, organisation, position, region, category, zones, languages
spoken, the photo where there is one, and the version of the layout. It is made by the database, so that ten thousand
badges are compared in one statement. What is the forum's (its title, days, telephone) is left out on purpose: a new
telephone number must not turn every badge amber at the doors.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    Func,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from badges.enums import CredentialState
from badges.models import BadgeFile, PrintRecord
from badges.queries.rows import FactsRow
from forum.queries.compiled import Compiled, Slot
from registration.enums import RegistrationState, ZoneKind
from registration.models import Registration, Zone
from registration.queries.pictures import photo_to_show

if TYPE_CHECKING:
    from forum.models import Forum

LAYOUT_VERSION = 1
"""Raise it when badges already on paper must not be used any more: all of them become stale."""
PRINTED_OF_PERSON = (
    "surname",
    "given_name",
    "patronymic",
    "latin_surname",
    "latin_given_name",
    "badge_name",
    "languages",
)


class FactsList(Func):
    """All arguments as one JSON array: no two different lists give the same text."""

    function = "jsonb_build_array"
    output_field = JSONField()


class IfAny(Func):
    """The argument as the last entry of the array; nothing where it is null: badges without a photo say what they said."""

    template = "coalesce(to_jsonb(%(expressions)s), '[]'::jsonb)"
    output_field = JSONField()


class FactsHash(Func):
    """SHA-256, in hex, of the arrays that the arguments are, one behind the other."""

    template = "encode(sha256(convert_to((%(expressions)s)::text, 'UTF8')), 'hex')"
    arg_joiner = " || "
    output_field = CharField()


def holding_badges(forum: "Forum") -> QuerySet[Registration]:
    """Confirmed people whose category has a badge."""
    return Registration.objects.filter(
        forum=forum, state=RegistrationState.CONFIRMED, category__prints_badge=True
    ).order_by()


def with_facts(rows: QuerySet[Registration]) -> QuerySet[FactsRow]:
    """`rows` with all that a badge says: `zone_rows` and `facts_hash` beside the related rows."""
    return annotated(rows).select_related("forum", "person", "category", "delegation__region")


def registration_with_facts(pk: int) -> FactsRow:
    """One registration `with_facts`. Raises `IndexError` when there is none."""
    return _ONE.get(pk=pk)


def annotated(rows: QuerySet[Registration]) -> QuerySet[FactsRow]:
    """`rows` with `zone_rows`, `photo_pk` and `facts_hash` alone."""
    return rows.annotate(
        zone_rows=ArraySubquery(_areas(letter="letter", colour="colour", name="name_ru")),
        photo_pk=photo_to_show(),
        facts_hash=FactsHash(facts_list(), IfAny(photo_to_show())),
    )


def paper_hash() -> Coalesce:
    """From which facts the paper in a registration's hands was made: an expression, null when there is no paper.

    The newest print of the live credential; where none was printed here, its newest file: people print that at home, it
    was mailed to them, and a later one exists only because they asked for it.
    """
    mine = {"credential__registration": OuterRef("pk"), "credential__state": CredentialState.LIVE}
    printed = PrintRecord.objects.filter(**mine).order_by("-pk").values("facts_hash")[:1]
    mailed = BadgeFile.objects.filter(**mine, problems=[]).order_by("-pk").values("facts_hash")[:1]
    return Coalesce(Subquery(printed), Subquery(mailed))


def facts_list() -> FactsList:
    """Everything printed about the person but the photo."""
    return FactsList(
        Value(LAYOUT_VERSION),
        *(F(f"person__{field}") for field in PRINTED_OF_PERSON),
        F("organisation"),
        Case(When(position_short="", then=F("position")), default=F("position_short")),
        F("delegation__region__name_ru"),
        F("category__name_ru"),
        F("category__letter"),
        F("category__colour"),
        ArraySubquery(_areas(letter="letter", colour="colour")),
    )


def _areas(**columns: str) -> QuerySet[Zone, Any]:
    """Zones of the category, each as one JSON object. A plant visit is no area: it is granted per slot, not printed."""
    areas = Zone.objects.filter(categories=OuterRef("category"), kind=ZoneKind.AREA).order_by("letter")
    # Not values(row=…): modeltranslation adds all columns of the model to that.
    return areas.annotate(row=JSONObject(**columns)).values("row")


_ONE: Compiled[FactsRow] = Compiled(
    lambda: with_facts(Registration.objects.filter(pk=Slot("pk", BigIntegerField())).order_by())
)
