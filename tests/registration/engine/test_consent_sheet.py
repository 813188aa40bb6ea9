"""The consent to sign on paper: nothing is lost over the pages, no heading stands alone, the lines to write on stay together."""

from io import BytesIO

import pypdfium2

from registration.engine.consent_sheet import ConsentSheet, draw_consent_sheet
from registration.engine.texts import parts_of

FIELDS = ("Name", "Date and signature", "Witness")


def pages_of(body: str) -> list[str]:
    sheet = ConsentSheet(
        letterhead="Forum",
        title="Consent",
        version="Version 1",
        parts=parts_of(body),
        agreed="I agree.",
        fields=FIELDS,
        foot="Kept.",
        page_words="page %(page)s",
    )
    out = BytesIO()
    number = draw_consent_sheet(out, sheet)
    read = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(out.getvalue())]
    assert len(read) == number
    return read


def test_a_short_text_is_one_sheet_with_everything_on_it() -> None:
    [page] = pages_of("## Who\n\nThe agency.\n\n- oʻzbek\n- беларускі ў")
    for words in ("Who", "oʻzbek", "беларускі ў", "I agree.", *FIELDS, "page 1"):
        assert words in page


def test_a_long_text_goes_on_and_is_signed_on_the_last_sheet() -> None:
    for lines in range(28, 40):
        body = "\n\n".join([f"Line {number}." for number in range(lines)] + ["## Last", "The end."])
        pages = pages_of(body)
        assert all(f"Line {number}." in "".join(pages) for number in range(lines))
        [at] = [page for page in pages if "Last" in page]
        assert "The end." in at
        assert [field in pages[-1] for field in FIELDS] == [True] * 3
