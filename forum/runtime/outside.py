"""Texts of libraries that our pages show, as far as the library itself does not speak one of our languages.

Django and allauth bring catalogues, not in every language: allauth none in Belarusian, Django's Uzbek one has holes. What is
missing there is translated here, in the catalogue of `forum`, which is read before theirs.
"""

import io
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from forum.runtime.extract import Text, texts_of_python

# Where the words stand that forms, sign-in and the second factor may show.
SHOWN = {
    "django": ("conf/locale", ("forms", "core/validators.py")),
    "allauth": ("locale", ("account/adapter.py", "account/fields.py", "account/forms.py", "mfa")),
}


@cache
def texts_left_out(language: str) -> list[Text]:
    """Those that their library has no words for in `language`."""
    return [text for library in SHOWN for text in _left_out(library, language)]


def _left_out(library: str, language: str) -> Iterator[Text]:
    catalogue = _catalogue(library, language)
    return (text for text in _texts(library) if not _is_known(catalogue, text))


@cache
def _texts(library: str) -> list[Text]:
    folder, (_locale, places) = _folder(library), SHOWN[library]
    found = [folder / place for place in places]
    files = [file for path in found for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return [
        text
        for file in files
        for text in texts_of_python(
            file.read_text(encoding="utf-8"), file=f"{library}/{file.relative_to(folder).as_posix()}"
        )
    ]


def _catalogue(library: str, language: str) -> Catalog:
    path = _folder(library) / SHOWN[library][0] / language / "LC_MESSAGES" / "django.mo"
    return read_mo(io.BytesIO(path.read_bytes())) if path.exists() else Catalog(locale=language)


def _is_known(catalogue: Catalog, text: Text) -> bool:
    message = catalogue.get((text.singular, text.plural) if text.plural else text.singular, text.context)
    strings = message.string if message is not None else ""
    return all(strings) if isinstance(strings, tuple) else bool(strings)


def _folder(library: str) -> Path:
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{library} is not installed")
    return Path(spec.origin).parent
