"""Long texts, such as a consent, as the parts a page shows: headings, paragraphs, lists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One block of a text. `kind`: heading, paragraph or list; a list has its `items`, the others their `text`."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


def parts_of(body: str) -> list[Part]:
    """Blocks are separated by empty lines. `## ` begins a heading, `- ` every line of a list; anything else is a paragraph."""
    blocks = body.replace("\r\n", "\n").split("\n\n")
    return [_part(block.strip()) for block in blocks if block.strip()]


def _part(block: str) -> Part:
    lines = [line.strip() for line in block.splitlines()]
    if len(lines) == 1 and block.startswith("## "):
        return Part("heading", block.removeprefix("## "))
    if all(line.startswith("- ") for line in lines):
        return Part("list", items=tuple(line.removeprefix("- ") for line in lines))
    return Part("paragraph", " ".join(lines))
