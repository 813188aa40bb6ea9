"""The photo at the desk, in a real browser: it comes after the verdict, is compared, and leaves the page with it."""

import psycopg
from playwright.sync_api import Page, expect

from forum.demo import DELEGATE_ACCOUNT
from forum.runtime.stack import Running
from tests.e2e.conftest import sign_in_as

CODE = """
    SELECT c.short_code FROM badges_credential c
    JOIN registration_registration r ON r.id = c.registration_id JOIN registration_person p ON p.id = r.person_id
    WHERE p.email = %s AND c.state = 'live'
"""
DRAWN = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value !== 0);
}"""


def code_of_delegate(running: Running) -> str:
    """What stands under the QR of the badge of the demo's delegate, who has handed in a photo."""
    with psycopg.connect(running.env["DATABASE_URL"]) as connection:
        (found,) = connection.execute(CODE, [DELEGATE_ACCOUNT]).fetchone() or ("",)
    return str(found)


def test_the_photo_is_drawn_beside_the_verdict_and_wiped_with_it(page: Page, running: Running) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    sign_in_as(page, "checkin")
    page.goto("/scan/")
    page.locator("label.tile", has=page.locator("input[value=rehearsal]")).click()
    page.locator("#enrol-submit").click()
    page.locator("#type-button").click()
    page.locator("#type-code").fill(code_of_delegate(running))
    page.locator("#type-submit").click()
    photo = page.locator("#verdict-photo")
    expect(page.locator("#verdict")).to_be_visible()
    expect(photo).to_be_visible()
    assert photo.evaluate(DRAWN)
    page.locator("#verdict").click()
    expect(photo).to_be_hidden()
    assert not photo.evaluate(DRAWN)
    assert [line for line in refused if "policy" in line.lower()] == []
