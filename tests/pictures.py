"""Pictures as people and attackers hand them in."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.Image import Exif

SECRET = "Секретная камера 55.354, 86.087"


def picture(width: int = 600, height: int = 800, *, kind: str = "JPEG", **more: Any) -> bytes:
    """Left half red, right half blue, so that one sees which way up it is."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def with_notes(width: int = 600, height: int = 800, *, orientation: int = 1) -> bytes:
    """A JPEG that says where and with what it was taken."""
    notes = Exif()
    notes[0x0112], notes[0x010F], notes[0x9286] = orientation, SECRET, SECRET
    notes.get_ifd(0x8825)[2] = (55.0, 21.0, 14.0)
    return picture(width, height, exif=notes.tobytes(), comment=SECRET.encode())


def pixel_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few bytes that declares two and a half thousand million pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_bomb() -> bytes:
    """An ordinary JPEG whose head says that it is 65,000 pixels high and wide."""
    content = bytearray(picture(kind="JPEG"))
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", 65_000, 65_000)
    return bytes(content)


def scan_bomb(scans: int = 1000) -> bytes:
    """A progressive JPEG with passes over all its pixels without end."""
    content = picture(progressive=True)
    at = content.index(b"\xff\xda")
    one = content[at : content.index(b"\xff", at + 2 + 12) + 2]
    return content[:at] + one * scans + content[at:]
