"""Forms of the review's settings: how many look, and the ready-made texts."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registration.enums import ReasonKind, ReviewStages
from registration.models import Category, ReasonTemplate
from registration.web.fields import LineField
from registration.web.forms_team_privacy import REQUIRED


class RulesForm(forms.Form):
    """One line for each category."""

    def __init__(self, data: Any = None, *, categories: list[Category]) -> None:
        super().__init__(data, label_suffix="")
        self.categories = categories
        for one in categories:
            self.fields[f"review_{one.code}"] = forms.ChoiceField(
                label=gettext("Review: %(category)s") % {"category": one.name},
                choices=ReviewStages.choices,
                initial=one.review,
            )
            self.fields[f"days_{one.code}"] = forms.IntegerField(
                label=gettext("Days to confirm: %(category)s") % {"category": one.name},
                min_value=1,
                max_value=180,
                initial=one.confirm_days,
            )

    def lines(self) -> list[dict[str, Any]]:
        """Each category with its fields, for the table."""
        return [
            {"category": one, "review": self[f"review_{one.code}"], "days": self[f"days_{one.code}"]}
            for one in self.categories
        ]

    def rules(self) -> list[tuple[Category, dict[str, Any]]]:
        """What was chosen for whom."""
        given = self.cleaned_data
        return [
            (one, {"review": given[f"review_{one.code}"], "confirm_days": given[f"days_{one.code}"]})
            for one in self.categories
        ]


class ReasonForm(forms.Form):
    """A ready-made text in all languages; Russian and English are needed, the others may wait."""

    kind = forms.ChoiceField(label=_("Goes with"), choices=ReasonKind.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, reason: ReasonTemplate | None = None) -> None:
        initial = {} if reason is None else {name: getattr(reason, name) for name in ("kind", *_columns())}
        super().__init__(data, initial={"kind": ReasonKind.ASK} | initial, label_suffix="")
        for code, language in settings.LANGUAGES:
            named = {"language": gettext(str(language))}
            self.fields[f"title_{code}"] = LineField(
                label=gettext("Title, %(language)s") % named, max_length=80, required=code in REQUIRED
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=gettext("Text, %(language)s") % named,
                max_length=2000,
                required=code in REQUIRED,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def clean(self) -> dict[str, Any]:
        """A title and a text, or neither."""
        given = super().clean() or {}
        for code, _language in settings.LANGUAGES:
            if bool(given.get(f"title_{code}")) != bool(given.get(f"text_{code}")) and code not in REQUIRED:
                self.add_error(f"title_{code}", gettext("Give both the title and the text, or leave both empty."))
        return given

    def texts(self) -> dict[str, str]:
        """Translated columns for the action."""
        return {column: self.cleaned_data[column].replace("\r\n", "\n") for column in _columns()}

    def languages(self) -> list[tuple[Any, Any]]:
        """Title and text side by side, for the page."""
        return [(self[f"title_{code}"], self[f"text_{code}"]) for code, _language in settings.LANGUAGES]


def _columns() -> list[str]:
    return [f"{part}_{code}" for code, _language in settings.LANGUAGES for part in ("title", "text")]
