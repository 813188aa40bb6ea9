"""Forms of lists of people: the file, and how it is read."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Forum
from registration.engine.imports.files import ImportFileError, check_size, kind_of
from registration.engine.imports.tables import Table
from registration.engine.imports.text import DELIMITERS, ENCODINGS
from registration.engine.imports.words import FIELDS, file_problem
from registration.models import Category, Delegation, ImportRun
from registration.queries.dossier import categories_of
from registration.queries.imports import categories_for, usual_category
from registration.queries.invitation_lists import TAKEN, batch_of

ENCODING_NAMES = {"utf-8": "UTF-8", "cp1251": _("Windows-1251 (Cyrillic)"), "utf-16": "UTF-16"}
DELIMITER_NAMES = {"comma": _("comma ,"), "semicolon": _("semicolon ;"), "tab": _("tab")}


def refused(error: ImportFileError) -> ValidationError:
    """A refusal of the engine as an error of a field, with its remedy."""
    reason, remedy = file_problem(error)
    return ValidationError(reason, code=error.code, params={"remedy": remedy})


class RowsForm(forms.Form):
    """What holds for rows that do not say it themselves."""

    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Category"),
        empty_label=None,
        help_text=_("For rows without a category of their own."),
    )
    language = forms.ChoiceField(
        label=_("Language of letters"),
        choices=settings.LANGUAGES,
        help_text=_("For rows without a language of their own."),
    )

    def __init__(self, *args: Any, forum: Forum, own: Sequence[Delegation] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        found = categories_of(forum) if own is None else _categories_for(forum, own)
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = found
        self.fields["category"].initial = usual_category(forum)


def _categories_for(forum: Forum, own: Sequence[Delegation]) -> QuerySet[Category]:
    """What a head may bring, in any of the delegations they lead."""
    keys = {category.pk for delegation in own for category in categories_for(delegation)}
    return categories_of(forum).filter(pk__in=keys)


class UploadForm(RowsForm):
    """A file, refused by size, name and content before anything opens it. `own`: the delegations of a head."""

    delegation: "forms.ModelChoiceField[Delegation]" = forms.ModelChoiceField(
        Delegation.objects.none(), label=_("Delegation"), empty_label=None
    )
    file = forms.FileField(
        label=_("File with the list"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=_("An .xlsx or .csv of up to 10 MB and 10,000 people. The first row names the columns."),
        error_messages={"required": _("Choose the file with the list."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, forum: Forum, own: "QuerySet[Delegation] | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, own=None if own is None else list(own), **kwargs)
        if own is None:
            del self.fields["delegation"]
        else:
            cast(forms.ModelChoiceField, self.fields["delegation"]).queryset = own

    def clean_file(self) -> UploadedFile:
        """Raise `ValidationError` with reason and remedy."""
        file = cast(UploadedFile, self.cleaned_data["file"])
        try:
            check_size(file.size or 0)
            self.content = file.read()
            kind_of(file.name or "", self.content)
        except ImportFileError as error:
            raise refused(error) from error
        return file


class ReadingForm(RowsForm):
    """How the file is read: encoding, delimiter, what each column is. Letters are a choice."""

    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=[(name, ENCODING_NAMES[name]) for name in ENCODINGS], required=False
    )
    delimiter = forms.ChoiceField(
        label=_("Between the columns"), choices=[(name, DELIMITER_NAMES[name]) for name in DELIMITERS], required=False
    )
    sends_letters = forms.BooleanField(
        label=_("Write to each new person"),
        required=False,
        help_text=_("The letter holds their own link: they read the consent, check the answers and send them."),
    )

    def __init__(self, data: Any = None, *, run: ImportRun, table: Table | None) -> None:
        self.run = run
        initial = {
            name: getattr(run, name) for name in ("category", "language", "encoding", "delimiter", "sends_letters")
        }
        super().__init__(data, forum=run.forum, own=[run.delegation] if run.delegation else None, initial=initial)
        self.fields["category"].initial = run.category
        if not run.encoding:
            del self.fields["encoding"], self.fields["delimiter"]
        invites = batch_of(run) is not None
        if invites:
            sends = self.fields["sends_letters"]
            sends.label, sends.help_text = _("Send the invitations at once"), _("Otherwise they are only written down.")
        width = len(table.heads) if table else len(run.columns)
        for at in range(width):
            head = table.heads[at] if table else str(at + 1)
            self.fields[f"column_{at}"] = _column(head, invites=invites)
            self.initial[f"column_{at}"] = run.columns[at] if at < len(run.columns) else ""

    def values(self) -> dict[str, Any]:
        """What `registration.actions.imports.choose` takes."""
        given = self.cleaned_data
        columns = [given[name] for name in self.fields if name.startswith("column_")]
        kept = {name: given[name] for name in ("category", "language", "sends_letters")}
        reading = {name: given.get(name) or getattr(self.run, name) for name in ("encoding", "delimiter")}
        return kept | reading | {"columns": columns}


def _column(head: str, *, invites: bool) -> forms.ChoiceField:
    fields = [(field, label) for field, label in FIELDS.items() if not invites or field in TAKEN]
    choices = [("", _("do not take")), *fields]
    return forms.ChoiceField(label=head, choices=choices, required=False)
