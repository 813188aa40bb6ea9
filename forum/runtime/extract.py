"""Which texts of an app want a translation: found in its Python files and templates, without gettext's programs."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from forum.runtime.paths import ROOT

# The functions of django.utils.translation, as Babel wants them: positions of singular, plural and context.
KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
NOT_SHOWN = re.compile(r"/(migrations|runtime|locale|static|frontend)/")
# Only the team reads these: Russian and English are enough there (`docs/decisions`).
TEAM_ONLY = re.compile(
    r"""^\w+/templates/\w+/(team|demo|scan)[/._]    # pages of the team, the demo's sign-in, the scanner
      | ^\w+/web/(\w+_)?(team|demo|scan)\w*\.py$    # their views and forms
      | ^\w+/templatetags/team_\w+\.py$             # their words
      | ^agenda/actions/(moving|notices|proposals|speakers)\.py$ | ^agenda/queries/wording\.py$  # between editors
      | ^\w+/api/                                   # what programs of the team are told
      | ^forum/actions/(tokens|api_answers)\.py$
      | ^registration/(actions/imports|engine/imports/words|exports/wrong_rows)\.py$   # lists of people
      | ^registration/engine/questions/problem_words\.py$                              # drafts of forms
      | ^badges/engine/wording\.py$                # what the scanner says
      | ^registration/exports/consents\.py$        # the register of who answers for personal data
      | ^registration/(actions|models)/exports\.py$ | ^registration/exports/people\.py$ | /queries/columns\.py$  # tables
      | ^\w+/management/ | ^\w+/demo(/|\.py$)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Text:
    """One text of the source: English `singular`, perhaps `plural` and `context`, and the file that holds it."""

    singular: str
    plural: str | None
    context: str | None
    file: str

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.singular

    @property
    def is_team_only(self) -> bool:
        return TEAM_ONLY.search(self.file) is not None


def texts_of(app: str) -> list[Text]:
    """Every text of one app, in the order of files and lines. The same text may come several times."""
    files = sorted(path for path in (ROOT / app).rglob("*") if path.suffix in (".py", ".html", ".txt"))
    shown = [path for path in files if not NOT_SHOWN.search(path.as_posix().removeprefix(ROOT.as_posix()))]
    return [text for path in shown for text in texts_in(path)]


def texts_in(path: Path) -> Iterator[Text]:
    file = path.relative_to(ROOT).as_posix()
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _as_python(source, origin=file)
    yield from texts_of_python(source, file=file)


def texts_of_python(source: str, *, file: str) -> Iterator[Text]:
    for _line, function, message, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        arguments = message if isinstance(message, (tuple, list)) else (message,)
        if text := _text(tuple(arguments), has_context=function in WITH_CONTEXT, file=file):
            yield text


def _as_python(source: str, *, origin: str) -> str:
    """A template as Django prepares it for xgettext: calls stay, the rest is blanked.

    The brackets keep Python's tokenizer from judging the indentation of HTML. Raises `RuntimeError` naming the place of
    a translated block that Django could not translate.
    """
    try:
        return f"({templatize(source, origin=origin)}\n)"
    except SyntaxError as error:
        raise RuntimeError(str(error)) from error


def _text(arguments: tuple[str | None, ...], *, has_context: bool, file: str) -> Text | None:
    """Babel gives None for what is not a plain string; a call without a plain singular cannot be translated."""
    context, rest = (arguments[0], arguments[1:]) if has_context else (None, arguments)
    if not rest or not rest[0]:
        return None
    plural = rest[1] if len(rest) > 1 else None
    return Text(singular=rest[0], plural=plural, context=context, file=file)
