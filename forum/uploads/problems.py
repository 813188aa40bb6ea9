"""Why a file is not taken, and what helps: in the language active at the call."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class UploadError(Exception):
    """A file that is not taken. `code` says why, `data` holds numbers for the message; never the file's name."""

    def __init__(self, code: str, **data: int) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


_SAVE_ANEW = _("Open the picture on your device, save it as JPG and choose that file.")
_WORDS: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "upload.empty": (_("The file is empty."), _("Choose the picture again.")),
    "upload.too_large": (
        _("The file is larger than %(most)s MB."),
        _("Choose a smaller picture, or lower its quality when saving."),
    ),
    "upload.type": (_("Only pictures are taken: JPG or PNG."), _SAVE_ANEW),
    "upload.pdf": (
        _("A PDF is not taken: it can hold more than a page shows."),
        _("Photograph the page, or save it as a JPG."),
    ),
    "upload.heic": (
        _("This is a HEIC picture, which not every program can open."),
        _("On an iPhone choose Settings, Camera, Formats, Most compatible, or save the picture as JPG."),
    ),
    "upload.not_what_it_says": (_("The content is not what the ending of the name says."), _SAVE_ANEW),
    "upload.too_many_pixels": (
        _("The picture has too many pixels: more than %(most)s million."),
        _("Save a smaller copy and choose that."),
    ),
    "upload.too_small": (
        _("The picture is too small: at least %(width)s × %(height)s pixels are needed."),
        _("Take a new picture, or choose the original one."),
    ),
    "upload.damaged": (_("The picture is damaged and cannot be read."), _SAVE_ANEW),
    "upload.infected": (
        _("The virus scanner found something harmful in this file."),
        _("Check your device, then choose another picture."),
    ),
    "upload.scanner_away": (
        _("The virus scanner does not answer at the moment, so no file can be taken."),
        _("Nothing you have saved is lost. Hand the file in again in a few minutes."),
    ),
}


def problem_words(error: UploadError) -> tuple[str, str]:
    """Reason and remedy."""
    reason, remedy = _WORDS[error.code]
    return str(reason) % error.data, str(remedy)
