"""A category's questions as a form of the page. Which of them are there is decided by what was typed so far."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registration.engine.questions.cleaning import AnswerError, clean
from registration.engine.questions.conditions import comparisons, questions_in
from registration.engine.questions.judging import Judged, judge
from registration.engine.questions.sheet import Item
from registration.enums import FILED_KINDS, QuestionKind
from registration.queries.questions import Asked, field_of
from registration.web.fields_questions import AnswerField, Places, in_my_language

FileUrl = Callable[[str], str] | None
SHOWN = "shown"
"""Hidden fields that say which questions the page had."""


class QuestionsForm(forms.Form):
    """`only`: codes that may be answered here; the others keep what is stored. Raises nothing for a form that was built by
    hand: what is not asked is not read.
    """

    def __init__(
        self, data: Any = None, *, asked: Asked, places: Places, only: set[str] | None = None, file_url: FileUrl = None
    ) -> None:
        self.asked, self.sheet, self.only = asked, asked.sheet, only
        initial = {field_of(code): value for code, value in asked.values.items()}
        super().__init__(data, initial=initial, label_suffix="")
        every = [item for item in self.sheet if only is None or item.code in only]
        for item in every:
            self.fields[field_of(item.code)] = AnswerField(item, world=asked.world, places=places)
        self._link_files(every, file_url)
        self.judged = self._judge(every)
        self.shown = [item.code for item in self.judged.items if only is None or item.code in only]
        for item in every:
            if item.code not in self.shown:
                del self.fields[field_of(item.code)]

    def _link_files(self, every: list[Item], file_url: FileUrl) -> None:
        """One's own files can be looked at."""
        for item in every:
            if file_url is None or item.kind not in FILED_KINDS:
                continue
            value = self._typed(item) if self.is_bound else self.asked.values.get(item.code)
            try:
                kept = clean(replace(item, required=False), value, self.asked.world)
            except AnswerError:
                continue
            if kept:
                widget = self.fields[field_of(item.code)].widget
                widget.kept, widget.url = True, file_url(kept)

    def refuse(self, refused: Mapping[str, ValidationError]) -> None:
        """Files that were not taken, at their questions."""
        for name, error in refused.items():
            if name in self.fields:
                self.errors.pop(name, None)
                self.add_error(name, error)

    def _judge(self, every: list[Item]) -> Judged:
        """What applies, given what was typed, or else what is stored."""
        typed = {item.code: self._typed(item) for item in every} if self.is_bound else {}
        return judge(self.sheet, {**self.asked.values, **typed}, self.asked.facts, self.asked.world)

    def _typed(self, item: Item) -> Any:
        widget, name = self.fields[field_of(item.code)].widget, field_of(item.code)
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    @property
    def unseen(self) -> list[str]:
        """Questions that apply now and were not on the page: its answers have led to them."""
        seen = set(self.data.getlist(SHOWN)) if self.is_bound else set(self.shown)
        return [code for code in self.shown if code not in seen]

    def values(self) -> dict[str, Any]:
        """Cleaned answers by code; None for nothing."""
        return {code: self.cleaned_data[field_of(code)] for code in self.shown}

    def drop_errors_of(self, codes: list[str]) -> None:
        """Nobody has left out what they have not seen."""
        for code in codes:
            self.errors.pop(field_of(code), None)

    def parts(self) -> list[dict[str, Any]]:
        """For the page: every section with a place for each of its questions, whether it applies or not."""
        return [
            {
                "title": in_my_language(part.title),
                "hint": in_my_language(part.hint),
                "slots": [self.slot(item) for item in part.items if self.only is None or item.code in self.only],
            }
            for part in self.sheet.parts
        ]

    def slot(self, item: Item) -> dict[str, Any]:
        """One question's place."""
        applies = item.code in self.shown
        return {
            "code": item.code,
            "field": self[field_of(item.code)] if applies else None,
            "purpose": in_my_language(item.purpose),
            "optional": item.kind != QuestionKind.TICK,
        }

    def moved(self) -> list[dict[str, Any]]:
        """Places whose question has come or gone since the page was drawn."""
        seen, now = set(self.data.getlist(SHOWN)), set(self.shown)
        return [self.slot(item) for item in self.sheet if item.code in (seen ^ now) & self._askable()]

    @property
    def watched(self) -> str:
        """What htmx listens to: fields whose answers decide about other questions."""
        codes = sorted({code for item in self.sheet for code in questions_in(item.condition)} & self._askable())
        return ", ".join(f"change from:[name='{field_of(code)}']" for code in codes)

    @property
    def looks_at_country(self) -> bool:
        """Whether any question depends on the country of the document."""
        leaves = (leaf for item in self.sheet for leaf in comparisons(item.condition or {}))
        return any(leaf.get("fact") == "citizenship" for leaf in leaves)

    def _askable(self) -> set[str]:
        return set(self.sheet.by_code) if self.only is None else self.only
