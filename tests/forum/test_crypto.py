"""Sealed values, keys from the environment, keyed hashes."""

import base64

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from forum.crypto import DecryptionError, FieldKeysError, decrypt, encrypt, keyed_hash, parse_keys

OLD = "old:" + base64.b64encode(b"o" * 32).decode()
NEW = "2027a:" + base64.b64encode(b"n" * 32).decode()
AAD = "registration_document.number:7"


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_sealed_value_opens_in_its_place(plaintext: bytes, aad: str) -> None:
    assert decrypt(encrypt(plaintext, aad=aad), aad=aad) == plaintext


def test_sealed_value_is_short_and_different_each_time(settings: Settings) -> None:
    settings.FIELD_KEYS = NEW
    one, other = encrypt(b"TEST-01", aad=AAD), encrypt(b"TEST-01", aad=AAD)
    assert len(one) == len(b"TEST-01") + 29 + len("2027a")
    assert one != other
    assert b"TEST" not in one


def test_sealed_value_does_not_open_elsewhere() -> None:
    with pytest.raises(DecryptionError):
        decrypt(encrypt(b"TEST-01", aad=AAD), aad="registration_document.number:8")


@pytest.mark.parametrize("place", range(41))
def test_any_changed_byte_is_refused(settings: Settings, place: int) -> None:
    settings.FIELD_KEYS = NEW
    sealed = bytearray(encrypt(b"TEST-01", aad=AAD))
    sealed[place] ^= 1
    with pytest.raises(DecryptionError):
        decrypt(bytes(sealed), aad=AAD)


@pytest.mark.parametrize("blob", [b"", b"\x00", b"\x05", b"hello", b"\xff" * 50])
def test_rubbish_is_refused(blob: bytes) -> None:
    with pytest.raises(DecryptionError):
        decrypt(blob, aad=AAD)


def test_new_key_in_front_still_opens_the_old_values(settings: Settings) -> None:
    settings.FIELD_KEYS = OLD
    sealed = encrypt(b"TEST-01", aad=AAD)
    settings.FIELD_KEYS = f"{NEW}, {OLD}"
    assert decrypt(sealed, aad=AAD) == b"TEST-01"
    assert encrypt(b"x", aad=AAD)[1:6] == b"2027a"
    settings.FIELD_KEYS = NEW
    with pytest.raises(DecryptionError):
        decrypt(sealed, aad=AAD)


def test_first_key_is_current() -> None:
    assert list(parse_keys(f"{NEW},{OLD}").items()) == [("2027a", b"n" * 32), ("old", b"o" * 32)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" , ", "empty"),
        ("nocolon", "entry 1 is not id:base64"),
        (":AAAA", "entry 1 is not id:base64"),
        ("a b:AAAA", "entry 1 is not id:base64"),
        (f"{NEW},{NEW}", "'2027a' occurs twice"),
        ("a:***", "'a' is not base64"),
        ("a:AAAA", "'a' has 3 bytes, 32 are needed"),
    ],
)
def test_bad_keys_stop_the_start_and_are_not_shown(text: str, says: str) -> None:
    with pytest.raises(FieldKeysError) as caught:
        parse_keys(text)
    assert says in str(caught.value)
    assert "bm5u" not in str(caught.value)


def test_keyed_hash_depends_on_value_purpose_and_pepper(settings: Settings) -> None:
    settings.HASH_PEPPER = "pepper"
    hashed = keyed_hash("UZ:AA1234567", purpose="document")
    assert len(hashed) == 32
    assert hashed == keyed_hash("UZ:AA1234567", purpose="document")
    assert hashed != keyed_hash("UZ:AA1234568", purpose="document")
    assert hashed != keyed_hash("UZ:AA1234567", purpose="token")
    settings.HASH_PEPPER = "salt"
    assert hashed != keyed_hash("UZ:AA1234567", purpose="document")
