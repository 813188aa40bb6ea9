"""Pictures of pages with the machine's own Chromium: a demo on free ports, a table of pages, PNG files in shots/."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as TooSlow

from forum.runtime import browser
from forum.runtime.paths import SHOTS
from forum.runtime.shots_page import DESKTOP, PHONE, Shot

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
    """Take all pictures, in the order of the list within each look. Yields each file with the browser's complaints."""
    pairs = sorted(((look, shot) for shot in shots for look in looks_of(shot)), key=lambda pair: _order(pair[0]))
    for look, group in itertools.groupby(pairs, key=lambda pair: pair[0]):
        context = open_context(engine, base=base, look=look)
        page = context.new_page()
        for _, shot in group:
            yield picture(page, shot, look)
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
        sign_in(context, look)
    return context


def sign_in(context: BrowserContext, look: Look) -> None:
    """Through the demo's one-click page, which exists in demo mode only. Team pages follow the account's language."""
    context.request.get("/demo/")
    _post(context, "/demo/sign-in/", key=look.role)
    _post(context, "/language/", language=look.language, next="/demo/")


def _post(context: BrowserContext, address: str, **form: str | float | bool) -> None:
    token = next((cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken"), "")
    answer = context.request.post(address, form={"csrfmiddlewaretoken": token, **form})
    if not answer.ok:
        raise RuntimeError(f"{address} answered {answer.status} to {form}")


def picture(page: Page, shot: Shot, look: Look) -> tuple[Path, list[str]]:
    """The file, and what the browser or the way complained about."""
    complaints: list[str] = []
    with listening(page, complaints):
        arrive(page, shot, look, complaints)
        page.wait_for_timeout(300)  # fonts and the first live part
    path = SHOTS / f"{shot.name}-{look.language}-{look.size}{'-dark' if look.dark else ''}.png"
    page.screenshot(path=path, full_page=True)
    return path, complaints


@contextmanager
def listening(page: Page, complaints: list[str]) -> Iterator[None]:
    """Errors of the console and of scripts, while the block runs."""

    def of_console(message: ConsoleMessage) -> None:
        # The browser also reports the status of the page itself, which `arrive` judges.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def of_script(error: Error) -> None:
        complaints.append(str(error))

    def of_part(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            complaints.append(f"{response.url} answered {response.status}")

    page.on("console", of_console)
    page.on("pageerror", of_script)
    page.on("response", of_part)
    yield
    page.remove_listener("console", of_console)
    page.remove_listener("pageerror", of_script)
    page.remove_listener("response", of_part)


def arrive(page: Page, shot: Shot, look: Look, complaints: list[str]) -> None:
    """Go to the page of `shot`; a wrong status or a way that is blocked becomes a complaint."""
    if shot.url:
        answer = page.goto(shot.url.format(lang=look.language), wait_until="load")
        if answer and answer.status != shot.status:
            complaints.append(f"{shot.url} answered {answer.status}")
    try:
        if shot.way:
            shot.way(page)
    except (LookupError, TooSlow) as error:
        complaints.append(f"{shot.name}: {error}")
