"""Who has not answered what is obligatory now, and the button that reminds them."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forum.models import Account
from forum.web.access import TeamView
from registration.actions.missing import start_reminding
from registration.engine.questions.sheet import Item
from registration.models import Category, Registration
from registration.queries.missing import asking, can_be_reminded, labels, missing_answers, written_today
from registration.queries.people import name_of
from registration.web.spellings import heading

PER_PAGE = 50


class MissingForm(forms.Form):
    """The filter; it lives in the address."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)

    def __init__(self, data: Any, *, categories: list[Category]) -> None:
        super().__init__(data, label_suffix="")
        choices = [("", _("all")), *((one.code, str(one)) for one in categories)]
        self.fields["category"].choices = choices
        self.is_valid()

    @property
    def chosen(self) -> str:
        """The code of the category, empty for all."""
        return str(self.cleaned_data.get("category", ""))


class MissingView(TeamView):
    """The list."""

    permission_required = "registration.view_people"

    def get(self, request: HttpRequest) -> HttpResponse:
        """By category and name, with what is missing."""
        categories = asking(self.forum)
        form = MissingForm(request.GET, categories=categories)
        chosen = [one for one in categories if form.chosen in ("", one.code)]
        found, written = list(missing_answers(chosen)), written_today(self.forum)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "chosen": form.chosen,
            "asks": bool(categories),
            "page": page,
            "rows": [_row(registration, owed, written) for registration, owed in page],
            "to_remind": sum(can_be_reminded(one, written) for one, _owed in found),
            "without_address": sum(1 for one, _owed in found if not one.person.email),
        }
        return render(request, "registration/team/missing.html", context)


def _row(registration: Registration, owed: list[Item], written: set[str]) -> dict[str, Any]:
    return {
        "registration": registration,
        "name": heading(name_of(registration.person)),
        "questions": labels(owed),
        "written": registration.ref in written,
        "address": bool(registration.person.email),
    }


class RemindView(TeamView):
    """One press, one letter for each, once a day."""

    permission_required = "registration.decide"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Whoever has had such a letter today gets none."""
        form = MissingForm(request.POST, categories=asking(self.forum))
        number = start_reminding(self.forum, category=form.chosen, by=cast(Account, request.user))
        if number:
            text = ngettext("%(number)s person is reminded.", "%(number)s people are reminded.", number)
            messages.success(request, text % {"number": number})
        else:
            messages.info(request, _("Everybody with an address has been written to today."))
        query = urlencode({"category": form.chosen}) if form.chosen else ""
        return redirect(f"{reverse('people:missing')}?{query}" if query else "people:missing")
