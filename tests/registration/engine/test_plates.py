"""One plate is one text, however it is typed."""

import pytest

from registration.engine.plates import plate_key, shown_plate


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("А123ВС142", "А 123 ВС 142"),
        ("a123bc 142", "А 123 ВС 142"),
        ("о777оо42", "О 777 ОО 42"),
        ("0777OO42", "О 777 ОО 42"),
        ("МК 456-42", "МК 456 42"),
        ("ав 1234 42", "АВ 1234 42"),
        ("1234ав42", "1234 АВ 42"),
        ("01 a 123 bc", "01 A 123 BC"),
        ("1234 AB-7", "1234 AB-7"),
    ],
)
def test_plates_are_shown_as_they_stand_on_the_vehicle(typed: str, shown: str) -> None:
    assert shown_plate(typed) == shown
    assert plate_key(shown) == plate_key(typed)


def test_alphabets_and_dress_make_no_difference() -> None:
    assert len({plate_key(typed) for typed in ("А123ВС142", "A123BC142", " a 123-bc_142 ", "А 123 ВС 142")}) == 1
    assert plate_key("А123ВС142") != plate_key("А123ВС42")


@pytest.mark.parametrize("typed", ["", "А1", "бензовоз", "А123ВС142А123ВС142", "А1#3ВС42", "<b>123</b>"])
def test_what_is_no_plate_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"plate\.malformed"):
        plate_key(typed)
