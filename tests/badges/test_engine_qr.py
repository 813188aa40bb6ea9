"""The QR code: standard, small enough, drawn whole."""

import random
import re

import pytest
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from badges.engine.qr import CHARACTERS, MASK, MODULES, VERSION, qr_path, qr_rows
from badges.engine.token import new_token
from forum.pdf.qr import QUIET_ZONE, rectangles
from tests.badges.badge_facts import token_number


def test_code_has_at_most_29_modules_and_is_no_micro_code() -> None:
    rows = qr_rows(token_number(1))
    assert len(rows) == MODULES == 25
    finder = [[row[start : start + 7] for row in rows[:7]] for start in (0, MODULES - 7)]
    assert finder[0] == finder[1] == [row[:7] for row in rows[-7:]]


@pytest.mark.parametrize("length", [1, 2, 25, 26, 29])
def test_codes_are_those_of_the_library(length: int) -> None:
    chance = random.Random(length)
    for _ in range(40):
        text = "".join(chance.choices(CHARACTERS, k=length))
        code = QRCode(version=VERSION, error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
        code.add_data(QRData(text, mode=MODE_ALPHA_NUM))
        code.make(fit=False)
        assert qr_rows(text) == ["".join("1" if module else "0" for module in row) for row in code.modules]


@pytest.mark.parametrize("number", range(20))
def test_rectangles_are_the_matrix_and_never_overlap(number: int) -> None:
    rows = qr_rows(token_number(number))
    painted = [
        (x + dx, y + dy) for x, y, width, height in rectangles(rows) for dx in range(width) for dy in range(height)
    ]
    assert len(painted) == len(set(painted))
    assert set(painted) == {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module == "1"}


def test_merging_saves_most_rectangles() -> None:
    token = new_token()
    dark = "".join(qr_rows(token)).count("1")
    assert len(qr_path(token)) < dark / 2


def test_path_is_integers_inside_the_quiet_zone() -> None:
    for operator in qr_path(token_number(2)):
        x, y, width, height = map(int, re.fullmatch(r"(\d+) (\d+) (\d+) (\d+) re", operator).groups())  # type: ignore[union-attr]
        assert QUIET_ZONE <= x <= x + width <= QUIET_ZONE + MODULES
        assert QUIET_ZONE <= y <= y + height <= QUIET_ZONE + MODULES


@pytest.mark.parametrize("text", ["lower", "Ж" * 5, "0" * 30])
def test_other_content_is_refused(text: str) -> None:
    with pytest.raises((ValueError, DataOverflowError)):
        qr_rows(text)
