"""The papers for people lead to each other, and both READMEs show the same commands and pictures."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = [ROOT / "README.md", ROOT / "README.ru.md", *sorted((ROOT / "docs/guide").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(paper: Path) -> None:
    targets = [target for target in LINK.findall(paper.read_text(encoding="utf-8")) if not target.endswith(".png")]
    assert [target for target in targets if not (paper.parent / target).exists()] == []


def test_both_readmes_show_the_same() -> None:
    """Commands, accounts, pictures, addresses: what is not prose is equal and in the same order."""
    english, russian = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ru.md"))
    for what in (r"\./run \w+", r"\w+@example\.org", r"docs/pictures/\w+\.png", r"`(/[\w/]+/)`"):
        assert re.findall(what, english) == re.findall(what, russian), what


def test_every_chapter_stands_in_the_contents() -> None:
    contents = (ROOT / "docs/guide/README.md").read_text(encoding="utf-8")
    chapters = [path.relative_to(ROOT / "docs/guide").as_posix() for path in (ROOT / "docs/guide").glob("*/*.md")]
    assert sorted(LINK.findall(contents)) == sorted(chapters)
