"""The field of one question of a form: drawn by its kind, cleaned by the engine alone."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registration.countries import country_choices
from registration.engine.questions.cleaning import SIZES, AnswerError, World, clean
from registration.engine.questions.sheet import Item, Option, said
from registration.engine.questions.words import error_words
from registration.enums import FILED_KINDS, QuestionKind, SpokenLanguage
from registration.web.file_answers import HandIn, hint_of

K = QuestionKind
MOST_RADIOS = 7
"""More choices than these stand in a list that opens."""


def in_my_language(words: Any) -> str:
    """A text of the form as the reader reads it."""
    return said(words, get_language() or "ru")


class Places:
    """How many are left, by the key of the pool, and where this person has a place already."""

    def __init__(self, left: dict[int, int] | None = None, held: Collection[int] = ()) -> None:
        self.left, self.held = left or {}, held

    def label(self, option: Option) -> str:
        """The choice with what is left of it."""
        text = in_my_language(option.label)
        if option.pool_id not in self.left or option.pool_id in self.held:
            return text
        left = self.left[option.pool_id]
        words = _("%(choice)s (%(left)s left)") if left else _("%(choice)s (full)")
        return words % {"choice": text, "left": left}

    def is_full(self, option: Option) -> bool:
        """Not to be had by this person."""
        return option.pool_id in self.left and not self.left[option.pool_id] and option.pool_id not in self.held


class _Full:
    """Part of a widget: choices that are full cannot be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *rest: Any, **options: Any) -> dict[str, Any]:
        made: dict[str, Any] = super().create_option(name, value, *rest, **options)
        if str(value) in self.full and not made["selected"]:
            made["attrs"]["disabled"] = True
        return made


class Radios(_Full, forms.RadioSelect):
    """One of a few."""


class Menu(_Full, forms.Select):
    """One of many."""


class Boxes(_Full, forms.CheckboxSelectMultiple):
    """Any of them."""


class AnswerField(forms.Field):
    """A field whose value is an answer, or a reason and a remedy. Raises `ValidationError`."""

    def __init__(self, item: Item, *, world: World, places: Places) -> None:
        self.item, self.world = item, world
        super().__init__(
            label=in_my_language(item.label),
            help_text=in_my_language(item.help) or (hint_of(item.kind) if item.kind in FILED_KINDS else ""),
            required=item.required,
            widget=_widget(item, world, places),
        )

    def clean(self, value: Any) -> Any:
        """By the engine, and by nothing else."""
        try:
            return clean(self.item, value, self.world)
        except AnswerError as error:
            reason, remedy = error_words(error)
            raise ValidationError(reason, code=error.code, params={"remedy": remedy}) from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The browser's own words about a missing answer have no remedy."""
        return {}


def _widget(item: Item, world: World, places: Places) -> forms.Widget:
    if item.is_chosen:
        return _chosen(item, places)
    if choices := _closed_list(item, world):
        return forms.Select(choices=[("", _("Choose")), *choices])
    if item.kind == K.TICK:
        return forms.CheckboxInput()
    if item.kind == K.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4})
    if item.kind in FILED_KINDS:
        return HandIn()
    if item.kind == K.DATE:
        bounds = {name: text for name, text in (("min", item.bounds.least), ("max", item.bounds.most)) if text}
        return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **bounds})
    return forms.TextInput(attrs=_TYPED.get(item.kind, {}))


_TYPED = {
    K.NUMBER: {"inputmode": "decimal", "autocomplete": "off"},
    K.PHONE: {"inputmode": "tel", "autocomplete": "tel"},
}


def _chosen(item: Item, places: Places) -> forms.Widget:
    choices = [(option.code, places.label(option)) for option in item.options]
    kinds = {True: Boxes, False: Radios if len(choices) <= MOST_RADIOS else Menu}
    if kinds[item.kind == K.SEVERAL] is Menu:
        choices.insert(0, ("", _("Choose")))
    widget = kinds[item.kind == K.SEVERAL](choices=choices)
    widget.full = frozenset(option.code for option in item.options if places.is_full(option))
    return widget


def _closed_list(item: Item, world: World) -> list[Any]:
    if item.kind == K.COUNTRY:
        return country_choices()
    if item.kind == K.REGION:
        return [(code, world.names[code]) for code in world.regions]
    if item.kind == K.LANGUAGE:
        return list(SpokenLanguage.choices)
    return [(size, size) for size in SIZES.get(item.bounds.system, ())] if item.kind == K.SIZE else []
