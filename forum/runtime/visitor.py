"""A plain HTTP client with cookies that reads forms like a browser without JavaScript. For `./run smoke`."""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TIMEOUT = 20.0
Values = dict[str, list[str]]
Headers = Mapping[str, str]


@dataclass
class Form:
    """A form as served: where it goes and what it would send if nobody touched it."""

    action: str
    method: str
    values: Values = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)  # of selects, radios and checkboxes, in their order
    text: str = ""


@dataclass(frozen=True)
class Page:
    url: str
    status: int
    content_type: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def json(self) -> Any:
        return json.loads(self.body)

    def forms(self) -> list[Form]:
        reader = _FormReader()
        reader.feed(self.text)
        return reader.forms

    def form(self, *, action: str = "", having: str = "") -> Form:
        """The first posting form whose address contains `action` and which has a field named `having`."""
        for form in self.forms():
            if form.method == "post" and action in (form.action or self.url) and (not having or having in _names(form)):
                return form
        raise LookupError(f"no form {action or having or 'to post'} at {self.url}")


def _names(form: Form) -> set[str]:
    return {*form.values, *form.options}


class Client:
    """One visitor: keeps cookies, follows redirects. Errors come back as pages with their status."""

    def __init__(self, base: str, *, language: str = "ru") -> None:
        self.base, self.language = base, language
        self.cookies = http.cookiejar.CookieJar()
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def get(self, path: str, *, headers: Headers | None = None) -> Page:
        return self._open(path, None, headers or {})

    def post(self, path: str, values: Mapping[str, str | list[str]], *, headers: Headers | None = None) -> Page:
        return self._open(path, urllib.parse.urlencode(dict(values), doseq=True).encode(), headers or {})

    def post_json(self, path: str, body: object, *, headers: Headers | None = None) -> Page:
        return self._open(path, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})

    def submit(self, page: Page, form: Form, /, **values: str | list[str]) -> Page:
        """Send `form` with `values` typed over what it held. An unknown field is a mistake of the caller."""
        if unknown := set(values) - _names(form):
            raise LookupError(
                f"the form at {page.url} has no {', '.join(sorted(unknown))}; it has {sorted(_names(form))}"
            )
        return self.post(urllib.parse.urljoin(page.url, form.action), {**form.values, **values})

    def _open(self, path: str, data: bytes | None, headers: Headers) -> Page:
        address = urllib.parse.urljoin(f"{self.base}/", path)
        head = {"Accept-Language": self.language, **headers}
        request = urllib.request.Request(address, data=data, headers=head)  # noqa: S310 -- our own server
        try:
            answer = self.opener.open(request, timeout=TIMEOUT)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Page(answer.url, answer.status, answer.headers.get("Content-Type", ""), answer.read())


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.select: str | None = None
        self.area: str | None = None
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(got.get("action", ""), got.get("method", "get").lower()))
            self.inside = True
        elif self.inside and tag == "input":
            self._input(got)
        elif self.inside and tag in ("select", "textarea") and got.get("name"):
            self.select, self.area = (got["name"], None) if tag == "select" else (None, got["name"])
            self.forms[-1].options.setdefault(got["name"], [])
            if tag == "textarea":
                self.forms[-1].values[got["name"]] = [""]
        elif tag == "option" and self.select:
            self._option(got)

    def _input(self, got: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], got.get("name", ""), got.get("type", "text").lower()
        if not name or kind in ("submit", "button", "image", "file", "reset"):
            return
        if kind in ("checkbox", "radio"):
            form.options.setdefault(name, []).append(got.get("value", "on"))
            if "checked" in got:
                form.values.setdefault(name, []).append(got.get("value", "on"))
        else:
            form.values.setdefault(name, []).append(got.get("value", ""))

    def _option(self, got: dict[str, str]) -> None:
        form, name = self.forms[-1], str(self.select)
        form.options[name].append(got.get("value", ""))
        if "selected" in got or name not in form.values:  # a browser sends the first one
            form.values[name] = [got.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.forms[-1].values[self.area] = [self.forms[-1].values[self.area][0] + data]
        elif self.inside:
            self.forms[-1].text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag in ("select", "textarea"):
            self.select = self.area = None
