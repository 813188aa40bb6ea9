"""Files that people hand in: drawn anew, kept sealed, looked at by the scanner, given out one way only."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.timezone import now
from PIL import Image

from forum.actions.files import UNKNOWN_FOR, erase_file, erase_given_up, give_up_file, store_sealed
from forum.crypto import DecryptionError
from forum.models import Account, Forum, StoredFile
from forum.queries.files import content_of
from forum.uploads import DOCUMENT, PHOTO, Picture, Rule, UploadError, problem_words, take_in
from forum.uploads.problems import _WORDS
from forum.uploads.scanner import check_setting, look_for_viruses
from forum.web.files import private_file
from tests.factories.jobs import make_job
from tests.pictures import SECRET, picture, with_notes

PLACE = "thing.file:1"


def taken(content: bytes, *, name: str = "photo.jpg", declared: str = "image/jpeg", rule: Rule = DOCUMENT) -> Picture:
    return take_in(content, name=name, declared=declared, rule=rule)


def opened(found: Picture) -> Image.Image:
    image = Image.open(BytesIO(found.content))
    image.load()
    return image


def test_nothing_but_pixels_goes_on() -> None:
    content = with_notes()
    assert SECRET.encode() in content
    image = opened(taken(content))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (600, 800))
    assert dict(image.getexif()) == {}
    assert {name for name in image.info if name not in ("jfif", "jfif_version", "jfif_unit", "jfif_density")} == set()
    assert SECRET.encode() not in taken(content).content


def test_a_picture_on_its_side_is_turned_upright_before_the_note_goes() -> None:
    image = opened(taken(with_notes(800, 600, orientation=6)))
    assert image.size == (600, 800)
    top, bottom = image.getpixel((300, 100)), image.getpixel((300, 700))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


@pytest.mark.parametrize(("width", "height"), [(480, 640), (2000, 1000), (641, 3000)])
def test_a_photo_is_cropped_evenly_to_the_size_of_badges(width: int, height: int) -> None:
    image = opened(taken(picture(width, height), rule=PHOTO))
    assert image.size == (480, 640)
    left, right = image.getpixel((60, 320)), image.getpixel((420, 320))
    assert isinstance(left, tuple) and isinstance(right, tuple)
    assert (left[0] > 200, right[2] > 200) == (True, True)


def test_a_page_is_shrunk_but_not_cropped() -> None:
    found = taken(picture(5000, 2500))
    assert (found.width, found.height, opened(found).size) == (2400, 1200, (2400, 1200))


def test_transparency_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(taken(out.getvalue(), name="a.PNG", declared="image/png")).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_every_refusal_has_reason_and_remedy(language: str) -> None:
    with translation.override(language):
        for code in _WORDS:
            words = problem_words(UploadError(code, most=8, width=480, height=640))
            assert all(words) and "%" not in "".join(words)


# --- the scanner -----------------------------------------------------------------------------------------------------------
@contextmanager
def clamd(answer: bytes, *, path: Path | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """Speaks as clamd does: takes the pieces, gives one answer."""
    door = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    door.bind(str(path) if path else ("127.0.0.1", 0))
    door.listen()
    heard: list[bytes] = []

    def serve() -> None:
        line, _address = door.accept()
        with line, line.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(stream.read(4), "big"):
                heard.append(stream.read(size))
            line.sendall(answer)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield (f"clamd://{path}" if path else f"clamd://127.0.0.1:{door.getsockname()[1]}"), heard
    thread.join(timeout=5)
    door.close()


@pytest.mark.parametrize(
    ("answer", "code"),
    [(b"stream: OK\0", ""), (b"stream: Eicar FOUND\0", "upload.infected"), (b"size limit\0", "upload.scanner_away")],
)
def test_clamd_has_the_last_word(settings: Any, answer: bytes, code: str) -> None:
    content = bytes(200_000)
    with clamd(answer) as (address, heard):
        settings.UPLOAD_SCANNER = address
        assert refusal_of(content) == code
    assert b"".join(heard) == content


def test_clamd_on_a_socket(settings: Any, tmp_path: Path) -> None:
    with clamd(b"stream: OK\0", path=tmp_path / "clamd.sock") as (address, heard):
        settings.UPLOAD_SCANNER = address
        assert refusal_of(b"x") == ""
    assert heard == [b"x"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("import sys; sys.exit(b'EICAR' in sys.stdin.buffer.read())", "upload.infected"),
        ("import sys; sys.exit(b'other' in sys.stdin.buffer.read())", ""),
        ("import sys; sys.exit(2)", "upload.scanner_away"),
    ],
)
def test_a_command_may_scan(settings: Any, command: str, code: str) -> None:
    settings.UPLOAD_SCANNER = f'command:{sys.executable} -c "{command}"'
    assert refusal_of(b"an EICAR in it") == code


@pytest.mark.parametrize("where", ["clamd://127.0.0.1:1", "clamd:///nowhere.sock", "command:/no/such/program"])
def test_a_scanner_that_is_away_lets_nothing_in(settings: Any, where: str) -> None:
    settings.UPLOAD_SCANNER = where
    assert refusal_of(b"x") == "upload.scanner_away"
    with pytest.raises(UploadError, match="scanner_away"):
        taken(picture())


def test_a_scanner_of_an_unknown_form_stops_the_start(settings: Any) -> None:
    settings.UPLOAD_SCANNER = "scanner:3310"
    with pytest.raises(ImproperlyConfigured):
        check_setting()


def refusal_of(content: bytes) -> str:
    try:
        look_for_viruses(content)
    except UploadError as error:
        return error.code
    return ""


# --- keeping and giving out ------------------------------------------------------------------------------------------------
def keep(content: bytes = b"content", **more: Any) -> StoredFile:
    about = {"purpose": "person_file", "name": "photo.jpg", "content_type": "image/jpeg", "sealed_for": PLACE}
    return store_sealed(content, **about | more)


@pytest.mark.django_db
def test_a_sealed_file_opens_for_its_own_place_only() -> None:
    stored = keep()
    assert content_of(stored, sealed_for=PLACE) == b"content"
    with default_storage.open(stored.file.name) as kept:
        assert b"content" not in kept.read()
    with pytest.raises(DecryptionError):
        content_of(stored, sealed_for="thing.file:2")


@pytest.mark.django_db
def test_a_file_given_up_goes_after_the_commit_and_what_a_crash_left_goes_with_the_sweep(
    django_capture_on_commit_callbacks: Any,
) -> None:
    first, second = keep(), keep()
    with django_capture_on_commit_callbacks(execute=True):
        give_up_file(first)
    assert (default_storage.exists(first.file.name), StoredFile.objects.count()) == (False, 1)
    give_up_file(second)  # and the process dies here
    assert default_storage.exists(second.file.name)
    assert (erase_given_up(), erase_given_up()) == (1, 0)
    assert (default_storage.exists(second.file.name), StoredFile.objects.count()) == (False, 0)


@pytest.mark.django_db
def test_a_file_that_somebody_needs_is_not_erased() -> None:
    stored = keep()
    assert (erase_file(stored.pk), erase_given_up(), default_storage.exists(stored.file.name)) == (False, 0, True)


@pytest.mark.django_db
@pytest.mark.parametrize("sealed_for", [PLACE, ""], ids=["sealed", "plain"])
def test_bytes_that_no_row_names_go_after_a_day(monkeypatch: pytest.MonkeyPatch, sealed_for: str) -> None:
    stored = keep()
    folder = f"{'person_file' if sealed_for else 'badge'}/{stored.public_id.hex[:2]}"
    lost = default_storage.save(f"{folder}/{stored.public_id.hex}-2", ContentFile(b"left by a crash"))
    foreign = default_storage.save("backups/20/2027-05-20.backup", ContentFile(b"put here by an operator"))
    assert erase_given_up() == 0
    old = now() - UNKNOWN_FOR - timedelta(hours=1)
    monkeypatch.setattr(type(default_storage._wrapped), "get_modified_time", lambda *_args: old)
    assert erase_given_up() == 1
    assert [default_storage.exists(name) for name in (lost, stored.file.name, foreign)] == [False, True, True]


@pytest.mark.django_db
def test_a_file_that_was_stored_and_never_bound_goes_after_a_day(forum: Forum, organiser: Account) -> None:
    """Whoever drew it was killed before the row that was to name it. One that a row names stays, however old."""
    lost, bound = keep(), keep()
    make_job(forum, organiser, result=bound)
    assert erase_given_up() == 0
    StoredFile.objects.update(created_at=now() - UNKNOWN_FOR - timedelta(hours=1))
    assert (erase_given_up(), list(StoredFile.objects.all())) == (1, [bound])
    assert (default_storage.exists(lost.file.name), default_storage.exists(bound.file.name)) == (False, True)


@pytest.mark.parametrize(
    "name", ["photo.jpg", 'a"; filename="evil.html', "a\r\nSet-Cookie: x=1", "../../etc/passwd", "Иванов.jpg", ""]
)
def test_a_name_cannot_break_out_of_its_header(name: str) -> None:
    answer = private_file(b"x", name=name, content_type="image/jpeg")
    head = answer["Content-Disposition"]
    assert head.startswith("attachment; filename") and not set(head) & set("\r\n/\\")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert head.count('"') in (0, 2) and set(answer.headers) == set(private_file(b"", name="", content_type="").headers)
