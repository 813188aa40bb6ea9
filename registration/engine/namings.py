"""Whether a text that somebody has typed names a person, in whichever of the person's spellings."""

from collections.abc import Mapping

from forum.names import fold

SPELLINGS = (("surname", "given_name"), ("latin_surname", "latin_given_name"))


def names_person(text: str, names: Mapping[str, str]) -> bool:
    """Surname and given name both stand in `text`, in any order. One of the two alone may be anybody."""
    words = set(fold(text).split())
    return any(_wholly_in(words, [names.get(part, "") for part in spelling]) for spelling in SPELLINGS)


def _wholly_in(words: set[str], parts: list[str]) -> bool:
    folded = [set(fold(part).split()) for part in parts]
    return all(folded) and all(part <= words for part in folded)
