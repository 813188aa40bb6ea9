"""The smoke walk's browser reads forms as a browser without JavaScript would send them."""

import pytest

from forum.runtime.visitor import Client, Page

HTML = """
<form action="/language/" method="post"><input type="hidden" name="next" value="/"><button name="go">ok</button></form>
<form method="POST"><input type="hidden" name="csrfmiddlewaretoken" value="t0">
<input name="surname" value="Иванова &amp; Ко"><textarea name="note">two
lines</textarea>
<select name="region"><option value="">–</option><option value="UZ" selected>Uzbekistan</option></select>
<select name="hall"><option value="a">A</option><option value="b">B</option></select>
<label><input type="checkbox" name="lang" value="ru" checked></label><input type="checkbox" name="lang" value="uz">
<input type="radio" name="kind" value="x"><input type="submit" name="save"></form>
"""


@pytest.fixture
def page() -> Page:
    return Page("http://127.0.0.1/apply/", 200, "text/html", HTML.encode())


def test_form_holds_what_a_browser_would_send(page: Page) -> None:
    assert page.form(having="surname").values == {
        "csrfmiddlewaretoken": ["t0"],
        "surname": ["Иванова & Ко"],
        "note": ["two\nlines"],
        "region": ["UZ"],
        "hall": ["a"],
        "lang": ["ru"],
    }


def test_choices_are_listed(page: Page) -> None:
    options = page.form(having="surname").options
    assert (options["region"], options["lang"], options["kind"]) == (["", "UZ"], ["ru", "uz"], ["x"])


def test_form_is_found_by_its_address(page: Page) -> None:
    assert page.form(action="/language/").values == {"next": ["/"]}


def test_missing_form_says_where(page: Page) -> None:
    with pytest.raises(LookupError, match="no form email at http"):
        page.form(having="email")


def test_unknown_field_is_refused_before_sending(page: Page) -> None:
    with pytest.raises(LookupError, match="has no phone"):
        Client("http://127.0.0.1:9").submit(page, page.form(having="surname"), phone="1")
