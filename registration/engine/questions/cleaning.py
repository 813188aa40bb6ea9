"""What was typed or sent becomes an answer, or is refused with a code that has words (`words`).

An answer is plain JSON: text, a whole number (one with decimals is text: `"2.5"`), true or false, a list of codes, an ISO
day, the id of a file. Nothing given is None. Forms, the API and imports clean alike.
"""

import re
import unicodedata
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from forum.names import clean_name
from registration.engine.imports.dates import read_date
from registration.engine.questions.sheet import Item
from registration.enums import QuestionKind, SizeSystem, SpokenLanguage

K = QuestionKind
LONGEST = {K.TEXT: 250, K.LONG_TEXT: 4000}
"""Letters, whatever the officer has allowed beyond."""
SIZES: dict[str, tuple[str, ...]] = {
    SizeSystem.CLOTHES: ("XS", "S", "M", "L", "XL", "2XL", "3XL", "4XL"),
    SizeSystem.SHOES: tuple(str(n) for n in range(34, 51)),
    SizeSystem.HEAD: tuple(str(n) for n in range(52, 65)),
}
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,4})?")
_PHONE_DRESS = re.compile(r"[\s()\-\u2010-\u2015.]+")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_HOME_PHONE = re.compile(r"8([0-9]{10})")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)


class AnswerError(ValueError):
    """Why it is no answer."""

    def __init__(self, code: str, **data: str) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


MISSING = {K.TICK: "not_ticked", K.FILE: "no_file", K.PHOTO: "no_file"}
"""What an answer that is not there is called, where it is not just missing."""


@dataclass(frozen=True)
class World:
    """Closed lists that are not the form's own: codes of countries and of regions."""

    countries: Collection[str] = ()
    regions: Collection[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Of both, for people."""


def clean(item: Item, raw: Any, world: World) -> Any:
    """The answer to `item`; None when there is none. Raises `AnswerError`, also where one is needed."""
    value = None if _is_nothing(raw) else _CLEANERS[item.kind](item, raw, world)
    if item.required and (value is None or value is False):
        raise AnswerError(MISSING.get(item.kind, "missing"))
    return value


def _is_nothing(raw: Any) -> bool:
    return raw is None or raw in ("", []) or (isinstance(raw, str) and not raw.strip())


def _text(raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise AnswerError("not_text")
    return str(raw)


def _line(item: Item, raw: Any, world: World) -> str | None:
    return _not_too_long(item, clean_name(_text(raw)))


def _long(item: Item, raw: Any, world: World) -> str | None:
    """Lines stay lines; everything else that cannot be read is taken out as in a name."""
    lines = _text(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _not_too_long(item, "\n".join(clean_name(line) for line in lines).strip("\n"))


def _not_too_long(item: Item, text: str) -> str | None:
    limit = LONGEST[item.kind]
    if (most := item.bounds.number("most")) is not None:
        limit = min(limit, int(most))
    if len(text) > limit:
        raise AnswerError("too_long", most=str(limit))
    return text or None


def _number(item: Item, raw: Any, world: World) -> int | str:
    typed = repr(raw) if isinstance(raw, float) else _text(raw)  # JSON writes 2.5 without quotation marks
    text = "".join(char for char in typed if not char.isspace()).replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
        raise AnswerError("not_a_number")
    number = Decimal(text.replace(",", "."))
    if item.bounds.whole and number != number.to_integral_value():
        raise AnswerError("not_whole")
    _within(item, number, item.bounds.number("least"), item.bounds.number("most"))
    return int(number) if number == number.to_integral_value() else format(number.normalize(), "f")


def _within(item: Item, value: Any, least: Any, most: Any) -> None:
    if (least is not None and value < least) or (most is not None and value > most):
        code = "between" if least is not None and most is not None else "at_least" if least is not None else "at_most"
        raise AnswerError(f"{item.kind}_{code}", least=item.bounds.least, most=item.bounds.most)


def _date(item: Item, raw: Any, world: World) -> str:
    text = _text(raw)
    day = read_date(text) if re.search(r"[-./]", text) else None
    if day is None:
        raise AnswerError("no_such_day")
    if not _EARLIEST <= day <= _LATEST:
        raise AnswerError("day_far_away")
    least, most = (date.fromisoformat(text) if text else None for text in (item.bounds.least, item.bounds.most))
    _within(item, day, least, most)
    return day.isoformat()


def _choice(item: Item, raw: Any, world: World) -> str:
    return _one_of(_text(raw), item.by_code)


def _one_of(code: str, offered: Collection[str]) -> str:
    if code not in offered:
        raise AnswerError("not_offered")
    return code


def _several(item: Item, raw: Any, world: World) -> list[str]:
    """In the order of the form, each once."""
    chosen = {_one_of(_text(code), item.by_code) for code in (raw if isinstance(raw, list) else [raw])}
    least, most = item.bounds.number("least"), item.bounds.number("most")
    _within(item, len(chosen), least, most)
    return [option.code for option in item.options if option.code in chosen]


def _country(item: Item, raw: Any, world: World) -> str:
    return _one_of(_text(raw), world.countries)


def _region(item: Item, raw: Any, world: World) -> str:
    return _one_of(_text(raw), world.regions)


def _phone(item: Item, raw: Any, world: World) -> str:
    return phone_of(_text(raw))


def phone_of(text: str) -> str:
    """`+79130000000`; a Russian number may begin with 8 as at home. Raises `AnswerError("not_a_phone")`."""
    digits = _PHONE_DRESS.sub("", unicodedata.normalize("NFKC", text))
    if home := _HOME_PHONE.fullmatch(digits):
        digits = f"+7{home[1]}"
    if not _PHONE.fullmatch(digits):
        raise AnswerError("not_a_phone")
    return digits


def _language(item: Item, raw: Any, world: World) -> str:
    return _one_of(_text(raw), SpokenLanguage.values)


def _size(item: Item, raw: Any, world: World) -> str:
    return _one_of(_text(raw), SIZES.get(item.bounds.system, ()))


def _tick(item: Item, raw: Any, world: World) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("on", "true", "True", "1"):
        return True
    if raw in ("off", "false", "False", "0"):
        return False
    raise AnswerError("not_a_tick")


def _file(item: Item, raw: Any, world: World) -> str:
    """The id of a file that was handed in. Whether it is this person's is asked where it is kept."""
    try:
        return str(uuid.UUID(_text(raw)))
    except ValueError as error:
        raise AnswerError("not_a_file") from error


_CLEANERS: dict[str, Callable[[Item, Any, World], Any]] = {
    K.TEXT: _line,
    K.LONG_TEXT: _long,
    K.NUMBER: _number,
    K.DATE: _date,
    K.CHOICE: _choice,
    K.SEVERAL: _several,
    K.COUNTRY: _country,
    K.REGION: _region,
    K.PHONE: _phone,
    K.LANGUAGE: _language,
    K.SIZE: _size,
    K.TICK: _tick,
    K.FILE: _file,
    K.PHOTO: _file,
}
