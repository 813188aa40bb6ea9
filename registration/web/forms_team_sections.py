"""Sections of a form, and texts in four languages, as officers write them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registration.models import Section
from registration.web.fields import LineField
from registration.web.fields_team_forms import LANGUAGES

NAMES = {"ru": _("Russian"), "en": _("English"), "uz": _("Uzbek"), "be": _("Belarusian")}


def texts_of(name: str, label: Any, *, most: int, needed: bool = False) -> dict[str, forms.Field]:
    """One field for each language."""
    return {
        f"{name}_{code}": LineField(label=f"{label}, {NAMES[code]}", max_length=most, required=needed and code == "ru")
        for code in LANGUAGES
    }


class SectionForm(forms.Form):
    """Heading and hint in four languages."""

    def __init__(self, data: Any = None, *, section: Section | None = None) -> None:
        initial = content_of_section(section) if section else None
        super().__init__(data, initial=initial, label_suffix="")
        title, hint = gettext("Heading"), gettext("A line below it")
        self.fields |= texts_of("title", title, most=120, needed=True) | texts_of("hint", hint, most=500)

    def texts(self) -> dict[str, str]:
        """Translated columns."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def languages(self) -> Iterator[dict[str, Any]]:
        """For the page: a language with its fields."""
        return spoken(self, ("title", "hint"))


def content_of_section(section: Section) -> dict[str, Any]:
    """What the fields hold."""
    return {
        f"{part}_{code}": getattr(section, f"{part}_{code}") or "" for part in ("title", "hint") for code in LANGUAGES
    }


def spoken(form: forms.Form, parts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Fields by language, with a mark where the first one is empty."""
    for code in LANGUAGES:
        yield {
            "code": code,
            "name": NAMES[code],
            "fields": [form[f"{part}_{code}"] for part in parts],
            "missing": not form[f"{parts[0]}_{code}"].value(),
        }
