"""From a badge as really printed to a film for Chromium's fake camera: PDF -> picture -> video."""

import subprocess
from pathlib import Path

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

FRAME = (720, 1280)
"""Upright, as a phone's camera sees: the scanner looks only at what is visible on its screen."""
PER_SECOND = 10
PLAYED_PER_SECOND = 30
"""Chromium's fake camera plays films of this kind at this rate, whatever they say."""
SHOWN_SECONDS = 2
AWAY_SECONDS = 4
"""Longer than the three seconds in which the scanner takes a code for the same look at the same badge."""
DESK = (90, 96, 102)


def film_of(pdf: bytes, folder: Path) -> Path:
    """A film of somebody holding the badge before the camera and taking it away again, over and over."""
    badge = pdfium.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil().convert("RGB")
    code = zxingcpp.read_barcodes(badge)[0].position
    corners = (code.top_left, code.top_right, code.bottom_left, code.bottom_right)
    centre = (sum(p.x for p in corners) // 4, sum(p.y for p in corners) // 4)
    for number in range(PER_SECOND * (SHOWN_SECONDS + AWAY_SECONDS)):
        frame = _frame(badge, centre, number) if number < PER_SECOND * SHOWN_SECONDS else _empty()
        frame.save(folder / f"{number:03}.png")
    film = folder / "badge.mjpeg"
    drawn = ["-framerate", str(PER_SECOND), "-i", str(folder / "%03d.png")]
    played = ["-r", str(PLAYED_PER_SECOND), "-q:v", "3", "-pix_fmt", "yuvj420p", str(film)]
    command = ["ffmpeg", "-loglevel", "error", "-y", *drawn, *played]
    subprocess.run(command, check=True, timeout=60)
    return film


def _empty() -> Image.Image:
    return Image.new("RGB", FRAME, DESK)


def _frame(badge: Image.Image, centre: tuple[int, int], number: int) -> Image.Image:
    """The code is in the middle, a little nearer and more askew in each frame, as hands do."""
    scale = 0.6 + number * 0.004
    turned = badge.rotate(number * 0.4 - 3, center=centre, fillcolor=DESK)
    near = turned.resize((int(badge.width * scale), int(badge.height * scale)))
    frame = _empty()
    frame.paste(near, (FRAME[0] // 2 - int(centre[0] * scale), FRAME[1] // 2 - int(centre[1] * scale)))
    return frame
