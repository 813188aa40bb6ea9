"""Tokens and short codes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badges.engine.token import (
    decode_token,
    encode_token,
    format_short_code,
    new_short_code,
    new_token,
    parse_short_code,
    parse_token,
)

LAYOUT = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ")


@given(st.binary(min_size=16, max_size=16))
def test_token_carries_128_bits(raw: bytes) -> None:
    token = encode_token(raw)
    assert re.fullmatch("[0-9A-Z]{26}", token)
    assert decode_token(parse_token(token)) == raw


def test_tokens_and_codes_differ() -> None:
    assert len({new_token() for _ in range(1000)}) == 1000
    assert len({new_short_code() for _ in range(1000)}) == 1000


@given(st.binary(min_size=16, max_size=16))
def test_scanner_with_russian_layout_is_understood(raw: bytes) -> None:
    token = encode_token(raw)
    assert parse_token(token.lower() + "\r\n") == token
    assert parse_token(token.translate(LAYOUT)) == token


@pytest.mark.parametrize(
    "scanned",
    ["", "https://example.org", "0" * 25, "0" * 27, "8" + "0" * 25, "0" * 25 + "U", "０" * 26, "0" * 25 + "-"],
)
def test_foreign_codes_are_refused(scanned: str) -> None:
    with pytest.raises(ValueError, match=r"token\.malformed"):
        parse_token(scanned)


def test_raw_token_has_16_bytes() -> None:
    with pytest.raises(ValueError, match=r"token\.length"):
        encode_token(b"x" * 15)


def test_short_code_is_read_aloud_in_two_groups() -> None:
    code = new_short_code()
    assert re.fullmatch("[0-9A-Z]{4}-[0-9A-Z]{4}", format_short_code(code))
    assert parse_short_code(format_short_code(code).lower()) == code
    assert parse_short_code("7k4m 29qх") == "7K4M29QX"  # a Cyrillic х
    with pytest.raises(ValueError, match=r"short_code\.malformed"):
        parse_short_code("7K4M-29Q")
