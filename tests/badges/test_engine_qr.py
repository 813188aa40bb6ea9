"""The QR code: standard, small enough, drawn whole."""

import re

import pytest
from qrcode.exceptions import DataOverflowError

from badges.engine.qr import MODULES, QUIET_ZONE, qr_matrix, qr_path, rectangles
from badges.engine.token import new_token
from tests.badges.badge_facts import token_number


def test_code_has_at_most_29_modules_and_is_no_micro_code() -> None:
    matrix = qr_matrix(token_number(1))
    assert len(matrix) == MODULES == 25
    finder = [[row[start : start + 7] for row in matrix[:7]] for start in (0, MODULES - 7)]
    assert finder[0] == finder[1] == [row[:7] for row in matrix[-7:]]


@pytest.mark.parametrize("number", range(20))
def test_rectangles_are_the_matrix_and_never_overlap(number: int) -> None:
    matrix = qr_matrix(token_number(number))
    painted = [
        (x + dx, y + dy) for x, y, width, height in rectangles(matrix) for dx in range(width) for dy in range(height)
    ]
    assert len(painted) == len(set(painted))
    assert set(painted) == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}


def test_merging_saves_most_rectangles() -> None:
    token = new_token()
    dark = sum(map(sum, qr_matrix(token)))
    assert len(qr_path(token)) < dark / 2


def test_path_is_integers_inside_the_quiet_zone() -> None:
    for operator in qr_path(token_number(2)):
        x, y, width, height = map(int, re.fullmatch(r"(\d+) (\d+) (\d+) (\d+) re", operator).groups())  # type: ignore[union-attr]
        assert QUIET_ZONE <= x <= x + width <= QUIET_ZONE + MODULES
        assert QUIET_ZONE <= y <= y + height <= QUIET_ZONE + MODULES


@pytest.mark.parametrize("text", ["lower", "Ж" * 5, "0" * 30])
def test_other_content_is_refused(text: str) -> None:
    with pytest.raises((ValueError, DataOverflowError)):
        qr_matrix(text)
