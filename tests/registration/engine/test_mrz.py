"""Lines for machines: the specimens of ICAO Doc 9303, each check digit, and what people make of them."""

from datetime import date

import pytest

from registration.engine.documents.mrz import MrzError, check_digit, read_lines

PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(("lines", "number"), [(PASSPORT, "L898902C3"), (CARD, "D23145890")])
@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda text: text.replace("\n", "  \r\n"), lambda text: text.replace("<", "«")]
)
def test_specimens_are_read_however_they_are_typed(lines: str, number: str, typed) -> None:
    found = read_lines(typed(lines), today=TODAY)
    assert (found.number, found.country, found.sex) == (number, "UTO", "f")
    assert (found.birth_date, found.expires_on) == (date(1974, 8, 12), date(2012, 4, 15))
    assert (found.surname, found.given) == ("ERIKSSON", "ANNA MARIA")


@pytest.mark.parametrize(
    ("was", "became", "code"),
    [
        ("L898902C3", "L898902C4", "mrz_number"),
        ("7408122F", "7408132F", "mrz_whole"),
        ("ZE184226B", "ZE184226C", "mrz_whole"),
        ("1204159", "1204160", "mrz_whole"),
        ("MARIA<", "MARIA", "mrz_shape"),
        ("UTO7408122", "UT$7408122", "mrz_shape"),
    ],
)
def test_slip_is_named(was: str, became: str, code: str) -> None:
    with pytest.raises(MrzError) as refused:
        read_lines(PASSPORT.replace(was, became), today=TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["", "P", "x" * 88, "<" * 88, "P" + "<" * 87, "Привет" * 15, "\ud83d\ude00" * 22])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(MrzError):
        read_lines(text, today=TODAY)


def with_days(birth: str, expiry: str) -> str:
    first, second = PASSPORT.split("\n")
    second = f"{second[:13]}{birth}{check_digit(birth)}F{expiry}{check_digit(expiry)}{second[28:43]}"
    return f"{first}\n{second}{check_digit(second[:10] + second[13:20] + second[21:43])}"


def test_century_of_a_birth_is_the_last_one_and_of_an_end_may_be_ahead() -> None:
    found = read_lines(with_days("261128", "350101"), today=TODAY)
    assert (found.birth_date, found.expires_on) == (date(2026, 11, 28), date(2035, 1, 1))
    assert read_lines(with_days("270101", "<<<<<<"), today=TODAY).birth_date == date(1927, 1, 1)
    with pytest.raises(MrzError):
        read_lines(with_days("991332", "350101"), today=TODAY)
