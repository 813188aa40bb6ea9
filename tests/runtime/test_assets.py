"""Browser files come from the lock, fit together, and cover the scripts of our languages."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from forum.runtime import assets
from forum.runtime.paths import ROOT, VENDOR

# Uzbek oʻ gʻ (U+02BB) and tutuq (U+02BC), Belarusian ў і, Kazakh and Uzbek Cyrillic, Russian, signs of our texts.
LETTERS = "ʻʼЎўІіҚқҒғҲҳАЯаяЁёЪъЫыЭэAZaz№«»—–’…"


@pytest.fixture(scope="module", autouse=True)
def _vendor() -> None:
    assets.vendor()


@pytest.mark.parametrize("weight", assets.FONT_WEIGHTS)
def test_fonts_cover_every_letter(weight: int) -> None:
    covered: set[int] = set()
    for script in assets.FONT_SCRIPTS:
        with TTFont(VENDOR / "fonts" / f"fira-sans-{script}-{weight}-normal.woff2") as font:
            covered |= set(font.getBestCmap())
    assert [letter for letter in LETTERS if ord(letter) not in covered] == []


def test_every_font_of_the_style_sheet_is_there() -> None:
    sheet = (ROOT / "forum/static/forum/css/fonts.css").read_text()
    named = set(re.findall(r"vendor/(fonts/[\w.-]+)", sheet))
    assert named
    assert [name for name in sorted(named) if not (VENDOR / name).exists()] == []


def test_wasm_is_the_one_its_script_was_built_with() -> None:
    """The script carries the digest; a wasm of another version loads and then fails at the first frame."""
    script = (VENDOR / "barcode-detector" / "zxing-exported.js").read_text()
    digest = hashlib.sha256((VENDOR / "zxing-wasm" / "zxing_reader.wasm").read_bytes()).hexdigest()
    assert digest in script


def test_scripts_import_only_what_is_beside_them() -> None:
    for path in VENDOR.rglob("*.js"):
        for target in re.findall(r"""(?:from|import)\s*["'](\.[^"']+)["']""", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name} imports {target}"


def test_each_package_comes_with_its_licence() -> None:
    folders = {Path(name).parts[0] for name in assets.targets()}
    assert [folder for folder in sorted(folders) if not (VENDOR / folder / "LICENSE").exists()] == []


def test_package_versions_are_exact() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert [text for text in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", text)] == []


@pytest.fixture
def removed_file() -> Iterator[Path]:
    path = VENDOR / "barcode-detector" / "ponyfill.js"
    kept = path.read_bytes()
    path.unlink()
    yield path
    if not path.exists():
        path.write_bytes(kept)


def test_missing_file_is_brought_back(removed_file: Path) -> None:
    assets.vendor()
    assert removed_file.exists()


def test_nothing_is_done_when_nothing_changed() -> None:
    said: list[str] = []
    assets.vendor(say=said.append)
    assert said == []
