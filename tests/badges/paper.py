"""Reading a printed badge back: text, codes, ink."""

from collections.abc import Iterator

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

DPI = 150
DOTS_PER_MM = DPI / 25.4


def rendered(pdf: bytes, *, dpi: int = DPI) -> Iterator[Image.Image]:
    """Every page as a picture."""
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")


def text_of(pdf: bytes, *, page: int = 0) -> str:
    """The text of a page on one line; the reader's mark for a hyphen at the end of a line becomes a hyphen."""
    with pdfium.PdfDocument(pdf) as document:
        text = document[page].get_textpage().get_text_range()
    return text.replace("\ufffe", "-\r\n").replace("-\r\n", "-").replace("\r\n", " ")


def codes_on(picture: Image.Image) -> list[zxingcpp.Barcode]:
    """QR codes that the scanner's own decoder reads, in reading order."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return sorted(found, key=lambda code: (code.position.top_left.y // 100, code.position.top_left.x))
