"""Two sample pages in the real shells, drawn by the real templates and served under the real content policy."""

from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from csp.utils import build_policy
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

PEOPLE = """{% extends "forum/team.html" %}{% load ui %}
{% block title %}People{% endblock %}
{% block content %}
{% page_header "People" %}<button class="button" type="button" data-opens="more">More</button>{% endpage_header %}
{% dialog "more" "More" %}<p>Details</p>{% enddialog %}
<form data-selection method="post">
  <div class="table-wrap"><table class="table cards">
    <thead><tr><th scope="col"><input type="checkbox" data-all="ids" aria-label="All"></th><th scope="col">Name</th></tr></thead>
    <tbody data-rows>{% for name in names %}<tr tabindex="-1" data-row>
      <td><input type="checkbox" name="ids" value="{{ name }}" aria-label="{{ name }}"></td><th scope="row">{{ name }}</th>
    </tr>{% endfor %}</tbody>
  </table></div>
  <div class="bulk"><b data-selected>0</b><button class="button" type="submit" data-needs-selection>Approve</button></div>
</form>
{% endblock %}"""
HOME = """{% extends "forum/base.html" %}{% load ui %}
{% block title %}Home{% endblock %}
{% block content %}
{% page_header "Home" %}{% endpage_header %}
{% include "forum/components/tabs.html" with items=tabs label="Days" %}
{% tile_map regions %}
{% bar_chart points "Arrivals" %}
{% route_strip legs %}
{% fill_bar 3 9 %}
{% steps names 2 %}
{% alert "wait" "Mind" %}<p>The gate closes at 18:00.</p>{% endalert %}
{% chip "ok" "Approved" %}{% zone_badge "A" "#2E7D32" "Business" %}
{% endblock %}"""
CONTEXT: dict[str, Any] = {
    "names": ["Primerova", "Prykladau", "Namunaev"],
    "nav_items": [{"url": "/team/", "label": "People", "icon": "people", "count": 2, "current": True}],
    "search_url": "/team/search/",
    "clocks": [
        {"label": "Kemerovo", "zone": "Asia/Novokuznetsk"},
        {"label": "Saint Petersburg", "zone": "Europe/Moscow"},
    ],
    "tabs": [{"url": "/en/", "label": "Day 1", "current": True}, {"url": "/en/?day=2", "label": "Day 2", "count": 4}],
    "regions": [
        {"code": "UZ", "name": "Uzbekistan", "tile_x": 0, "tile_y": 0, "count": 4},
        {"code": "RU-SPE", "name": "Saint Petersburg", "tile_x": 1, "tile_y": 0, "count": 9, "role": "partner"},
        {"code": "RU-KEM", "name": "Kuzbass", "tile_x": 2, "tile_y": 0, "count": 40, "role": "host"},
    ],
    "points": [(f"{hour:02d}:00", hour) for hour in range(8, 16)],
    "legs": [
        {"kind": "transfer", "title": "Bus", "minutes": 25},
        {"kind": "tour", "title": "Rolling shop", "minutes": 75},
    ],
}


class Message:
    """A message as Django's framework hands it to a page."""

    def __init__(self, text: str, level: str) -> None:
        self.text, self.level_tag = text, level

    def __str__(self) -> str:
        return self.text


class Handler(BaseHTTPRequestHandler):
    """Pages drawn by the real templates, static files by Django's finders, all under the policy."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == reverse("team:jobs_strip"):
            self.answer("text/html", b"")
        elif path.startswith("/static/"):
            self.answer_file(finders.find(path.removeprefix("/static/")))
        else:
            self.answer("text/html; charset=utf-8", self.draw(path).encode())

    def draw(self, path: str) -> str:
        request = RequestFactory().get(path)
        request.user = AnonymousUser()
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        request.COOKIES = {name: cookie.value for name, cookie in cookies.items()}
        messages = [Message("12 applications approved", "success"), Message("The mail server did not answer", "error")]
        source = PEOPLE if path.startswith("/team/") else HOME
        with translation.override("en"):
            return (
                engines["django"].from_string(source).render(CONTEXT | {"messages": messages, "forum": None}, request)
            )

    def answer_file(self, path: str | None) -> None:
        if path is None:
            self.send_error(404)
        else:
            self.answer(guess_type(path)[0] or "application/octet-stream", Path(path).read_bytes())

    def answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", build_policy())
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing: a test says what went wrong, not what was fetched."""
