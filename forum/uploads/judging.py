"""May this file be opened at all? Judged by size, ending, declared type and first bytes, before any parser sees it."""

from dataclasses import dataclass

from forum.uploads.problems import UploadError

MEGABYTE = 1024 * 1024
ANYTHING = ("", "application/octet-stream")
"""What browsers declare that know no type for the ending."""
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A format we take: endings, declared types, first bytes, and what Pillow calls it."""

    pillow: str
    endings: tuple[str, ...]
    types: tuple[str, ...]
    begins: bytes


JPEG = Kind(
    pillow="JPEG",
    endings=("jpg", "jpeg", "jfif"),
    types=("image/jpeg", "image/jpg", "image/pjpeg"),
    begins=b"\xff\xd8\xff",
)
PNG = Kind(pillow="PNG", endings=("png",), types=("image/png", "image/x-png"), begins=b"\x89PNG\r\n\x1a\n")
KINDS = (JPEG, PNG)
"""No WebP: its decoder takes memory for the declared size before we can refuse it. No GIF, TIFF, SVG: nobody needs them."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a place takes and makes of it. `fit`: cropped to exactly this size; `most`: shrunk to this long side."""

    most_bytes: int = 8 * MEGABYTE
    fit: tuple[int, int] | None = None
    most: int = 2400
    quality: int = 88


PHOTO = Rule(fit=(480, 640), quality=90)
"""Of a person, for the badge: 480 × 640, as forums ask for it."""
DOCUMENT = Rule()
"""Of a page, to be read by people."""


def judge(content: bytes, *, name: str, declared: str, rule: Rule) -> Kind:
    """The format of `content`. Raises `UploadError` where size, ending, declared type and first bytes do not agree.

    Of `name` only the ending is looked at; it is kept nowhere.
    """
    if not content:
        raise UploadError("upload.empty")
    if len(content) > rule.most_bytes:
        raise UploadError("upload.too_large", most=rule.most_bytes // MEGABYTE)
    found = next((kind for kind in KINDS if content.startswith(kind.begins)), None)
    promised = next((kind for kind in KINDS if _ending(name) in kind.endings), None)
    if found is None or promised is None:
        raise UploadError(_refusal(content, found, promised))
    if found is not promised or _type(declared) not in (*found.types, *ANYTHING):
        raise UploadError("upload.not_what_it_says")
    return found


def _refusal(content: bytes, found: Kind | None, promised: Kind | None) -> str:
    """The code that helps most."""
    if b"%PDF-" in content[:1024]:
        return "upload.pdf"
    if content[4:12] in _HEIC:
        return "upload.heic"
    return "upload.not_what_it_says" if found or promised else "upload.type"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _type(declared: str) -> str:
    return declared.partition(";")[0].strip().lower()
