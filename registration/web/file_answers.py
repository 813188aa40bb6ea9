"""Pictures handed in with a step of questions. Each is kept at once, so that a mistake elsewhere on the page loses none."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.uploads import DOCUMENT, MEGABYTE, PHOTO
from forum.web.pictures import PictureField
from registration.actions.answer_uploads import hand_in_file
from registration.engine.questions.sheet import Item, Sheet
from registration.enums import FILED_KINDS, QuestionKind
from registration.models import Registration
from registration.queries.questions import field_of
from registration.web.limits import PICTURES

RULES = {QuestionKind.FILE: DOCUMENT, QuestionKind.PHOTO: PHOTO}
Refused = dict[str, ValidationError]


class HandIn(forms.Widget):
    """The id of what is handed in travels hidden; beside it the way to choose a picture, or to take it back."""

    needs_multipart_form = True
    kept = False
    url = ""
    """Where whoever fills in the form may look at what is kept; nowhere where it is empty."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The id; nothing where it is taken back."""
        return None if data.get(f"{name}-drop") else data.get(name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """What is there, then the file input."""
        kept = self._kept(name) if value and self.kept else ""
        described = (attrs or {}).get("aria-describedby", "")
        wrong = (attrs or {}).get("aria-invalid", "")
        return format_html(
            '<input type="hidden" name="{}" value="{}">{}<input type="file" name="{}-file" id="{}"{}{}'
            ' accept="image/jpeg,image/png,.jpg,.jpeg,.png">',
            name,
            value or "",
            kept,
            name,
            (attrs or {}).get("id", f"id_{name}"),
            format_html(' aria-describedby="{}"', described) if described else "",
            format_html(' aria-invalid="{}"', wrong) if wrong else "",
        )

    def _kept(self, name: str) -> Any:
        link = format_html('<a href="{}">{}</a>', self.url, _("handed in")) if self.url else _("handed in")
        return format_html(
            '<p class="handed-in"><span class="chip ok">{}</span>'
            ' <label class="tick-line"><input type="checkbox" name="{}-drop"> <span>{}</span></label></p>',
            link,
            name,
            _("take it back"),
        )


def hint_of(kind: str) -> str:
    """What is taken."""
    most = RULES[QuestionKind(kind)].most_bytes // MEGABYTE
    if kind == QuestionKind.PHOTO:
        return _(
            "JPG or PNG up to %(most)s MB. Full face, no headgear, light background. We crop it to 3 : 4, evenly on both sides."
        ) % {"most": most}
    return _("JPG or PNG up to %(most)s MB: the whole page, easy to read. No PDF.") % {"most": most}


def hand_in(
    request: HttpRequest, registration: Registration, sheet: Sheet, *, by: Account | None
) -> tuple[QueryDict, Refused]:
    """What was typed, with the id of each picture that came along; and why others were not taken."""
    data, refused = request.POST.copy(), Refused()
    for item in sheet:
        name = field_of(item.code)
        if item.kind in FILED_KINDS and (file := request.FILES.get(f"{name}-file")):
            try:
                data[name] = _kept_id(request, registration, item, file, by=by)
                data.pop(f"{name}-drop", None)
            except ValidationError as error:
                refused[name] = error
    return data, refused


def _kept_id(request: HttpRequest, registration: Registration, item: Item, file: Any, *, by: Account | None) -> str:
    if not PICTURES.passes(request):
        remedy = _("Nothing you have saved is lost. Go on in an hour.")
        raise ValidationError(_("Very many pictures came from here within an hour."), params={"remedy": remedy})
    picture = PictureField(rule=RULES[item.kind]).clean(file)
    assert picture is not None  # noqa: S101 -- the field needs one
    try:
        return str(hand_in_file(registration, code=item.code, picture=picture, by=by).public_id)
    except DomainError as error:
        raise ValidationError(str(error.message)) from error
