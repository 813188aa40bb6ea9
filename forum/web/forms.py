"""The one way from a refusal of our rules to the field it is about. Shared by the forms of all rooms."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from forum.errors import DomainError

Result = TypeVar("Result")


def attempt(form: forms.BaseForm, act: Callable[[], Result]) -> Result | None:
    """Do `act`; what our rules refuse becomes an error of the form: at its field where the rule names one."""
    try:
        return act()
    except DomainError as refusal:
        known = {name: message for name, message in refusal.fields.items() if name in form.fields}
        for name, message in known.items():
            form.add_error(name, str(message))
        if not known:
            form.add_error(None, str(refusal.message))
    return None
