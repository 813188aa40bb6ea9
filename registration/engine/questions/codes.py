"""Names of questions and answers for programs, made from what people wrote."""

import re
from collections.abc import Collection, Iterator

from forum.names import icao9303

LONGEST = 30
_OTHER = re.compile(r"[^a-z0-9]+")
_WORDS = 4


def code_from(text: str, *, taken: Collection[str], otherwise: str) -> str:
    """Small Latin letters, digits and `_`, a letter first; not among `taken`. `otherwise`: for a text without any letter."""
    words = _OTHER.sub(" ", icao9303(text).lower()).split()[:_WORDS]
    code = "_".join(words).lstrip("0123456789_")[: LONGEST - 4].strip("_") or otherwise
    return next(one for one in _numbered(code) if one not in taken)


def _numbered(code: str) -> Iterator[str]:
    yield code
    number = 2
    while True:
        yield f"{code}_{number}"
        number += 1
