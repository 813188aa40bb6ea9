"""A picture drawn anew: only its pixels go on, never the file, so nothing hidden in it (place, camera, script) is kept."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from forum.uploads.judging import JPEG, Kind, Rule
from forum.uploads.problems import UploadError

MILLION = 1_000_000
MOST_PIXELS = 60 * MILLION
"""Of an ordinary JPEG, which is shrunk while it is decoded; phones make up to fifty."""
MOST_PIXELS_WHOLE = 25 * MILLION
"""Of what has to be decoded whole: PNG, and JPEG in several passes."""
MOST_SCANS = 40
"""Passes of a JPEG, thumbnails included. Cameras make one, the web a dozen, a bomb a thousand over all the pixels."""
_SCAN = b"\xff\xda"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A clean JPEG and its size."""

    content: bytes
    width: int
    height: int
    content_type: str = "image/jpeg"


def drawn_anew(content: bytes, *, kind: Kind, rule: Rule) -> Picture:
    """Decode, turn upright, crop or shrink as `rule` says, and write without any metadata.

    Raises `UploadError`. The declared size is refused before a pixel is decoded.
    """
    if kind is JPEG and content.count(_SCAN) > MOST_SCANS:
        raise UploadError("upload.damaged")
    try:
        return _written(_fitted(_upright(_opened(content, kind, rule)), rule), rule)
    except UploadError:
        raise
    except Exception as error:  # decoders raise whatever they like: OSError, ValueError, SyntaxError, zlib.error, …
        raise UploadError("upload.damaged") from error


def _opened(content: bytes, kind: Kind, rule: Rule) -> Image.Image:
    """The header only: Pillow decodes at the first look at a pixel."""
    try:
        image = Image.open(BytesIO(content), formats=[kind.pillow])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadError("upload.too_many_pixels", most=MOST_PIXELS // MILLION) from error
    whole = kind is not JPEG or bool(image.info.get("progressive"))
    most = MOST_PIXELS_WHOLE if whole else MOST_PIXELS
    if image.width * image.height > most:
        raise UploadError("upload.too_many_pixels", most=most // MILLION)
    _refuse_small(image, rule)
    if kind is JPEG:
        enough = 2 * max(rule.fit or (rule.most,))
        image.draft("RGB", (enough, enough))
    return image


def _refuse_small(image: Image.Image, rule: Rule) -> None:
    """Either way up: whether it lies on its side is known later."""
    if rule.fit and (min(image.size) < min(rule.fit) or max(image.size) < max(rule.fit)):
        raise UploadError("upload.too_small", width=rule.fit[0], height=rule.fit[1])


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held. A damaged note about that is no reason to refuse the picture."""
    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # the note comes from outside, too
        return image


def _fitted(image: Image.Image, rule: Rule) -> Image.Image:
    """On white, in three colours, of the wanted size. Cropped evenly on both sides."""
    flat = _on_white(image)
    if rule.fit:
        return ImageOps.fit(flat, rule.fit, method=Image.Resampling.LANCZOS, centering=(0.5, 0.5))
    flat.thumbnail((rule.most, rule.most), Image.Resampling.LANCZOS)
    return flat


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    flat = Image.new("RGB", layer.size, "white")
    flat.paste(layer, mask=layer.getchannel("A"))
    return flat


def _written(image: Image.Image, rule: Rule) -> Picture:
    """Onto an empty canvas first: what the old picture carried besides its pixels stays behind."""
    canvas = Image.new("RGB", image.size)
    canvas.paste(image)
    out = BytesIO()
    canvas.save(out, "JPEG", quality=rule.quality, optimize=True)
    return Picture(content=out.getvalue(), width=canvas.width, height=canvas.height)


def shrunk(content: bytes, *, size: tuple[int, int], quality: int = 78) -> bytes:
    """One of our own pictures, smaller: for paper or a small screen. Raises what Pillow raises when it cannot be read."""
    image = Image.open(BytesIO(content), formats=[JPEG.pillow])
    image.draft("RGB", size)
    small = ImageOps.fit(image.convert("RGB"), size, method=Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
