"""Finding people: by any spelling in any script, in the wrong keyboard layout, and with one slip of the finger.

The first reading of the words that finds anybody counts: as they were typed, as the same keys write in the other layout,
and last as names that differ by one letter. Each is answered by an index, so that fifty thousand people are searched as
quickly as fifty.
"""

from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Func, Q, QuerySet, TextField, Value

from forum.names import one_slip_apart, other_layout, search_words
from forum.queries.kept import NAMES
from forum.refs import normalise_ref
from registration.models import Person, Registration

Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")
"""Registrations, whatever else is annotated to them."""
MOST_ALIKE = 20
"""Words of other people that may be meant by one typed word."""
SHORTEST = 4
"""Letters below which two names that differ by one are simply two names."""


def matching(rows: Rows, query: str) -> Rows:
    """Those of `rows` that contain every word of `query`, or whose reference, email or organisation it is."""
    for words in (query, other_layout(query)):
        found = written(rows, words)
        if found.exists():
            return found
    return alike(rows, query)


def written(rows: Rows, query: str) -> Rows:
    """The same for the words as they stand."""
    return rows.filter(pk__in=_registrations(query))


def alike(rows: Rows, query: str) -> Rows:
    """Those in whose spellings every word of `query` stands with at most one slip."""
    return rows.filter(person__in=_alike(query))


def people_matching(rows: "QuerySet[Person]", query: str) -> "QuerySet[Person]":
    """As `matching`, for people: by name, email, or the reference of one of their applications."""
    for words in (query, other_layout(query)):
        found = rows.filter(pk__in=_people(words))
        if found.exists():
            return found
    return rows.filter(pk__in=_alike(query))


def _registrations(query: str) -> "QuerySet[Any, Any]":
    """Each way by an index of its own: an OR over two tables would read both whole."""
    rows, words = Registration.objects.order_by().values("pk"), query.strip()
    by_organisation = rows.filter(organisation__icontains=words) if words else rows.none()
    return rows.filter(person__in=_people(query)).union(by_organisation)


def _people(query: str) -> "QuerySet[Any, Any]":
    rows = Person.objects.order_by().values("pk")
    ways = [rows.filter(registrations__ref=ref) for ref in _refs(query)]
    if "@" in query:
        ways.append(rows.filter(email=query.strip().lower()))
    return _named(rows, search_words(query)).union(*ways)


def _named(rows: "QuerySet[Any, Any]", words: list[str]) -> "QuerySet[Any, Any]":
    if not words:
        return rows.none()
    for word in words:
        rows = rows.filter(search_text__contains=word)
    return rows


def _refs(query: str) -> list[str]:
    try:
        return [normalise_ref(query)]
    except ValueError:
        return []


def _alike(query: str) -> "QuerySet[Any, Any]":
    """People in whose spellings every word is there, at most one of its letters changed, left out, added or swapped.

    The words of all names are few, so they are compared letter by letter, and people are asked for by those that fit.
    """
    rows = Person.objects.order_by().values("pk")
    words = [word for word in search_words(query) if len(word) >= SHORTEST]
    if not words:
        return rows.none()
    written = NAMES.kept("words", build=_written_words)
    for word in words:
        near = [Q(search_text__contains=other) for other in written if one_slip_apart(word, other)][:MOST_ALIKE]
        rows = rows.filter(reduce(or_, near, Q(pk__in=[])))
    return rows


def _written_words() -> list[str]:
    """All words that stand in names, in both scripts."""
    words = Func(
        Func("search_text", Value(" "), function="string_to_array"), function="unnest", output_field=TextField()
    )
    return list(Person.objects.order_by().values_list(words, flat=True).distinct())
