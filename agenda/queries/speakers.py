"""Speakers as the public may see them."""

from agenda.models import Speaker
from forum.models import Forum

LATIN = "en"
"""A language whose readers see the Latin spelling of every name."""
NATIVE = {"uz": "UZ", "be": "BY"}
"""Languages whose readers see the native spelling of names from their own country."""


def published_speakers(forum: Forum) -> dict[str, Speaker]:
    """Those who consent to publication, by public id."""
    consenting = Speaker.objects.filter(forum=forum, publication_consent=True)
    return {str(speaker.public_id): speaker for speaker in consenting.select_related("organisation", "region")}


def published_name(speaker: Speaker, *, language: str) -> str:
    """The name as a programme in `language` prints it, given name first; one of the spellings, never derived.

    English and Uzbek use the Latin spelling of the document, Russian and Belarusian the Russian one; readers of Uzbek
    and Belarusian see their own people in the native spelling.
    """
    if speaker.native_name and NATIVE.get(language) == speaker.region.code:
        return speaker.native_name
    if language in ("en", "uz"):
        return f"{_capitalised(speaker.latin_given_name)} {_capitalised(speaker.latin_surname)}".strip()
    return f"{speaker.given_name} {speaker.surname}".strip()


def listed_name(speaker: Speaker, *, language: str) -> str:
    """The same spelling with the surname first, as lists by alphabet have it; native spellings are written so anyway."""
    if speaker.native_name and NATIVE.get(language) == speaker.region.code:
        return speaker.native_name
    if language in ("en", "uz"):
        return f"{_capitalised(speaker.latin_surname)} {_capitalised(speaker.latin_given_name)}".strip()
    return f"{speaker.surname} {speaker.given_name}".strip()


def native_spelling(speaker: Speaker) -> tuple[str, str]:
    """(language, name) of people from a country whose language we speak; two empty texts for others."""
    own = {country: language for language, country in NATIVE.items()}
    language = own.get(speaker.region.code, "")
    return (language, speaker.native_name) if language and speaker.native_name else ("", "")


def spellings(speaker: Speaker) -> list[str]:
    """Every spelling under which somebody may look for the name."""
    return [speaker.surname, speaker.given_name, speaker.latin_surname, speaker.latin_given_name, speaker.native_name]


def _capitalised(name: str) -> str:
    """Documents print PRIMEROVA; a programme prints Primerova."""
    return name.title() if name.isupper() else name
