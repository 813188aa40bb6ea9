"""PDF kit: fonts, text that fits, documents."""

import io

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.pdf import (
    BOLD,
    REGULAR,
    StreamingCanvas,
    ellipsize,
    fit_or_cut,
    fit_text,
    missing_glyphs,
    new_canvas,
    printable,
    text_width,
)
from tests.forum.people import PEOPLE

RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
OURS = RUSSIAN + "ЎўІіҚқҒғҲҳʻʼ№«»—–…’‘“”\u00a0\u202f\u2011"
KAZAKH, TATAR, SERBIAN, TURKISH, VIETNAMESE = "ӘәҢңӨөҰұҮүҺһ", "ҖҗҢңҮү", "ЂђЉљЊњЋћЏџЈј", "ĞğİıŞş", "ĐđặẶƠơ"
PAGE = (300, 200)


def pages(data: bytes) -> list[str]:
    with pdfium.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("font", ["FiraSans-Light", REGULAR, "FiraSans-Medium", "FiraSans-SemiBold", BOLD])
def test_every_script_of_our_people_has_its_glyphs(font: str) -> None:
    assert missing_glyphs(OURS + KAZAKH + TATAR + SERBIAN + TURKISH + VIETNAMESE, font) == set()


def test_missing_glyphs_are_named() -> None:
    assert missing_glyphs("Ван 王小明 \u0007") == {"王", "小", "明", "\u0007"}


def test_decomposed_letters_count_as_composed() -> None:
    assert printable("И\u0306од Ё\u0301") == "Йод Ё\u0301"
    assert missing_glyphs("И\u0306") == set()


def test_stand_ins_look_the_same() -> None:
    assert printable("14\u202fмая, Санкт\u2011Петербург\n") == "14\u00a0мая, Санкт-Петербург"


@pytest.mark.parametrize(
    "text", ["A & B", "<b>x", 'O\'Neil "Q"', "]]>", r"\n (x) \)", RUSSIAN, KAZAKH, TATAR, SERBIAN, TURKISH, VIETNAMESE]
)
def test_text_prints_literally_and_reads_back(text: str) -> None:
    out = io.BytesIO()
    canvas = new_canvas(out, pagesize=PAGE, title="Letter")
    canvas.setFont(REGULAR, 5)
    canvas.drawString(2, 100, printable(text))
    canvas.save()
    assert pages(out.getvalue()) == [text]


@pytest.mark.parametrize("somebody", PEOPLE, ids=lambda one: one.surname)
def test_surnames_fit_in_two_lines_at_twelve_points(somebody: object) -> None:
    for name in (somebody.surname, somebody.latin_surname):  # type: ignore[attr-defined]
        fitted = fit_text(name, font=BOLD, width=252, max_size=36, min_size=12)
        assert fitted.fits
        assert "".join(fitted.lines) == name


def test_double_surname_breaks_at_its_hyphen() -> None:
    fitted = fit_text(
        "Константинопольская-Демонстрационная", font=BOLD, width=252, max_size=36, min_size=12, one_line_from=24
    )
    assert fitted.lines == ("Константинопольская-", "Демонстрационная")
    assert fitted.size > 20


def test_short_text_stays_at_its_largest() -> None:
    assert fit_text("О", font=BOLD, width=252, max_size=36, min_size=12).size == 36


def test_what_cannot_fit_says_so() -> None:
    fitted = fit_text("Ж" * 200, font=BOLD, width=252, max_size=36, min_size=12)
    assert not fitted.fits
    assert fitted.size == 12
    cut = fit_or_cut("Ж" * 200, font=BOLD, width=252, max_size=36, min_size=12)
    assert len(cut.lines) == 2
    assert cut.lines[-1].endswith("…")


@given(
    st.text(alphabet="Аб вГд-щ Wi.", max_size=120),
    st.integers(min_value=40, max_value=300),
    st.integers(min_value=1, max_value=3),
)
def test_nothing_is_wider_than_its_box(text: str, width: int, lines: int) -> None:
    fitted = fit_text(text, font=BOLD, width=width, max_size=30, min_size=8, max_lines=lines)
    assert all(text_width(line, font=BOLD, size=fitted.size) <= width + 0.01 for line in fitted.lines)
    cut = ellipsize(text, font=REGULAR, size=9, width=width, max_lines=lines)
    assert len(cut) <= lines
    assert all(text_width(line, font=REGULAR, size=9) <= width + 0.01 for line in cut)


@given(st.text(alphabet="Аб вГд-щ", max_size=60))
def test_fitting_loses_no_character(text: str) -> None:
    fitted = fit_text(text, font=BOLD, width=300, max_size=20, min_size=8, max_lines=3)
    kept = "".join(fitted.lines).replace(" ", "").replace("-", "")
    assert kept == text.replace(" ", "").replace("-", "")


def test_position_of_250_characters_is_cut_between_words() -> None:
    position = "руководитель направления по взаимодействию с органами власти и развитию регионов присутствия " * 3
    lines = ellipsize(position[:250], font=REGULAR, size=9, width=252, max_lines=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert position.startswith(" ".join(lines).removesuffix("…"))


def test_same_drawing_gives_the_same_bytes() -> None:
    assert _drawn() == _drawn()


def _drawn() -> bytes:
    out = io.BytesIO()
    canvas = StreamingCanvas(out, pagesize=PAGE, title="Badges", author="Forum")
    canvas.beginForm("art")
    canvas.rect(0, 0, 10, 10)
    canvas.endForm()
    for number in range(7):
        canvas.doForm("art")
        canvas.setFont(BOLD, 20)
        canvas.drawString(10, 100, f"Ўқғҳ {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_streamed_document_is_whole() -> None:
    data = _drawn()
    assert pages(data) == [f"Ўқғҳ {number}" for number in range(7)]
    with pdfium.PdfDocument(data) as document:
        metadata = document.get_metadata_dict()
        assert (metadata["Title"], metadata["Author"], metadata["CreationDate"][:6]) == ("Badges", "Forum", "D:2000")
        assert document[0].get_size() == PAGE


def test_streamed_document_embeds_only_its_own_font() -> None:
    data = _drawn()
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2") == 1


def test_table_of_objects_points_at_them() -> None:
    """A reader that trusts the table finds every object where it says."""
    data = _drawn()
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    rows = data[start:].split(b"\n")
    assert rows[0] == b"xref"
    for number, row in enumerate(rows[3 : 2 + int(rows[1].split()[1])], start=1):
        offset, _, kind = row.split()
        if kind == b"n":
            assert data[int(offset) :].startswith(b"%d 0 obj" % number)


class Trickle:
    """Takes bytes and remembers only how many came before the end was asked for."""

    def __init__(self) -> None:
        self.length = 0

    def write(self, data: bytes) -> None:
        self.length += len(data)


def test_pages_are_written_as_they_are_finished() -> None:
    out = Trickle()
    canvas = StreamingCanvas(out, pagesize=PAGE, title="Badges")
    before = out.length
    for _ in range(3):
        canvas.drawString(10, 10, "x")
        canvas.showPage()
        assert out.length > before
        before = out.length
