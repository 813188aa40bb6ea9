"""The editor's form of a question, with everything that belongs to it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from registration.actions.form_drafts import ChoiceText
from registration.engine.questions.building import simplest
from registration.engine.questions.checking import Problem, problems
from registration.engine.questions.codes import code_from
from registration.engine.questions.problem_words import problem_words
from registration.engine.questions.sheet import Bounds, Item, Option, Part, Sheet
from registration.enums import CHOSEN_KINDS, LegalBasis, QuestionKind, SizeSystem
from registration.models import Question, Section
from registration.models.forms import is_code
from registration.queries.questions import READERS
from registration.web.fields import LineField
from registration.web.fields_team_forms import LANGUAGES, ChoicesField, ConditionField, Known, as_json
from registration.web.forms_team_sections import spoken, texts_of

K = QuestionKind
LATER = frozenset({"unlabelled", "no_purpose", "choice_unlabelled", "too_many", "section_untitled"})
"""What a draft may still lack."""
FIELD_OF = {
    "unlabelled": "label_en",
    "no_purpose": "purpose_ru",
    "no_choices": "choices",
    "choice_unlabelled": "choices",
    "bounds_unreadable": "least",
    "bounds_reversed": "least",
    "no_sizes": "system",
}
"""Where a problem is shown; everything else is the condition's."""
BOUNDED = {
    K.TEXT: ((), _("letters at most")),
    K.LONG_TEXT: ((), _("letters at most")),
    K.NUMBER: ((_("the least that is taken"),), _("the most that is taken")),
    K.DATE: ((_("the first day that is taken"),), _("the last day that is taken")),
    K.SEVERAL: ((_("ticks at least"),), _("ticks at most")),
}
"""Kind -> words for its lower limit, where it has one, and for its upper limit."""
_REDRAWS = forms.Select(attrs={"data-redraws": ""})
"""The page is drawn anew with other fields."""
_READERS = [(role.value, role.label) for role in READERS]


class QuestionForm(forms.Form):
    """Every field is always there; the page shows those that the kind has and carries the others along.

    `sheet` is the draft, `question` what is edited in it (None: a new one, in `section`).
    """

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices, widget=_REDRAWS)
    required = forms.BooleanField(label=_("It has to be answered"), required=False)
    least = LineField(label=_("From"), max_length=20, required=False)
    most = LineField(label=_("Up to"), max_length=20, required=False)
    decimals = forms.BooleanField(label=_("Fractions are taken, too"), required=False)
    system = forms.ChoiceField(label=_("Which sizes"), choices=[("", _("Choose")), *SizeSystem.choices], required=False)
    choices = ChoicesField(
        label=_("Answers to choose from"),
        required=False,
        help_text=_("An empty line is left out. Leave places empty where as many as like may choose it."),
    )
    legal_basis = forms.ChoiceField(label=_("Legal basis"), choices=LegalBasis.choices)
    kept_days = forms.IntegerField(
        label=_("Erased so many days after the forum"), min_value=0, max_value=3650, initial=30
    )
    visible_to = forms.MultipleChoiceField(
        label=_("Who reads the answers beside the organisers"),
        choices=_READERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody ticked: the accreditation officers."),
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensitive: the answers are encrypted"),
        help_text=_("For health, food, beliefs, documents."),
        required=False,
    )
    asks_again = forms.BooleanField(
        label=_("Whoever has answered has to answer again"),
        help_text=_("Tick it where the question means something else than before."),
        required=False,
    )
    code = forms.CharField(
        label=_("Name for programs and tables"),
        max_length=30,
        required=False,
        validators=[is_code],
        help_text=_(
            "Made from the text when left empty. Under the same name it is the same question in every version."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        sheet: Sheet,
        known: Known,
        question: Question | None = None,
        section: Section | None = None,
        kind: str = "",
    ) -> None:
        initial = content_of(question) if question else {"kind": kind or K.TEXT, "legal_basis": LegalBasis.CONTRACT}
        super().__init__(data, initial=initial, label_suffix="")
        self.sheet, self.question, self.section = sheet, question, section
        words = gettext("Question"), gettext("Hint below it"), gettext("What the answer is for")
        self.fields |= texts_of("label", words[0], most=250, needed=True) | texts_of("help", words[1], most=500)
        self.fields |= texts_of("purpose", words[2], most=250)
        self.fields["condition"] = ConditionField(
            known=known, label=gettext("Who is asked"), help_text=gettext("Without a comparison: everybody.")
        )
        self._dress()

    def _dress(self) -> None:
        """Limits are called by what they bound."""
        if not (bounded := BOUNDED.get(cast(QuestionKind, self.chosen_kind))):
            return
        lower, upper = bounded
        self.fields["least"].label, self.fields["most"].label = (lower or [""])[0], upper
        if self.chosen_kind == K.DATE:
            for name in ("least", "most"):
                self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    @property
    def chosen_kind(self) -> str:
        """What was chosen last."""
        kind = self["kind"].value()
        return kind if kind in QuestionKind.values else K.TEXT

    # --- what the page shows ----------------------------------------------------------------------------------------------
    def languages(self) -> Iterator[dict[str, Any]]:
        """Texts by language."""
        return spoken(self, ("label", "help", "purpose"))

    @property
    def bounds_shown(self) -> list[Any]:
        """The limits that this kind has."""
        kind = cast(QuestionKind, self.chosen_kind)
        names = [*(["least"] if BOUNDED[kind][0] else []), "most"] if kind in BOUNDED else []
        names += {K.NUMBER: ["decimals"], K.SIZE: ["system"]}.get(kind, [])
        return [self[name] for name in names]

    @property
    def has_choices(self) -> bool:
        """Answers are listed."""
        return self.chosen_kind in CHOSEN_KINDS

    def undrawn(self) -> Iterator[tuple[str, str]]:
        """Fields of other kinds that hold something: carried along, for whoever changes the kind back."""
        drawn = {bound.name for bound in self.bounds_shown} | ({"choices"} if self.has_choices else set())
        for name in ("least", "most", "decimals", "system", "choices"):
            value = self[name].value()
            if name not in drawn and value not in (None, "", False, "[]"):
                yield name, str(value)

    # --- what was meant ---------------------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """What the engine says of the question in its form, at the fields it is about."""
        given = super().clean() or {}
        if not self.errors:
            for problem in self.problems():
                if problem.code not in LATER:
                    reason, remedy = problem_words(problem, self.after, get_language() or "ru")
                    error = ValidationError(reason, code=problem.code, params={"remedy": remedy})
                    self.add_error(self._place_of(problem), error)
        return given

    def _place_of(self, problem: Problem) -> str:
        """The field that the page shows."""
        name = FIELD_OF.get(problem.code, "condition")
        return "most" if name == "least" and name not in {bound.name for bound in self.bounds_shown} else name

    def problems(self) -> list[Problem]:
        """Of this question alone."""
        code = self.code_given
        return [
            problem
            for problem in problems(self.after)
            if problem.where == code or code in problem.data.get("chain", "").split(" → ")
        ]

    @property
    def code_given(self) -> str:
        """Typed, else as it was, else made from the text."""
        if typed := self.cleaned_data.get("code"):
            return str(typed)
        if self.question:
            return self.question.code
        text = self.cleaned_data.get("label_en") or self.cleaned_data.get("label_ru") or ""
        return code_from(text, taken=self.sheet.by_code, otherwise="question")

    @property
    def after(self) -> Sheet:
        """The draft with this question in it."""
        item, was = self._item(), self.question.code if self.question else ""
        if was and was in self.sheet.by_code:
            parts = [
                replace(p, items=tuple(item if one.code == was else one for one in p.items)) for p in self.sheet.parts
            ]
        else:
            parts = [*self.sheet.parts, Part({}, {}, (item,))]
        return replace(self.sheet, parts=tuple(parts))

    def _item(self) -> Item:
        values = self.values()
        return Item(
            code=values["code"],
            kind=QuestionKind(values["kind"]),
            label=self._words("label"),
            purpose=self._words("purpose"),
            required=values["required"],
            condition=values["condition"],
            bounds=Bounds.of(values["bounds"]),
            options=tuple(Option(one.code, one.label) for one in self.listed()),
        )

    def _words(self, name: str) -> dict[str, str]:
        return {code: text for code in LANGUAGES if (text := self.cleaned_data[f"{name}_{code}"])}

    def values(self) -> dict[str, Any]:
        """Columns of the question."""
        given = self.cleaned_data
        plain = ("kind", "required", "legal_basis", "kept_days", "visible_to", "is_sensitive", "asks_again")
        texts = {f"{n}_{code}": given[f"{n}_{code}"] for n in ("label", "help", "purpose") for code in LANGUAGES}
        condition = json.loads(given["condition"]) if given["condition"] else None
        own = {"code": self.code_given, "bounds": self._bounds(), "condition": condition}
        return {name: given[name] for name in plain} | texts | own

    def _bounds(self) -> dict[str, Any]:
        given, kind = self.cleaned_data, cast(QuestionKind, self.cleaned_data["kind"])
        if kind == K.SIZE:
            return Bounds(system=given["system"]).stored()
        if kind not in BOUNDED:
            return {}
        least = given["least"] if BOUNDED[kind][0] else ""
        whole = not (kind == K.NUMBER and given["decimals"])
        return Bounds(_number(least), _number(given["most"]), whole=whole).stored()

    def listed(self) -> list[ChoiceText]:
        """The answers of a choice, each with its name for programs."""
        if self.cleaned_data["kind"] not in CHOSEN_KINDS:
            return []
        rows = json.loads(self.cleaned_data["choices"])
        taken: list[str] = [row["code"] for row in rows if row["code"]]
        found = []
        for row in rows:
            code = row["code"] or code_from(row["en"] or row["ru"], taken=taken, otherwise="answer")
            taken.append(code)
            found.append(ChoiceText(code, {name: row[name] for name in LANGUAGES}, row["places"]))
        return found


def _number(text: str) -> str:
    """People write a comma."""
    return text.replace(",", ".").replace(" ", "")


def content_of(question: Question) -> dict[str, Any]:
    """What the fields hold for a stored question."""
    bounds = Bounds.of(question.bounds)
    names = ("kind", "code", "required", "legal_basis", "kept_days", "is_sensitive", "asks_again")
    texts = {
        f"{name}_{code}": getattr(question, f"{name}_{code}") or ""
        for name in ("label", "help", "purpose")
        for code in LANGUAGES
    }
    return {
        **texts,
        **{name: getattr(question, name) for name in names},
        "least": bounds.least,
        "most": bounds.most,
        "decimals": not bounds.whole,
        "system": bounds.system,
        "visible_to": list(question.visible_to),
        "choices": as_json([_line(choice) for choice in question.choices.all()]),
        "condition": as_json(simplest(question.condition)) if question.condition else "",
    }


def _line(choice: Any) -> dict[str, Any]:
    texts = {code: getattr(choice, f"label_{code}") or "" for code in LANGUAGES}
    return {"code": choice.code, **texts, "places": choice.places}
