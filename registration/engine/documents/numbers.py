"""Numbers of documents: one form for comparing, another one for showing."""

import unicodedata

_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХІЅЈ", "ABEKMHOPCTYXISJ")
"""Cyrillic capitals that people type for the Latin ones of their passport."""
SHOWN = 4
"""Last signs of a number that a mask leaves."""


def folded(series: str, number: str) -> str:
    """Capitals and digits only: however a number is typed, the same document gives the same text."""
    text = unicodedata.normalize("NFKC", f"{series}{number}").upper().translate(_LOOK_ALIKES)
    return "".join(sign for sign in text if sign.isalnum())


def masked(number: str) -> str:
    """`•• 1234`; of a short number less, so that most of it stays hidden."""
    plain = folded("", number)
    shown = min(SHOWN, len(plain) // 2)
    return f"•• {plain[len(plain) - shown :]}" if shown else "••"
