"""Every listed page, as every role sees it: for all eyes, all fingers, all widths, under the content policy.

The list is that of `./run shots` (`forum/runtime/shots_pages.py`); `tests/test_pages_listed.py` holds it complete.
"""

import itertools
import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Page, Response

from forum.runtime import shots
from forum.runtime.browser import chromium
from forum.runtime.paths import ROOT
from forum.runtime.shots import Look
from forum.runtime.shots_page import DESKTOP, EN, RU, Shot
from forum.runtime.shots_pages import PAGES
from tests.e2e.judging import LAPTOP, axe_faults, both_shades, head_faults, keyboard_faults, narrow_faults
from tests.test_pages_listed import shown

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")

FOREIGN = {"api-docs"}
"""Drawn by somebody else's script: we hold it to the policy, not to our design."""
POLICY = """document.addEventListener('securitypolicyviolation', (e) => {
  (window.refused ||= []).push(`${e.violatedDirective}: ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`);
})"""


@dataclass
class Seen:
    """What the tour found: faults by page, titles and sources for the tests that compare pages."""

    faults: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    sources: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module", params=[RU, pytest.param(EN, marks=pytest.mark.long)])
def seen(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Seen:
    """One tour in one language: each role signs in once and goes through its pages in one browser session. English,
    which differs in the length of words only, is a matter of the long run.
    """
    found = Seen()
    thorough = request.config.getoption("markexpr") == EVERYTHING
    for look, group in _looks(request.param):
        context = shots.open_context(browser, base=base_url, look=look)
        context.add_init_script(POLICY)
        page = context.new_page()
        page.set_viewport_size(LAPTOP)
        for shot in group:
            _visit(page, shot, look, base_url, found, thorough=thorough)
        context.close()
    return found


EVERYTHING = ""
"""What `./run test --long` gives pytest as `-m`."""
SETTLE = 40
"""Milliseconds for the modules of a page that is loaded; waiting for a silent network would take half a second more."""


def _looks(tour: str) -> Iterator[tuple[Look, list[Shot]]]:
    """By role; the Russian tour also goes to the pages that are in English only."""
    for language in dict.fromkeys((tour, EN)):
        mine = [shot for shot in PAGES if _language(shot, tour) == language]
        for role, group in itertools.groupby(sorted(mine, key=lambda shot: shot.role), key=lambda shot: shot.role):
            yield Look(role, language, DESKTOP, False), list(group)


def _language(shot: Shot, tour: str) -> str:
    """In which language a tour sees a page; empty when it does not go there."""
    return tour if tour in shot.languages else EN if tour == RU else ""


def _visit(page: Page, shot: Shot, look: Look, base: str, found: Seen, *, thorough: bool) -> None:
    name = f"{shot.name} {look.language}"
    complaints: list[str] = []

    def outside(request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if not url.startswith((base, "data:", "blob:")):
            complaints.append(f"asks another server: {url}")

    def document(response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame and response.status != 302:
            documents.append(response)

    documents: list[Response] = []
    page.on("request", outside)
    page.on("response", document)
    with shots.listening(page, complaints):
        shots.arrive(page, shot, look, complaints)
        page.wait_for_timeout(SETTLE)
        if shot.status == 200:
            found.titles[f"{look.role} {look.language}"].setdefault(_view(shot), page.title())
        # A page that grew in its place, by htmx, has no answer of its own.
        found.sources[name] = documents[-1].text() if documents else page.content()
        if shot.name not in FOREIGN:
            complaints += _judge(page, shot, look, thorough=thorough)
        complaints += page.evaluate("window.refused || []")
    page.remove_listener("request", outside)
    page.remove_listener("response", document)
    if shot.name in FOREIGN:  # its script tries to bring styles; that the policy refuses them is what we want
        complaints = [complaint for complaint in complaints if "style" not in complaint]
    if complaints:
        found.faults[name] = complaints


def _view(shot: Shot) -> str:
    return shown(shot) if shot.view or not shot.url.startswith("/demo/") else shot.name


def _judge(page: Page, shot: Shot, look: Look, *, thorough: bool) -> list[str]:
    """The words differ between languages, so widths are measured in each; eyes and fingers are the same. The usual run
    judges a third of the pages for eyes and a third for fingers; the long run all of them for both, in dark too.
    """
    faults = head_faults(page, look) + narrow_faults(page)
    if look.language == RU or RU not in shot.languages:
        turn = crc32(shot.name.encode()) % 3
        if thorough or turn == 0:
            faults += both_shades(page) if thorough or shot.dark else axe_faults(page, shade="light")
        if thorough or turn == 1:
            faults += keyboard_faults(page)
    return faults


def test_no_page_has_a_fault(seen: Seen) -> None:
    told = [f"{name}: {fault}" for name, faults in seen.faults.items() for fault in dict.fromkeys(faults)]
    assert not told, "\n" + "\n".join(told)


def test_titles_tell_tabs_apart(seen: Seen) -> None:
    twice = {
        who: sorted(title for title, pages in Counter(titles.values()).items() if pages > 1)
        for who, titles in seen.titles.items()
    }
    assert {who: titles for who, titles in twice.items() if titles} == {}


def test_the_tour_saw_every_page(seen: Seen) -> None:
    tour = RU if any(name.endswith(RU) for name in seen.sources) else EN
    assert {name.split()[0] for name in seen.sources} == {shot.name for shot in PAGES if _language(shot, tour)}


def test_pages_are_valid_html(seen: Seen, tmp_path: Path) -> None:
    """`html-validate` knows the content model of HTML; its rules of taste are off (`tests/e2e/html-validate.json`)."""
    for name, source in seen.sources.items():
        if name.split()[0] not in FOREIGN:
            (tmp_path / f"{name.replace(' ', '-')}.html").write_text(source, encoding="utf-8")
    program = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    config = ROOT / "tests" / "e2e" / "html-validate.json"
    report = tmp_path / "report.json"
    command = ["node", str(program), "--config", str(config), "--formatter", f"json={report}", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    reports = json.loads(report.read_text())
    faults = {
        f"{Path(report['filePath']).stem}:{fault['line']} {fault['ruleId']}: {fault['message']}"
        for report in reports
        for fault in report["messages"]
    }
    assert not faults, "\n" + "\n".join(sorted(faults))
    assert done.returncode == 0, done.stderr
