"""The steps of the application. Each form knows its own answers; saving them is an action."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forum.models import Forum
from registration.engine.proposals import SHORT_POSITION, LatinName, propose_latin, propose_short_position
from registration.enums import SpokenLanguage
from registration.models import Category, ConsentDocument, Delegation, Registration
from registration.queries.entrances import locked_answers
from registration.queries.offers import all_delegations, delegation_of_key, open_categories
from registration.web.answers import LABELS, STEP_FIELDS, WHOLE, answer_of
from registration.web.fields import (
    CountryField,
    LatinNameField,
    LineField,
    NameField,
    PlainEmailField,
    RussianNameField,
    TickField,
)


class StepForm(forms.Form):
    """A step of the application, filled with what is stored. `asks` names the answers it is about."""

    step: str

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        self.registration = registration
        stored = {field: answer_of(registration, field) for field in self.asks}
        super().__init__(data, initial=stored, label_suffix="")
        self.locked = sorted({*locked_answers(registration)} & {*self.asks})
        for field in self.locked:  # a disabled field keeps what is stored, whatever a request says
            self.fields[field].disabled = True

    @property
    def asks(self) -> tuple[str, ...]:
        """The answers, in the order they are asked."""
        return STEP_FIELDS[self.step]

    def answers(self) -> dict[str, Any]:
        """Cleaned values by field, for `save_answers`."""
        return {field: self.cleaned_data[field] for field in self.asks}


class CategoryForm(StepForm):
    """Another kind of participation; the first one is chosen before the consent."""

    step = "category"
    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        Category.objects.none(), label=LABELS["category"], widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        super().__init__(data, registration=registration)
        open_ones = open_categories(registration.forum)
        own = Category.objects.filter(pk=registration.category_id)
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = own if self.locked else open_ones


class NameForm(StepForm):
    """The names, each spelling in its own fields, and the document they come from."""

    step = "name"
    citizenship = CountryField(
        empty=_("Choose a country"),
        label=_("Which country issued the document you will show?"),
        help_text=_("At the badge desk and at a plant's gate names are compared with this document."),
    )
    surname = RussianNameField(
        label=LABELS["surname"],
        required=False,
        autocomplete="family-name",
        help_text=_("For example: Примерова. A single name goes here."),
    )
    given_name = RussianNameField(
        label=LABELS["given_name"], required=False, autocomplete="given-name", help_text=_("For example: Анна")
    )
    patronymic = RussianNameField(
        label=LABELS["patronymic"],
        required=False,
        autocomplete="additional-name",
        help_text=_("If you have one. For example: Ильинична"),
    )
    latin_surname = LatinNameField(label=LABELS["latin_surname"], required=False, help_text=_("For example: PRIMEROVA"))
    latin_given_name = LatinNameField(
        label=LABELS["latin_given_name"], required=False, help_text=_("For example: ANNA")
    )
    native_name = NameField(
        label=_("Name in your own language"),
        required=False,
        help_text=_("If it is written differently. For example: Прыкладава Ганна, Namunayev Jasur Toʻlqin oʻgʻli"),
    )
    badge_name = NameField(
        label=LABELS["badge_name"],
        required=False,
        help_text=_("Only if the badge should show another form of your name, for example Anna Primerova."),
    )

    def clean(self) -> dict[str, Any]:
        """Each script may be left out, but not where the document is written in it, and never half of a name."""
        given = super().clean() or {}
        is_russian = given.get("citizenship") == "RU"
        if self._lacks("surname", needed=is_russian, parts=("given_name", "patronymic")):
            self._ask("surname", _("Write the surname as in your document; a single name goes here too."))
        needed = bool(given.get("citizenship")) and not is_russian
        if self._lacks("latin_surname", needed=needed, parts=("latin_given_name",)):
            self._ask("latin_surname", _("Write it as in your document; a single name goes here too."))
        return given

    def _lacks(self, field: str, *, needed: bool, parts: Iterable[str]) -> bool:
        """Whether a surname must be there and is not; one that was refused already has its message."""
        values = self.cleaned_data
        return field in values and not values[field] and (needed or any(values.get(part) for part in parts))

    def _ask(self, field: str, remedy: Any) -> None:
        reasons = {
            "surname": _("The surname is missing."),
            "latin_surname": _("The surname in Latin letters is missing."),
        }
        self.add_error(field, ValidationError(reasons[field], code="missing", params={"remedy": remedy}))

    def proposal(self) -> LatinName:
        """The Latin spelling that the document probably has; false without a name, or once a Latin name is there."""
        return self.propose({field: self[field].value() for field in STEP_FIELDS["name"]})

    @staticmethod
    def propose(values: Mapping[str, Any]) -> LatinName:
        """The same for values that are in no form yet."""
        typed = {field: str(value or "").strip() for field, value in values.items()}
        if typed["latin_surname"] or typed["latin_given_name"]:
            return LatinName("", "")
        return propose_latin(
            citizenship=typed["citizenship"],
            surname=typed["surname"],
            given=typed["given_name"],
            native=typed["native_name"],
        )


class ContactForm(StepForm):
    """Where our letters go and in which language, and what the person speaks."""

    step = "contact"
    email = PlainEmailField(
        label=LABELS["email"],
        help_text=_("Our letters come here, and you sign in with it. Several people may share one address."),
    )
    language = forms.ChoiceField(
        label=_("Language of our letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("So that we know where an interpreter is needed."),
    )


class DelegationField(forms.ModelChoiceField):
    """One delegation of `forum`, looked up by a statement that is built once: it stands in every application."""

    forum: Forum

    def to_python(self, value: Any) -> Delegation | None:
        """Raises `ValidationError` for what is no delegation of this edition."""
        if value in self.empty_values:
            return None
        found = delegation_of_key(self.forum, str(value.pk if isinstance(value, Delegation) else value))
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return found


class WorkForm(StepForm):
    """Whom the person represents. `to_check`: the form holds a proposal that the person has not seen yet."""

    step = "work"
    to_check = False
    delegation = DelegationField(
        Delegation.objects.none(),
        label=_("Which country or region do you represent?"),
        help_text=_("It may differ from your citizenship."),
        empty_label=_("Choose a country or region"),
    )
    organisation = LineField(
        label=LABELS["organisation"],
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        help_text=_("For example: Museum of Samples"),
    )
    position = LineField(
        label=LABELS["position"],
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "organization-title"}),
        help_text=_("In full, up to 250 characters: it goes into official lists."),
    )
    position_short = LineField(
        label=LABELS["position_short"],
        max_length=SHORT_POSITION,
        required=False,
        help_text=_("Up to 80 characters. If you leave it empty, we take the full one or propose a shorter one."),
    )

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        super().__init__(data, registration=registration)
        delegation = cast(DelegationField, self.fields["delegation"])
        delegation.forum = registration.forum
        delegation.choices = partial(delegation_choices, registration.forum)  # asked for where it is shown

    def clean(self) -> dict[str, Any]:
        """A position that fits the badge is its own short form; a longer one gets a proposal to look at."""
        given = super().clean() or {}
        position = given.get("position", "")
        if position and "position_short" in given and not given["position_short"]:
            given["position_short"] = propose_short_position(position)
            if given["position_short"] != position:
                self.to_check = True
                self.data = with_value(self.data, position_short=given["position_short"])
        return given


class WholeForm(NameForm, ContactForm, WorkForm):
    """Name, contact and work on one page."""

    step = "all"
    field_order = WHOLE

    @property
    def asks(self) -> tuple[str, ...]:
        """All steps but the category."""
        return WHOLE


class AgreeForm(forms.Form):
    """A tick of one's own under the full text. Nothing is ticked beforehand."""

    agree = TickField(
        label=_("I have read the text and give my consent"),
        refusal=_("Without your consent we may not keep an application."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, document: ConsentDocument, **initial: Any) -> None:
        self.document = document
        super().__init__(data, initial={"version": document.version, **initial}, label_suffix="")

    def clean_version(self) -> int:
        """A newer text has to be read before it is agreed to."""
        version: int = self.cleaned_data["version"]
        if version != self.document.version:
            raise ValidationError(
                _("The text has changed since you opened this page."),
                code="changed",
                params={"remedy": _("Please read the new text and tick the box again.")},
            )
        return version


class ConsentForm(AgreeForm):
    """The consent that begins an application. `ticket` makes sure that it is begun once."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, document: ConsentDocument, ticket: str = "") -> None:
        super().__init__(data, document=document, ticket=ticket)


def with_value(data: Any, **values: str) -> Any:
    """A copy of what was sent, with other values: requests cannot be changed."""
    changed = data.copy()
    for name, value in values.items():
        changed[name] = value
    return changed


def delegation_choices(forum: Forum, *, by_code: bool = False) -> list[Any]:
    """Countries, then the regions of Russia, by name in the reader's language; keyed by row, or by the region's code."""
    rows = sorted(all_delegations(forum), key=str)
    keyed = [(d.region.code if by_code else d.pk, str(d), d.region.is_country) for d in rows]
    countries = [(key, name) for key, name, is_country in keyed if is_country]
    regions = [(key, name) for key, name, is_country in keyed if not is_country]
    return [("", _("Choose a country or region")), (_("Countries"), countries), (_("Regions of Russia"), regions)]
