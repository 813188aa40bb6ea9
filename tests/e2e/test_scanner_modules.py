"""The scanner's own modules in a real browser, against a small server of this test that plays the network."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from forum.runtime.browser import chromium

FRONTEND = Path(__file__).parents[2] / "badges" / "frontend"
TYPES = {".js": "text/javascript", ".html": "text/html"}

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")


@dataclass
class Reply:
    """What the network gives back: by default our server's answer about the nonce that was asked for."""

    status: int = 200
    body: Any = None
    kind: str = "application/json"
    after: float = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Network:
    """Replies in turn, the last one for ever; keeps what was asked."""

    address: str = ""
    replies: list[Reply] = field(default_factory=lambda: [Reply()])
    seen: list[dict[str, Any]] = field(default_factory=list)

    @property
    def nonces(self) -> list[str]:
        return [asked["body"]["nonce"] for asked in self.seen]

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class Handler(BaseHTTPRequestHandler):
    def __init__(self, *args: Any, network: Network) -> None:
        self.network = network
        super().__init__(*args)

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        file = FRONTEND / Path(self.path).name
        if self.path.startswith("/api/"):
            return self.answer({})
        if not self.path.startswith("/frontend/"):
            return self.send(200, "text/html", b"<!doctype html><title>modules</title>")
        return self.send(200, TYPES[file.suffix], file.read_bytes())

    def do_POST(self) -> None:
        self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, body: dict[str, Any]) -> None:
        self.network.seen.append({"path": self.path, "body": body, "headers": dict(self.headers)})
        reply = self.network.next_reply()
        time.sleep(reply.after)
        content = (
            {"scan": body.get("nonce"), "outcome": "ok", "severity": "green"} if reply.body is None else reply.body
        )
        self.send(
            reply.status, reply.kind, content if isinstance(content, bytes) else json.dumps(content).encode(), reply
        )

    def send(self, status: int, kind: str, content: bytes, reply: Reply | None = None) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            for name, value in (reply.headers if reply else {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the page gave up waiting, which is what some tests are about


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, network=network))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    network.address = f"http://localhost:{server.server_port}"
    yield network
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def base_url() -> None:
    """These tests need no forum."""


@pytest.fixture
def run(page: Page, network: Network) -> Callable[[str], Any]:
    """Runs a piece of script with the modules at hand as `codes`, `api`, `store` … and `newOutbox(holder)`."""
    page.goto(network.address)
    names = ("codes", "api", "store", "outbox", "decoder")
    modules = "\n".join(f"const {name} = await import('/frontend/{name}.js');" for name in names)
    helpers = """
      const pause = (ms) => new Promise((done) => setTimeout(done, ms));
      const scan = (nonce, second = 0) => ({nonce, point: "main", direction: "in", method: "camera",
        code: "ABCDEFGHJKMNPQRSTVWXYZ2345", device_time: `2027-05-20T03:00:0${second}.000Z`});
      const client = api.createApi({root: "/api/v1/", enrolUrl: "/scan/enrol/", language: "ru", token: () => "secret"});
      const newOutbox = async (holder = "anna") => {
        const box = new outbox.Outbox({store: await store.openStore(), api: client, holder: () => holder});
        await box.load();
        return box;
      };
    """
    return lambda script: page.evaluate(f"async () => {{ {modules} {helpers} {script} }}")


# --- codes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "sent"),
    [("7k4q-xm2p", "7K4QXM2P"), ("  7k4q xm2p ", "7K4QXM2P"), ("в7к4 ‑qxm2", "В7К4QXM2"), ("№!", ""), ("", "")],
)
def test_typed_code_is_folded(run, typed, sent):
    assert run(f"return codes.typedCode({json.dumps(typed)})") == sent


@pytest.mark.parametrize(
    ("qr", "token"),
    [
        ("ABCDEFGHJKMNPQRSTVWXYZ2345", "ABCDEFGHJKMNPQRSTVWXYZ2345"),
        ("https://example.org/t/1", None),
        ("WIFI:S:home;P:secret;;", None),
        ("", None),
        ("A" * 41, None),
        ("abcdefghjkmnpqrstvwxyz2345", None),
    ],
)
def test_only_a_token_of_ours_may_leave_the_phone(run, qr, token):
    assert run(f"return codes.tokenIn({json.dumps(qr)})") == token


def test_a_code_in_view_is_new_once_and_again_three_seconds_after_it_left(run):
    script = """
      const guard = new codes.RepeatGuard();
      const looks = [0, 1000, 2000, 4500, 7600].map((at) => guard.isNew("A", at));
      return [...looks, guard.isNew("B", 7700)];
    """
    assert run(script) == [True, False, False, False, True, True]


def test_waiting_codes_are_not_noticed_but_the_present_one_is_renewed(run):
    script = """
      const guard = new codes.RepeatGuard();
      guard.isNew("A", 0);
      guard.renew("A", 2900);
      guard.renew("B", 2900);
      return [guard.isNew("A", 5800), guard.isNew("B", 3000)];
    """
    assert run(script) == [False, True]


def test_nonce_without_random_uuid_is_a_version_four_uuid(run):
    script = "Object.defineProperty(crypto, 'randomUUID', {value: undefined}); return codes.newNonce()"
    nonce = run(script)
    assert (len(nonce), nonce[14], nonce[19] in "89ab") == (36, "4", True)


def test_only_the_visible_part_of_the_picture_is_read(run):
    size = "{videoWidth: 1280, videoHeight: 720, clientWidth: 390, clientHeight: 844}"
    part = run(f"return decoder.visiblePart({size})")
    assert {name: round(value) for name, value in part.items()} == {"x": 474, "y": 0, "width": 333, "height": 720}


# --- api -----------------------------------------------------------------------------------------------------------
def test_request_carries_the_device_token_and_language_and_no_cookie(run, network):
    run("document.cookie = 'sessionid=1'; await client.postScan(scan('n1'), 3000)")
    headers = network.seen[0]["headers"]
    assert (headers["Authorization"], headers["Accept-Language"]) == ("Device secret", "ru")
    assert "Cookie" not in headers
    assert network.seen[0]["body"].keys() >= {"nonce", "device_time", "sent_at"}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(body=b"<h1>Wi-Fi</h1>", kind="text/html"), {"kind": "garbage", "status": 200}),
        (Reply(body=b"{half", kind="application/json"), {"kind": "garbage", "status": 200}),
        (Reply(status=502, body=b"bad gateway", kind="text/html"), {"kind": "garbage", "status": 502}),
        (Reply(status=403, body=b"<h1>Wi-Fi</h1>", kind="text/html"), {"kind": "garbage", "status": 403}),
        (
            Reply(status=429, body={"code": "throttled", "message": "Later"}, headers={"Retry-After": "7"}),
            {"kind": "status", "status": 429, "code": "throttled", "message": "Later", "retryAfter": 7},
        ),
        (Reply(after=1), {"kind": "timeout"}),
    ],
)
def test_failures_are_values(run, network, reply, expected):
    network.replies = [reply]
    result = run("return await client.postScan(scan('n1'), 400)")
    assert result == {"ok": False, **expected}


# --- outbox --------------------------------------------------------------------------------------------------------
def test_a_scan_is_kept_until_an_answer_about_its_own_nonce(run, network):
    network.replies = [
        Reply(body=b"<h1>Wi-Fi</h1>", kind="text/html"),
        Reply(body={"scan": "another", "outcome": "ok"}),
        Reply(status=500, body={"code": "server", "message": ""}),
        Reply(),
    ]
    script = """
      const box = await newOutbox();
      await box.add(scan("n1"));
      const lengths = [];
      for (let at = 0; at < 4; at += 1) {
        await box.send("n1", 2000);
        lengths.push((await box.store.waiting()).length);
      }
      return lengths;
    """
    assert run(script) == [1, 1, 1, 0]
    assert network.nonces == ["n1"] * 4


def test_a_scan_outlives_the_page_and_is_sent_by_the_next_one(run, network, page):
    network.replies = [Reply(status=503, body={"code": "server", "message": ""})]
    run("const box = await newOutbox(); await box.add(scan('n1')); await box.send('n1', 500); box.pause()")
    network.replies = [Reply()]
    page.reload()
    script = """
      const box = await newOutbox();
      const late = new Promise((done) => box.addEventListener("late", ({detail}) => done(detail.answer.scan)));
      await box.flush();
      return [await late, box.items.length, (await box.store.waiting()).length];
    """
    assert run(script) == ["n1", 0, 0]
    assert network.seen[-1]["body"]["device_time"] == "2027-05-20T03:00:00.000Z"


def test_five_sends_of_one_scan_are_one_request(run, network):
    network.replies = [Reply(after=0.2)]
    script = """
      const box = await newOutbox();
      await box.add(scan("n1"));
      const results = await Promise.all([1, 2, 3, 4, 5].map(() => box.send("n1", 3000)));
      return results.map((result) => result.data.scan);
    """
    assert run(script) == ["n1"] * 5
    assert network.nonces == ["n1"]


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_device_pauses_the_upload_and_keeps_everything(run, network, status):
    network.replies = [Reply(status=status, body={"code": "device.revoked", "message": ""}), Reply()]
    script = """
      const box = await newOutbox();
      await box.add(scan("n1", 1));
      await box.add(scan("n2", 2));
      await box.flush();
      const during = [box.paused, box.items.length, (await box.send("n2")).kind];
      await box.resume();
      return [...during, box.paused, box.items.length];
    """
    assert run(script) == [True, 2, "paused", False, 0]
    assert network.nonces == ["n1", "n1", "n2"]


@pytest.mark.parametrize("status", [400, 409])
def test_a_scan_refused_by_itself_is_put_aside_and_does_not_hold_up_the_rest(run, network, status):
    network.replies = [Reply(status=status, body={"code": "invalid", "message": "No such point."}), Reply()]
    script = """
      const box = await newOutbox();
      await box.add(scan("n1", 1));
      await box.add(scan("n2", 2));
      await box.flush();
      const aside = (await box.store.waiting()).map(({nonce, state, problem}) => [nonce, state, problem]);
      await box.flush();
      await box.again("n1");
      return [aside, box.items.length];
    """
    assert run(script) == [[["n1", "refused", "No such point."]], 0]
    assert network.nonces == ["n1", "n2", "n1"]


def test_a_scan_that_breaks_the_server_does_not_hold_up_the_rest(run, network):
    network.replies = [Reply(status=500, body={"code": "server", "message": ""}), Reply()]
    script = """
      const box = await newOutbox();
      await box.add(scan("n1", 1));
      await box.add(scan("n2", 2));
      await box.flush();
      return box.items.map(({nonce}) => nonce);
    """
    assert run(script) == ["n1"]


def test_a_colleagues_scans_wait_for_the_colleague(run, network):
    script = """
      const annas = await newOutbox("anna");
      await annas.add(scan("n1"));
      const boriss = await newOutbox("boris");
      await boriss.flush();
      const before = boriss.items.length;
      await (await newOutbox("anna")).flush();
      return before;
    """
    assert run(script) == 1
    assert network.nonces == ["n1"]


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(run, network):
    throttled = Reply(status=429, body={"code": "throttled", "message": ""}, headers={"Retry-After": "1"})
    network.replies = [throttled, Reply()]
    script = """
      const box = await newOutbox();
      await box.add(scan("n1"));
      await box.flush();
      await box.flush();
      const early = box.items.length;
      await pause(1300);
      return [early, box.items.length];
    """
    assert run(script) == [1, 0]
    assert network.nonces == ["n1", "n1"]


def test_unanswered_scans_are_repeated_by_themselves(run, network):
    network.replies = [Reply(status=503, body={"code": "server", "message": ""})] * 2 + [Reply()]
    script = """
      const box = await newOutbox();
      await box.add(scan("n1"));
      await box.send("n1", 500);
      await pause(4500);
      return box.items.length;
    """
    assert run(script) == 0
    assert network.nonces == ["n1"] * 3
