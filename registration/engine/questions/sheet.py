"""A form as plain data: what the officer has written, without rows. A published one never changes, so it may be kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from registration.enums import CHOSEN_KINDS, QuestionKind

Words = Mapping[str, str]
"""Language -> text."""
FALLBACKS = ("ru", "en")
"""Read where a text is missing in the reader's language, as for all translated columns."""


def said(words: Words, language: str) -> str:
    """The text in `language`, else in the first language that has it."""
    return next((text for code in (language, *FALLBACKS) if (text := words.get(code, ""))), "")


@dataclass(frozen=True)
class Option:
    """One answer of a choice. `pool_id`: its places are counted there. `places`: as many as this version opened."""

    code: str
    label: Words
    pool_id: int | None = None
    places: int | None = None


@dataclass(frozen=True)
class Bounds:
    """How far an answer may go. For texts `most` counts letters, for several choices both count ticks; for numbers and
    dates they are the first and the last that are taken. `whole`: no decimals. `system`: of sizes.
    """

    least: str = ""
    most: str = ""
    whole: bool = True
    system: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Bounds":
        """From the JSON of a row."""
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__ if name in stored})

    def stored(self) -> dict[str, Any]:
        """For the JSON of a row: only what is bounded."""
        return {
            n: v for n in self.__dataclass_fields__ if (v := getattr(self, n)) != self.__dataclass_fields__[n].default
        }

    def number(self, name: str) -> Decimal | None:
        """`least` or `most` as a number."""
        text = getattr(self, name)
        return Decimal(text) if text else None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `pk` is its row; `condition` says for whom it is there; answers to a version of the form below
    `good_from` have to be given again. `visible_to` names roles; answers
    are erased `kept_days` after the forum.
    """

    code: str
    kind: QuestionKind
    label: Words
    help: Words = field(default_factory=dict)
    purpose: Words = field(default_factory=dict)
    required: bool = False
    condition: Mapping[str, Any] | None = None
    bounds: Bounds = Bounds()
    options: tuple[Option, ...] = ()
    asks_again: bool = False
    good_from: int = 1
    is_sensitive: bool = False
    visible_to: frozenset[str] = frozenset()
    legal_basis: str = ""
    kept_days: int = 30
    pk: int | None = None

    @property
    def is_chosen(self) -> bool:
        """Answered by one or several of `options`."""
        return self.kind in CHOSEN_KINDS

    @cached_property
    def by_code(self) -> dict[str, Option]:
        """The options."""
        return {option.code: option for option in self.options}

    def pools_of(self, value: Any) -> set[int]:
        """Keys of the pools in which this answer takes a place."""
        chosen = value if isinstance(value, list) else [value]
        options = (self.by_code.get(code) for code in chosen) if self.is_chosen else ()
        return {option.pool_id for option in options if option and option.pool_id}


@dataclass(frozen=True)
class Part:
    """A section of the form."""

    title: Words
    hint: Words
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Sheet:
    """All of it. `number` is the version of the form."""

    number: int
    parts: tuple[Part, ...]

    def __iter__(self) -> Iterator[Item]:
        """Every question in order."""
        return (item for part in self.parts for item in part.items)

    @cached_property
    def by_code(self) -> dict[str, Item]:
        """Question by its code."""
        return {item.code: item for item in self}

    @cached_property
    def pools(self) -> dict[int, Option]:
        """The options with places, by the key of the pool."""
        return {option.pool_id: option for item in self for option in item.options if option.pool_id}
