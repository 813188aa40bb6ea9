"""Consents to processing, publication, data of the document, the photo and one organisation abroad, version 1:
sample texts of the demo edition, to be approved by the client's lawyer.

One `<name>_<language>.md` each, the Russian one being the original: the title, then paragraphs, `## ` headings and `- `
lists, which is what `registration.engine.texts` shows.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent
_LANGUAGES = ("ru", "en", "uz", "be")


def _read(name: str) -> dict[str, str]:
    """Translated columns of the consent document."""
    columns: dict[str, str] = {}
    for language in _LANGUAGES:
        title, body = (_FOLDER / f"{name}_{language}.md").read_text(encoding="utf-8").split("\n\n", 1)
        columns |= {f"title_{language}": title.removeprefix("# "), f"body_{language}": body.strip()}
    return columns


CONSENT = _read("consent")
PUBLICATION = _read("publication")
DOCUMENT = _read("document")
PHOTO = _read("photo")
ABROAD = _read("abroad")
