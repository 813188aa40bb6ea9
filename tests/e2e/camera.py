"""From a badge as really printed to a film for Chromium's fake camera: PDF -> picture -> video."""

import subprocess
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

FRAME = (1280, 720)
PER_SECOND = 10


def film_of(pdf: bytes, folder: Path) -> Path:
    """A short film of somebody holding the badge before the camera; the way the code sits on the badge is not known."""
    badge = pdfium.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil().convert("RGB")
    for number in range(PER_SECOND):
        _frame(badge, number).save(folder / f"{number:03}.png")
    film = folder / "badge.mjpeg"
    frames = ["-framerate", str(PER_SECOND), "-i", str(folder / "%03d.png")]
    command = ["ffmpeg", "-loglevel", "error", "-y", *frames, "-q:v", "3", "-pix_fmt", "yuvj420p", str(film)]
    subprocess.run(command, check=True, timeout=60)
    return film


def _frame(badge: Image.Image, number: int) -> Image.Image:
    """The lower half of the badge fills the view, a little nearer and more askew in each frame, as hands do."""
    scale = FRAME[0] / badge.width * (0.92 + number * 0.008)
    near = badge.resize((int(badge.width * scale), int(badge.height * scale)))
    near = near.rotate(number * 0.6 - 2, expand=True, fillcolor=(90, 96, 102))
    frame = Image.new("RGB", FRAME, (90, 96, 102))
    frame.paste(near, ((FRAME[0] - near.width) // 2, FRAME[1] - near.height))
    return frame
