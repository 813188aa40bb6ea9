"""The form field for a picture: what is not taken says why and what helps, at the field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from forum.uploads import Picture, Rule, UploadError, problem_words, take_in


def refused(error: UploadError) -> ValidationError:
    """A refusal of the kit as an error of a field, with its remedy."""
    reason, remedy = problem_words(error)
    return ValidationError(reason, code=error.code, params={"remedy": remedy})


class PictureField(forms.FileField):
    """A JPG or PNG; its clean value is a `Picture`, drawn anew. The name of the file goes no further than its ending."""

    def __init__(self, *, rule: Rule, **kwargs: Any) -> None:
        self.rule = rule
        widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,.jpg,.jpeg,.png"})
        messages = {"required": _("Choose a picture."), "empty": _("The file is empty.")}
        super().__init__(widget=widget, error_messages=messages, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Picture | None:
        """Raise `ValidationError` with reason and remedy."""
        file: UploadedFile | None = super().clean(data, initial)
        if file is None:
            return None
        try:
            # One byte more than is taken tells that it is too large: what is far too large is never read whole.
            content = file.read(self.rule.most_bytes + 1)
            return take_in(content, name=file.name or "", declared=file.content_type or "", rule=self.rule)
        except UploadError as error:
            raise refused(error) from error
