"""Documents: metadata without personal data, embedded fonts only, and pages that leave memory once drawn."""

from array import array
from threading import Lock
from typing import IO, Any, Protocol

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from forum.pdf.fonts import REGULAR, register_fonts

# Pages as plain compressed bytes: reportlab would spell them in ASCII, a quarter larger and slower, for mail of 1995.
rl_config.useA85 = 0

_CUTTING = Lock()

# Points in a millimetre.
MM = 72 / 25.4


class Writable(Protocol):
    """Anything that takes bytes: a file, a pipe, a response."""

    def write(self, data: bytes, /) -> Any: ...


def new_canvas(out: IO[bytes], *, pagesize: tuple[float, float], title: str, author: str = "") -> Canvas:
    """A canvas for a short document (letter, list). `title` and `author` must not name a delegate.

    The same drawing gives the same bytes: no clock and no random identifier goes into the file.
    """
    register_fonts()
    canvas = _OneAtATime(out, pagesize=pagesize, invariant=1, pageCompression=1, initialFontName=REGULAR, lang="ru")
    _describe(canvas, title, author)
    return canvas


class _OneAtATime(Canvas):
    """All documents share the files of the fonts, from which one thread at a time may cut its letters."""

    def save(self) -> None:
        """Write the document, once nobody else is writing one."""
        with _CUTTING:
            super().save()


class StreamingCanvas(_OneAtATime):
    """A canvas that writes each page, with the pictures on it, when it is finished and keeps 16 bytes of it.

    reportlab holds every page until the end and then the whole file once more; 5,000 badges would cost some 100 MB, and
    there is no upper bound. Fonts are still shared by the whole document and written once, at the end.
    `out` is only written to, from the start, never moved in.
    """

    def __init__(self, out: Writable, *, pagesize: tuple[float, float], title: str, author: str = "") -> None:
        register_fonts()
        super().__init__(None, pagesize=pagesize, invariant=1, pageCompression=1, initialFontName=REGULAR)
        self._doc = _StreamingDocument(out)
        _describe(self, title, author)


class _StreamingDocument(pdfdoc.PDFDocument):
    """Numbers objects as reportlab does, but forgets a page and its content once they are written."""

    def __init__(self, out: Writable) -> None:
        super().__init__(compression=1, invariant=1, lang="ru")
        self._out = out
        self._position = 0
        # By object number, the number 0 included; 0 = not written yet.
        self._offsets = array("Q", [0])
        self._page_numbers = array("Q")
        self._write(b"%PDF-1.4\n%\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\n")

    def addPage(self, page: pdfdoc.PDFPage) -> None:  # noqa: N802 -- reportlab's name
        name = self.thisPageName()
        super().addPage(page)
        self.Pages.pages.clear()
        self._page_numbers.append(self.idToObjectNumberAndVersion[name][0])
        self._emit_and_forget(name)
        # Formatting the page has just registered its content stream.
        self._emit_and_forget(page.Contents.__InternalName__)
        for drawn in [one for one, kept in self.idToObject.items() if isinstance(kept, pdfdoc.PDFImageXObject)]:
            self._emit_and_forget(drawn)

    def SaveToFile(self, filename: object, canvas: Canvas) -> None:  # noqa: N802 -- reportlab's name
        """Write all that pages share, then the table of objects. `filename` is reportlab's and not used."""
        for font in self.delayedFonts:
            font.addObjects(self)
        self.info.invariant = self.invariant
        self.info.digest(self.signature)
        self.Catalog.Outlines = None
        self.Pages.check_format = self._list_pages
        catalog, info = self.Reference(self.Catalog), self.Reference(self.info)
        # Formatting one object may register more.
        number = 0
        while (number := number + 1) <= self.objectcounter:
            if number in self.numberToId:
                self._emit(self.numberToId[number])
        self._write_table(catalog, info)

    def _list_pages(self, document: pdfdoc.PDFDocument) -> None:
        self.Pages.Kids = _Verbatim(b"[ " + b" ".join(b"%d 0 R" % number for number in self._page_numbers) + b" ]")
        self.Pages.Count = len(self._page_numbers)

    def _emit(self, name: str) -> int:
        number = self.idToObjectNumberAndVersion[name][0]
        body = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
        self._offsets.extend([0] * (number + 1 - len(self._offsets)))
        self._offsets[number] = self._position
        self._write(body)
        return number

    def _emit_and_forget(self, name: str) -> None:
        number = self._emit(name)
        del self.idToObject[name], self.idToObjectNumberAndVersion[name], self.numberToId[number]

    def _write_table(self, catalog: Any, info: Any) -> None:
        start, size = self._position, self.objectcounter + 1
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        self._offsets.extend([0] * (size - len(self._offsets)))
        for offset in self._offsets[1:size]:
            # reportlab sometimes takes a number and does not use it.
            self._write(b"%010d 00000 n \n" % offset if offset else b"0000000000 00000 f \n")
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=size, Root=catalog, Info=info, ID=self.ID())
        self._write(trailer.format(self))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._position += len(data)


class _Verbatim(pdfdoc.PDFObject):
    def __init__(self, text: bytes) -> None:
        self.text = text

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        return self.text


def _describe(canvas: Canvas, title: str, author: str) -> None:
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator("")
    canvas.setProducer("reportlab")
