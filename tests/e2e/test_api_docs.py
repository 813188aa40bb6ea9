"""The API's documentation in a browser: served by us, nothing from outside, and it works under our policy."""

from urllib.parse import urlparse

from playwright.sync_api import Page


def test_documentation_asks_nobody_else_and_works_under_our_policy(page: Page, base_url: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{base_url}/api/docs/")
    page.get_by_text("/api/v1/applications/search").first.wait_for(timeout=60_000)
    others = {urlparse(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} - {
        urlparse(base_url).netloc
    }
    assert others == set()
    # Swagger UI tries one inline style; that the policy refuses it is what we want.
    assert [text for text in said if "style-src" not in text] == []
