"""Files that people hand in: judged before anything opens them, drawn anew, looked at for viruses.

Nothing here touches the database. Keeping them sealed is `forum.actions.files`, reading them `forum.queries.files`.
"""

from forum.uploads.judging import DOCUMENT, MEGABYTE, PHOTO, Rule, judge
from forum.uploads.pictures import Picture, drawn_anew, shrunk
from forum.uploads.problems import UploadError, problem_words
from forum.uploads.scanner import look_for_viruses

__all__ = [
    "DOCUMENT",
    "MEGABYTE",
    "PHOTO",
    "Picture",
    "Rule",
    "UploadError",
    "look_for_viruses",
    "problem_words",
    "shrunk",
    "take_in",
]


def take_in(content: bytes, *, name: str, declared: str, rule: Rule) -> Picture:
    """The whole way of a picture from outside; `name` and `declared` are what the browser says. Raises `UploadError`.

    The scanner sees the bytes before any decoder does.
    """
    kind = judge(content, name=name, declared=declared, rule=rule)
    look_for_viruses(content)
    return drawn_anew(content, kind=kind, rule=rule)
