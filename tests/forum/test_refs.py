"""References read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.refs import ALPHABET, format_ref, new_ref, normalise_ref


@given(st.text(alphabet=ALPHABET, min_size=10, max_size=10))
def test_formatted_reference_reads_back(ref: str) -> None:
    assert normalise_ref(format_ref(ref)) == normalise_ref(format_ref(ref).lower()) == ref


def test_new_references_are_of_the_alphabet_and_differ() -> None:
    refs = {new_ref() for _ in range(500)}
    assert len(refs) == 500
    assert all(normalise_ref(ref) == ref for ref in refs)


@pytest.mark.parametrize(
    "typed",
    ["01234-ABCDX", "o1234-abcdx", "OI234 ABCDX", " 0l234abcdx ", "0i234‑ABCDX", "О1234-АВСDХ"],  # the last in Cyrillic
)
def test_what_people_type_is_forgiven(typed: str) -> None:
    assert normalise_ref(typed) == "01234ABCDX"


@pytest.mark.parametrize("typed", ["", "01234-ABCD", "01234-ABCDXX", "01234-ABCDU", "Примерова1", "01234-ABCD%"])
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"ref\.malformed"):
        normalise_ref(typed)
