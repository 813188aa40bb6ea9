"""One running forum for all browser tests: servers, web, workers, beat and mail sink as `./run demo` starts them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from forum.runtime import browser as ours
from forum.runtime import stack
from forum.runtime.ports import free_port
from forum.runtime.supervisor import Supervisor

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stack.Running]:
    """A small demo forum on a free port, with servers of its own: its workers must not meet other tests' tasks."""
    shared = {name: os.environ.pop(name) for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}
    os.environ["LOG_FORMAT"] = "json"  # as in production: what is logged is looked through afterwards
    port = free_port()
    with Supervisor(state=tmp_path_factory.mktemp("forum"), temporary=True) as supervisor:
        plan = stack.Plan(
            mode="demo",
            state=supervisor.state,
            port=port,
            site=f"http://127.0.0.1:{port}",
            seed=("--people", "40"),
            durable=False,
        )
        found = stack.bring_up(supervisor, plan, say=print)
        os.environ.update(shared)
        yield found


@pytest.fixture(scope="session")
def base_url(running: stack.Running) -> str:
    """Where the forum answers; pages resolve against it."""
    return running.plan.local


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium; none is ever downloaded."""
    return browser_type_launch_args | {"executable_path": ours.chromium(), "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], base_url: str) -> dict[str, Any]:
    """A Russian phone, unless a test says otherwise."""
    phone = {"locale": "ru-RU", "viewport": PHONE, "timezone_id": "Asia/Novokuznetsk", "base_url": base_url}
    return browser_context_args | phone


@pytest.fixture
def laptop(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """A Russian laptop with cookies of its own."""
    context = browser.new_context(locale="ru-RU", viewport=LAPTOP, base_url=base_url, timezone_id="Asia/Novokuznetsk")
    yield context
    context.close()


def sign_in_as(page: Page, role: str) -> None:
    """One click on the demo's page of roles; in Russian."""
    page.goto("/demo/")
    page.locator(f"button[name=key][value={role}]").click()
    page.wait_for_url(lambda url: "/demo/" not in url)
    # Team pages speak the account's language, and another test may have chosen a different one.
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    page.context.request.post("/language/", form={"language": "ru", "next": "/", "csrfmiddlewaretoken": token})


@pytest.fixture(scope="session")
def mailbox(running: stack.Running) -> Path:
    """The folder where the mail sink keeps what it took."""
    return running.mail
