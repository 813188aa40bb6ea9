"""Pictures of pages with the machine's own Chromium: a demo on free ports, a table of pages, PNG files in shots/."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from forum.runtime import browser
from forum.runtime.paths import SHOTS
from forum.runtime.shots_pages import DESKTOP, PHONE, Shot

SIZES: dict[str, dict[str, Any]] = {
    DESKTOP: {"viewport": {"width": 1440, "height": 900}},
    PHONE: {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True},
}
# A container's root has no user namespaces for Chromium's sandbox; the camera shows Chromium's own test picture.
ARGUMENTS = [
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--force-color-profile=srgb",
]


@dataclass(frozen=True)
class Look:
    """How a page is looked at: pages that share a look share one browser context and its sign-in."""

    role: str
    language: str
    size: str
    dark: bool


@contextmanager
def chromium() -> Iterator[Browser]:
    """Raises `RuntimeError` where there is no Chromium."""
    path = browser.chromium()
    if path is None:
        raise RuntimeError("no Chromium found: apt install chromium, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


def looks_of(shot: Shot) -> Iterator[Look]:
    shades = (False, True) if shot.dark else (False,)
    for language, size, dark in itertools.product(shot.languages, shot.sizes, shades):
        # Dark is a matter of colour, not of words: one language shows it.
        if not dark or language == shot.languages[0]:
            yield Look(shot.role, language, size, dark)


def take(engine: Browser, *, base: str, shots: list[Shot]) -> Iterator[tuple[Path, list[str]]]:
    """Take all pictures. Yields each file with what the browser complained about on that page."""
    pairs = sorted(((look, shot) for shot in shots for look in looks_of(shot)), key=lambda pair: _order(pair[0]))
    for look, group in itertools.groupby(pairs, key=lambda pair: pair[0]):
        context = open_context(engine, base=base, look=look)
        for _, shot in group:
            yield picture(context, shot, look)
        context.close()


def _order(look: Look) -> tuple[str, str, str, bool]:
    return look.role, look.language, look.size, look.dark


def open_context(engine: Browser, *, base: str, look: Look) -> BrowserContext:
    context = engine.new_context(
        base_url=base, locale=look.language, color_scheme="dark" if look.dark else "light", reduced_motion="reduce",
        timezone_id="Asia/Novokuznetsk", permissions=["camera"], **SIZES[look.size],
    )  # fmt: skip
    context.add_cookies([{"name": "django_language", "value": look.language, "url": base}])
    if look.role:
        sign_in(context, look.role)
    return context


def sign_in(context: BrowserContext, role: str) -> None:
    """Through the demo's one-click page, which exists in demo mode only."""
    context.request.get("/demo/")
    token = next((cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken"), "")
    answer = context.request.post("/demo/sign-in/", form={"key": role, "csrfmiddlewaretoken": token})
    if not answer.ok:
        raise RuntimeError(f"signing in as {role} answered {answer.status}")


def picture(context: BrowserContext, shot: Shot, look: Look) -> tuple[Path, list[str]]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(shot.url.format(lang=look.language), wait_until="load")
    if answer and answer.status >= 400:
        complaints.append(f"{shot.url} answered {answer.status}")
    if shot.link:
        _follow(page, shot, complaints)
    page.wait_for_timeout(300)  # fonts and the first live part
    path = SHOTS / f"{shot.name}-{look.language}-{look.size}{'-dark' if look.dark else ''}.png"
    page.screenshot(path=path, full_page=True)
    page.close()
    return path, complaints


def _follow(page: Page, shot: Shot, complaints: list[str]) -> None:
    link = page.locator(shot.link).first
    if not link.count():
        complaints.append(f"{shot.url} has no {shot.link}")
        return
    page.goto(link.get_attribute("href") or "", wait_until="load")
