"""Chromium and ffmpeg of this machine; we never download a browser."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The program named by CHROMIUM, else the first one found."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def missing() -> list[str]:
    """What the browser tests need and this machine has not: Chromium, and ffmpeg for the camera's film."""
    return [name for name, path in (("chromium", chromium()), ("ffmpeg", shutil.which("ffmpeg"))) if path is None]
