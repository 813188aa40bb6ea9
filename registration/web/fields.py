"""Form fields for what people type about themselves: cleaned without changing how it reads, refused with a remedy."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Union

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum.names import InvalidNameError, check_latin, check_native, check_russian, clean_latin, clean_name
from registration.countries import country_choices, country_names
from registration.validators import name_error

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words = Union[str, "_StrPromise"]


class LineField(forms.CharField):
    """One line of text: composed, without control and invisible signs, single spaces."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: browsers would cut a pasted text without a word; our message says what helps."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        """Typed text ready to store."""
        return clean_name(super().to_python(value) or "")


class CountryField(forms.ChoiceField):
    """A country of ISO 3166-1, named in the reader's language. `empty` is what the first line says.

    The list is made when it is shown, not whenever a form is: two hundred names are most of the work of a form that is sent.
    """

    def __init__(self, *, empty: Words, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", empty), *country_choices()], **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Whether there is such a country."""
        return str(value) in country_names(get_language() or "ru")


class NameField(LineField):
    """A part of a name. Subclasses say which letters it may have."""

    check: Callable[[str], None] = staticmethod(check_native)

    def __init__(self, *, autocomplete: str = "off", **kwargs: Any) -> None:
        # Browsers must not "correct" names, and say nothing of their own about length: our message has a remedy.
        attrs = {"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "words"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def validate(self, value: str) -> None:
        """Raise `ValidationError` with reason and remedy."""
        super().validate(value)
        if not value:
            return
        try:
            self.check(value)
        except InvalidNameError as error:
            raise name_error(error) from error


class RussianNameField(NameField):
    """In Cyrillic letters of any language."""

    check = staticmethod(check_russian)


class LatinNameField(NameField):
    """As the document prints it: capitals A–Z."""

    check = staticmethod(check_latin)

    def to_python(self, value: Any) -> str:
        """Capitals, one kind of apostrophe and hyphen."""
        return clean_latin(super().to_python(value))


class TickField(forms.BooleanField):
    """A box that has to be ticked by the person; the refusal says why and what to do."""

    def __init__(self, *, refusal: Words, **kwargs: Any) -> None:
        self.refusal = refusal
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        """Raise `ValidationError` with reason and remedy."""
        if not value:
            raise ValidationError(
                self.refusal, code="not_ticked", params={"remedy": _("Read the text and tick the box.")}
            )


class PlainEmailField(forms.EmailField):
    """An address in lower case: that is how logins are compared."""

    default_error_messages = {
        "invalid": _("This is not an email address."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        super().__init__(widget=forms.EmailInput(attrs=attrs), max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        """Raise `ValidationError` with reason and remedy."""
        try:
            return super().clean(value).lower()
        except ValidationError as error:
            if error.error_list[0].code == "required":
                raise
            remedy = _("Check it: it looks like name@example.org.")
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"remedy": remedy}) from error
