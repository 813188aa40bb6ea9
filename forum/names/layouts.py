"""Keyboard layouts: what somebody meant who typed with the other one switched on."""

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_SWITCH = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)


def other_layout(text: str) -> str:
    """`text` as the same keys write it in the other of the two layouts, in lower case: “ghbvth” is “пример”."""
    return text.lower().translate(_SWITCH)
