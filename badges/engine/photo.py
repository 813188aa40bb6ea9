"""The photo on a badge: as many dots as paper shows, so that a badge stays small."""

from forum.uploads import shrunk

WIDTH, HEIGHT = 26.4, 35.2
"""On paper, in millimetres: 3 to 4, as photos are kept."""
DOTS = (312, 416)
"""300 to the inch."""
SCREEN = (240, 320)
"""On a phone at the desk."""


def for_paper(content: bytes) -> bytes:
    """A JPEG of `DOTS`."""
    return shrunk(content, size=DOTS)


def for_screen(content: bytes) -> bytes:
    """A JPEG of `SCREEN`."""
    return shrunk(content, size=SCREEN)
