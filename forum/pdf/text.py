"""Text that fits its box. Plain strings only: `<b>` and `&` are characters here, never markup."""

from collections.abc import Iterator
from dataclasses import dataclass

from forum.pdf.fonts import printable, text_width

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines and the one size, in points, at which they fit. `fits` False: even the smallest size is too wide."""

    lines: tuple[str, ...]
    size: float
    fits: bool


def fit_text(
    text: str,
    *,
    font: str,
    width: float,
    max_size: float,
    min_size: float,
    max_lines: int = 2,
    one_line_from: float | None = None,
) -> Fitted:
    """`text` as large as it fits in `width` points: on one line, shrunk if need be, else on more lines.

    A second line is taken when one line would be smaller than `one_line_from` (default `min_size`) and two are larger.
    Lines break at spaces and after hyphens (a double surname), and only where nothing else helps inside a word, with a
    hyphen. Nothing is ever smaller than `min_size` or left out; what does not fit says so.
    """
    clean = printable(text)
    best = _one_line(clean, font, width, max_size)
    wanted = min(one_line_from or min_size, max_size)
    for count in range(2, max_lines + 1):
        if best.size >= wanted:
            break
        lines = _balanced(clean, count, font)
        size = _largest(lines, font, width, max_size)
        if size > best.size:
            best = Fitted(lines, size, True)
    if best.size >= min_size:
        return best
    lines = tuple(_wrapped(clean, font, width, min_size))
    return Fitted(lines, min_size, len(lines) <= max_lines)


def fit_or_cut(
    text: str,
    *,
    font: str,
    width: float,
    max_size: float,
    min_size: float,
    max_lines: int = 2,
    one_line_from: float | None = None,
) -> Fitted:
    """As `fit_text`, for what may be cut: at the smallest size the rest gives way to an ellipsis. Never for names."""
    fitted = fit_text(
        text,
        font=font,
        width=width,
        max_size=max_size,
        min_size=min_size,
        max_lines=max_lines,
        one_line_from=one_line_from,
    )
    if fitted.fits:
        return fitted
    return Fitted(ellipsize(text, font=font, size=min_size, width=width, max_lines=max_lines), min_size, False)


def ellipsize(text: str, *, font: str, size: float, width: float, max_lines: int = 1) -> tuple[str, ...]:
    """`text` wrapped into at most `max_lines`; what does not fit is cut, with an ellipsis at the end."""
    lines = list(_wrapped(printable(text), font, width, size))
    if len(lines) <= max_lines:
        return tuple(lines)
    return (*lines[: max_lines - 1], _cut(lines[max_lines - 1], font, size, width))


def wrap(text: str, *, font: str, size: float, width: float) -> tuple[str, ...]:
    """`text` on as many lines as it needs at this size; nothing is cut."""
    return tuple(_wrapped(printable(text), font, width, size))


def _one_line(text: str, font: str, width: float, max_size: float) -> Fitted:
    return Fitted((text,), _largest((text,), font, width, max_size), True)


def _largest(lines: tuple[str, ...], font: str, width: float, max_size: float) -> float:
    """Largest size, in quarters of a point, at which every line is within `width`."""
    widest = max(text_width(line, font=font, size=1) for line in lines)
    return max_size if widest * max_size <= width else int(width / widest * 4) / 4


def _balanced(text: str, count: int, font: str) -> tuple[str, ...]:
    """`text` in at most `count` lines, the widest as narrow as breaking between words allows."""
    pieces = list(_pieces(text))
    widest = [text_width(piece.strip(), font=font, size=1) for piece in pieces]
    low, high = max(widest), text_width(text, font=font, size=1)
    best: tuple[str, ...] = (text,)
    for _ in range(12):
        middle = (low + high) / 2
        lines = tuple(_filled(pieces, font, middle, 1))
        if len(lines) <= count:
            best, high = lines, middle
        else:
            low = middle
    return best


def _wrapped(text: str, font: str, width: float, size: float) -> Iterator[str]:
    pieces = [part for piece in _pieces(text) for part in _split_word(piece, font, width, size)]
    return _filled(pieces, font, width, size)


def _filled(pieces: list[str], font: str, width: float, size: float) -> Iterator[str]:
    """Lines filled one after the other."""
    line = ""
    for piece in pieces:
        if line and text_width((line + piece).rstrip(" "), font=font, size=size) > width + 1e-6:
            yield line.strip(" ")
            line = ""
        line += piece
    if line.strip(" "):
        yield line.strip(" ")


def _pieces(text: str) -> Iterator[str]:
    """What may not be broken: up to and with the next space or hyphen."""
    start = 0
    for place, char in enumerate(text):
        if char in " -–—/" and place > start:
            yield text[start : place + 1]
            start = place + 1
    if text[start:]:
        yield text[start:]


def _split_word(piece: str, font: str, width: float, size: float) -> Iterator[str]:
    """A word wider than the line, cut with hyphens."""
    while text_width(piece.rstrip(" "), font=font, size=size) > width and len(piece) > 2:
        fitting = next(
            (n for n in range(len(piece) - 1, 1, -1) if text_width(piece[:n] + "-", font=font, size=size) <= width), 1
        )
        yield piece[:fitting] + "-"
        piece = piece[fitting:]
    yield piece


def _cut(line: str, font: str, size: float, width: float) -> str:
    """`line` with an ellipsis, shortened at a space if one is near, without signs left hanging."""
    while line and text_width(line + ELLIPSIS, font=font, size=size) > width:
        shorter, space, _ = line.rpartition(" ")
        line = shorter if space and len(line) - len(shorter) < 12 else line[:-1]
    return line.rstrip(" ,;:.-–—(«") + ELLIPSIS
