"""What a badge says. Every visible word comes in from the caller, already in the language it is printed in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryFact:
    """Who the person is here. The letter says it without colour; `second_name` is the name for foreign readers."""

    name: str
    letter: str
    colour: str
    second_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneFact:
    """An area the badge opens; the name is explained on the back."""

    letter: str
    colour: str
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BadgeWords:
    """Small captions. An empty caption is not drawn."""

    zones: str = ""
    languages: str = ""
    # Back: what to do in an emergency ("112"), whom to call, where today's programme is, whose badge this is.
    emergency_title: str = ""
    emergency_lines: tuple[str, ...] = ()
    programme_title: str = ""
    programme_lines: tuple[str, ...] = ()
    rules: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BadgeFacts:
    """Everything that one badge shows. Names as the person confirmed them; only the surname must be there.

    `token` and `short_code` are the stored forms of `badges.engine.token`. Colours are `#RRGGBB`. `photo` is a small JPEG of
    `badges.engine.photo`, empty where none is shown.
    """

    surname: str
    given: str = ""
    patronymic: str = ""
    name_latin: str = ""
    organisation: str = ""
    position: str = ""
    region: str = ""
    category: CategoryFact
    zones: tuple[ZoneFact, ...] = ()
    languages: tuple[str, ...] = ()
    school_mark: str = ""
    token: str
    short_code: str
    forum_title: str
    forum_dates: str = ""
    forum_place: str = ""
    words: BadgeWords = BadgeWords()
    photo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Why a badge must not be printed as it is.

    `code`: `missing_glyphs` (the font lacks `characters`), `does_not_fit`, `empty`, `bad_token`, `bad_code`,
    `bad_colour`.
    `field` is the name of the fact, with its parent's where it has one (`category.name`).
    """

    field: str
    code: str
    characters: str = ""


class BadgeError(ValueError):
    """One badge cannot be printed; `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.field}: {problem.code}" for problem in problems))
        self.problems = problems
