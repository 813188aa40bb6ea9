"""Bombs and tricks in place of a picture: each is refused with a reason, quickly and without filling the memory."""

import tracemalloc
from time import perf_counter

import pytest

from forum.uploads import DOCUMENT, PHOTO, UploadError, take_in
from tests.pictures import SECRET, jpeg_bomb, picture, pixel_bomb, scan_bomb

MEGABYTE = 1024 * 1024
JPEG, PNG = picture(), picture(kind="PNG")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(7)</script></svg>'
TRICKS = {
    "nothing": (b"", "a.jpg", "image/jpeg", "upload.empty"),
    "ten megabytes": (JPEG + bytes(10 * MEGABYTE), "a.jpg", "image/jpeg", "upload.too_large"),
    "a program": (b"MZ" + bytes(500), "a.jpg", "image/jpeg", "upload.not_what_it_says"),
    "a program by its name": (b"MZ" + bytes(500), "a.exe", "application/x-msdownload", "upload.type"),
    "a PNG called JPG": (PNG, "a.jpg", "image/jpeg", "upload.not_what_it_says"),
    "a JPG called PNG": (JPEG, "a.png", "image/png", "upload.not_what_it_says"),
    "a JPG called page": (JPEG, "a.html", "image/jpeg", "upload.not_what_it_says"),
    "a JPG that says it is a page": (JPEG, "a.jpg", "text/html", "upload.not_what_it_says"),
    "two endings": (JPEG, "a.jpg.exe", "image/jpeg", "upload.not_what_it_says"),
    "no ending": (JPEG, "jpg", "image/jpeg", "upload.not_what_it_says"),
    "a drawing with a script": (SVG, "a.svg", "image/svg+xml", "upload.type"),
    "a PDF": (b"%PDF-1.7\n/JavaScript", "a.pdf", "application/pdf", "upload.pdf"),
    "a PDF called JPG": (b"%PDF-1.7\n/JavaScript", "a.jpg", "image/jpeg", "upload.pdf"),
    "a HEIC": (b"\0\0\0\x18ftypheic" + bytes(99), "a.heic", "image/heic", "upload.heic"),
    "a GIF": (b"GIF89a" + bytes(99), "a.gif", "image/gif", "upload.type"),
    "a bomb of pixels": (pixel_bomb(), "a.png", "image/png", "upload.too_many_pixels"),
    "just above the limit": (pixel_bomb(5001, 5000), "a.png", "image/png", "upload.too_many_pixels"),
    "a JPEG that lies about its size": (jpeg_bomb(), "a.jpg", "image/jpeg", "upload.too_many_pixels"),
    "a JPEG without end": (scan_bomb(), "a.jpg", "image/jpeg", "upload.damaged"),
    "half a picture": (JPEG[: len(JPEG) // 2], "a.jpg", "image/jpeg", "upload.damaged"),
    "a head alone": (JPEG[:20], "a.jpg", "image/jpeg", "upload.damaged"),
    "first bytes alone": (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.png", "image/png", "upload.damaged"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_are_refused(trick: str) -> None:
    content, name, declared, code = TRICKS[trick]
    began = perf_counter()
    tracemalloc.start()
    with pytest.raises(UploadError) as refusal:
        take_in(content, name=name, declared=declared, rule=DOCUMENT)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusal.value.code == code
    assert perf_counter() - began < 2
    assert most < 30 * MEGABYTE


def test_a_page_hidden_behind_a_picture_does_not_go_on() -> None:
    content = JPEG + b"<script>alert(7)</script>" + SECRET.encode()
    clean = take_in(content, name="a.jpg", declared="image/jpeg", rule=DOCUMENT).content
    assert b"script" not in clean and SECRET.encode() not in clean


def test_a_photo_too_small_for_a_badge_is_refused() -> None:
    with pytest.raises(UploadError) as refusal:
        take_in(picture(479, 640), name="a.jpg", declared="image/jpeg", rule=PHOTO)
    assert (refusal.value.code, refusal.value.data) == ("upload.too_small", {"width": 480, "height": 640})


def test_a_large_honest_photo_is_taken_quickly() -> None:
    content = picture(8000, 6000)
    began = perf_counter()
    take_in(content, name="IMG.JPG", declared="", rule=PHOTO)
    assert perf_counter() - began < 3
