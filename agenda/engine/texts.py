"""Texts that exist in several languages: {"ru": …, "en": …}."""

from collections.abc import Mapping

FALLBACKS = ("ru", "en")


class Text(str):
    """A text that knows its language, so that a page in another language can say which one it reads out."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, value: str, *, language: str) -> "Text":
        text = super().__new__(cls, value)
        text.language = language
        return text

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        """So that a kept copy knows its language too."""
        return (str(self),), {"language": self.language}


NOTHING = Text("", language="")


def in_language(texts: Mapping[str, str], language: str) -> Text:
    """The text in `language`, else in Russian, else in English, else in whatever there is; empty for no text at all."""
    for code in (language, *FALLBACKS, *texts):
        if value := texts.get(code):
            return Text(value, language=code)
    return NOTHING
