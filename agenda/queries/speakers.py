"""Speakers as the public may see them."""

from agenda.models import Speaker
from forum.models import Forum

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


def _capitalised(name: str) -> str:
    """Documents print PRIMEROVA; a programme prints Primerova."""
    return name.title() if name.isupper() else name
