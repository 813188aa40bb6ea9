"""Each app's `locale/<language>/LC_MESSAGES/django.po`: merged with the source, checked, compiled.

English is the language of the source and has no catalogue. A translation is never guessed and never lost: texts that
left the source stay below as obsolete until `./run messages --prune`.
"""

import io
from collections.abc import Iterator, KeysView, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from forum.runtime.extract import Text, texts_of
from forum.runtime.outside import texts_left_out
from forum.runtime.paths import APPS, ROOT

LANGUAGES = ("ru", "uz", "be")
# Every text has Russian; what only the team reads may lack the others.
ALWAYS = "ru"
# The app whose catalogues complete those of libraries.
OUTSIDE = "forum"
# Dates and names of tools would make every run a change.
NOISE = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Report-Msgid', '"Generated-By', '"Project-Id')

Key = tuple[str | None, str]
Words = str | tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    app: str
    language: str
    kind: str
    text: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.app}/{self.language} {self.kind}: {self.text!r}{f' ({self.file})' if self.file else ''}"


def po_path(app: str, language: str) -> Path:
    return ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(app: str, language: str) -> Catalog:
    """The catalogue of one app; an empty one where the file is not there yet."""
    path = po_path(app, language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def words_of(catalogue: Catalog) -> dict[Key, Words]:
    """All translations that are there, obsolete ones included: a text may come back."""
    found: dict[Key, Words] = {}
    for message in (*catalogue.obsolete.values(), *catalogue):
        if message.id and is_translated(message) and not message.fuzzy:
            found[message.context, _singular(message)] = message.string
    return found


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)


# --- merge ---------------------------------------------------------------------------------------------------------
def merge(app: str, language: str, *, known: dict[Key, Words], prune: bool = False) -> int:
    """Write the catalogue anew from the source and return how many texts still lack a translation.

    `known` holds translations of other apps, used where the same text has none of its own.
    """
    old = read(app, language)
    words = known | words_of(old)
    new = Catalog(locale=language, charset="utf-8", fuzzy=False)
    for text in texts_for(app, language):
        _add(new, text, words)
    if not prune:
        _keep_obsolete(new, old)
    _write(new, po_path(app, language))
    return sum(1 for message in new if message.id and not is_translated(message))


def texts_for(app: str, language: str) -> list[Text]:
    """What the catalogue of `app` in `language` holds: its own texts and, in `forum`, those that libraries leave out."""
    own = texts_of(app)
    return [*own, *texts_left_out(language)] if app == OUTSIDE else own


def known_words(language: str) -> dict[Key, Words]:
    words: dict[Key, Words] = {}
    for app in reversed(APPS):
        words |= words_of(read(app, language))
    return words


def _add(catalogue: Catalog, text: Text, words: dict[Key, Words]) -> None:
    identity = (text.singular, text.plural) if text.plural else text.singular
    count = catalogue.num_plurals if text.plural else 1
    string = words.get(text.key, "")
    if text.plural and not (isinstance(string, tuple) and len(string) == count):
        string = ("",) * count
    elif not text.plural and isinstance(string, tuple):
        string = ""
    # No line numbers: they would change with every edit above the text.
    catalogue.add(identity, string, locations=[(text.file, 0)], context=text.context)


def _keep_obsolete(new: Catalog, old: Catalog) -> None:
    present = {(message.context, _singular(message)) for message in new if message.id}
    for message in (*old.obsolete.values(), *old):
        key = (message.context, _singular(message))
        if message.id and is_translated(message) and key not in present:
            new.obsolete[new._key_for(message.id, message.context)] = message


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _write(catalogue: Catalog, path: Path) -> None:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, include_lineno=False, sort_output=False, omit_header=False)
    lines = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(NOISE)]
    while lines and lines[0].startswith("#"):  # Babel's own licence header
        lines.pop(0)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(lines).rstrip() + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


# --- check ---------------------------------------------------------------------------------------------------------
def faults(apps: Sequence[str] = ()) -> Iterator[Fault]:
    """What keeps the catalogues from being complete: missing, fuzzy, obsolete, broken placeholders. No `apps`: all."""
    for language in LANGUAGES:
        translated = known_words(language).keys()
        for app in apps or APPS:
            found = texts_for(app, language)
            yield from _faults_of_source(app, language, found, translated)
            yield from _faults_of_file(app, language, found)


def _faults_of_source(app: str, language: str, texts: list[Text], translated: KeysView[Key]) -> Iterator[Fault]:
    wanted = {text.key: text for text in texts if language == ALWAYS or not text.is_team_only}
    for key, text in wanted.items():
        if key not in translated:
            yield Fault(app, language, "missing", text.singular, text.file)


def _faults_of_file(app: str, language: str, texts: list[Text]) -> Iterator[Fault]:
    catalogue, source = read(app, language), {text.key for text in texts}
    for message in catalogue:
        if not message.id:
            continue
        if message.fuzzy:
            yield Fault(app, language, "fuzzy", _singular(message))
        if (message.context, _singular(message)) not in source:
            yield Fault(app, language, "not in the source", _singular(message))
        if is_translated(message):
            for error in message.check(catalogue):
                yield Fault(app, language, f"wrong ({error})", _singular(message))
    for message in catalogue.obsolete.values():
        yield Fault(app, language, "obsolete", _singular(message))


# --- compile -------------------------------------------------------------------------------------------------------
def compile_changed() -> int:
    """Compile each catalogue that is newer than its `.mo`, and return how many were."""
    stale = [(app, language) for app in APPS for language in LANGUAGES if _is_stale(po_path(app, language))]
    for app, language in stale:
        path = po_path(app, language)
        half = path.with_suffix(".part")
        with half.open("wb") as file:
            write_mo(file, read(app, language))
        half.replace(path.with_suffix(".mo"))
    return len(stale)


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return path.exists() and (not compiled.exists() or compiled.stat().st_mtime <= path.stat().st_mtime)
