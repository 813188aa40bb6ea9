"""Pictures that a person may hand in: the photo for the badge, the picture of the document."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.uploads import DOCUMENT, MEGABYTE, PHOTO, Picture
from forum.web.files import private_file
from forum.web.forms import attempt
from forum.web.limits import limited
from forum.web.pictures import PictureField
from registration.actions.pictures import keep_picture, look_at_picture, remove_picture
from registration.enums import PictureKind
from registration.models import PersonPicture
from registration.queries.consents import matters_of
from registration.queries.people import name_of
from registration.queries.pictures import PURPOSES, is_taken, picture_of
from registration.web.access import OwnApplicationView
from registration.web.limits import PICTURES
from registration.web.spellings import own_heading

RULES = {PictureKind.PHOTO: PHOTO, PictureKind.SCAN: DOCUMENT}
HINTS = {
    PictureKind.PHOTO: gettext_lazy(
        "JPG or PNG up to %(most)s MB. Full face, no headgear, light background. We crop it to 3 : 4, evenly on both sides."
    ),
    PictureKind.SCAN: gettext_lazy(
        "JPG or PNG up to %(most)s MB: the page with the photo, whole and easy to read. No PDF."
    ),
}


class PictureForm(forms.Form):
    """One picture."""

    def __init__(self, *args: Any, kind: PictureKind) -> None:
        super().__init__(*args, label_suffix="")
        rule = RULES[kind]
        hint = HINTS[kind] % {"most": rule.most_bytes // MEGABYTE}
        self.fields["picture"] = PictureField(rule=rule, label=gettext_lazy("Picture"), help_text=hint)


class OwnPictureView(OwnApplicationView):
    """Base: a kind that is asked for here, or one that was handed in; any other is a 404."""

    kind: PictureKind
    picture: PersonPicture | None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it before anything is done with the request."""
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in PictureKind.values:
            raise Http404
        self.kind = PictureKind(kwargs["kind"])
        self.picture = picture_of(self.registration, self.kind)
        if self.picture is None and not is_taken(self.registration, self.kind):
            raise Http404


class PictureView(OwnPictureView):
    """The picture as we keep it, and the way to hand in another one."""

    def get(self, request: HttpRequest, ref: str, kind: str) -> HttpResponse:
        """What is there."""
        return self.page(PictureForm(kind=self.kind))

    @limited(PICTURES)
    def post(self, request: HttpRequest, ref: str, kind: str) -> HttpResponse:
        """Take it; an earlier one stays until a new one is taken."""
        form = PictureForm(request.POST, request.FILES, kind=self.kind)
        if not form.is_valid() or attempt(form, lambda: self._keep(form.cleaned_data["picture"])) is None:
            return self.page(form, status=422)
        messages.success(request, _("The picture is stored. This is how we see it."))
        return redirect("registration:picture", ref=ref, kind=kind)

    def _keep(self, picture: Picture) -> PersonPicture:
        return keep_picture(self.registration, kind=self.kind, picture=picture, by=self.account)

    def page(self, form: PictureForm, *, status: int = 200) -> HttpResponse:
        """Both kinds look alike."""
        matters = matters_of(self.registration.person)
        context = {
            "registration": self.registration,
            "heading": own_heading(name_of(self.registration.person)),
            "kind": self.kind,
            "picture": self.picture,
            "taken": is_taken(self.registration, self.kind),
            "matter": next((one for one in matters if one.purpose == PURPOSES[self.kind]), None),
            "form": form,
        }
        return render(self.request, "registration/picture.html", context, status=status)


class PictureFileView(OwnPictureView):
    """The bytes, for the person alone."""

    def get(self, request: HttpRequest, ref: str, kind: str) -> HttpResponseBase:
        """A download; inside the page it is drawn all the same."""
        if self.picture is None:
            raise Http404
        try:
            content = look_at_picture(self.picture, by=self.account)
        except FileNotFoundError as error:
            raise Http404 from error
        stored = self.picture.file
        return private_file(content, name=stored.name, content_type=stored.content_type)


class RemovePictureView(OwnPictureView):
    """The person takes it back."""

    def post(self, request: HttpRequest, ref: str, kind: str) -> HttpResponse:
        """At once."""
        remove_picture(self.registration, kind=self.kind, by=self.account)
        messages.success(request, _("The picture is erased."))
        if is_taken(self.registration, self.kind):
            return redirect("registration:picture", ref=ref, kind=kind)
        return redirect("registration:my")
