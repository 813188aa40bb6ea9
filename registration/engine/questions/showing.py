"""Which questions apply to somebody. A question that does not apply counts as not answered, for every other condition."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from registration.engine.questions.conditions import Facts, holds, questions_in
from registration.engine.questions.sheet import Item, Sheet


def shown(sheet: Sheet, facts: Facts, answers: Mapping[str, Any]) -> list[Item]:
    """The questions that apply, in order. In a draft they may wait for each other in a circle: it ends somewhere."""
    looked = _Look(sheet, facts, answers)
    return [item for item in sheet if looked.applies(item.code)]


class _Look:
    """Follows conditions from question to question, each once."""

    def __init__(self, sheet: Sheet, facts: Facts, answers: Mapping[str, Any]) -> None:
        self.items, self.facts, self.answers = sheet.by_code, facts, answers
        self.found: dict[str, bool] = {}

    def applies(self, code: str) -> bool:
        if code not in self.items:
            return False
        if code not in self.found:
            self.found[code] = False  # asked again before we know: a circle
            self.found[code] = self._judged(self.items[code])
        return self.found[code]

    def _judged(self, item: Item) -> bool:
        known = {
            code: self.answers[code]
            for code in sorted(questions_in(item.condition))
            if self.applies(code) and self.answers.get(code) is not None
        }
        return holds(item.condition, replace(self.facts, answers=known))
