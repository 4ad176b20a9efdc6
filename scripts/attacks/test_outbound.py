"""What the server asks of others: a provider that leads elsewhere, talks without end, or says nothing."""

import http.server
import threading
import time

import pytest

from harness.client import Client
from harness.server import Martlet
from wire import MEBIBYTE

WAYS = ["redirect", "endless", "silent", "drip"]


class Hostile(http.server.BaseHTTPRequestHandler):
    """Answers by the first word of the path, and notes what it was asked."""

    protocol_version = "HTTP/1.1"
    asked = []
    leaving = threading.Event()

    def do_GET(self):
        way = self.path.strip("/").split("/")[0]
        Hostile.asked.append(self.path)
        getattr(self, way)()

    def redirect(self):
        self.send_response(302)
        self.send_header("Location", "/elsewhere/.well-known/openid-configuration")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.pour(b'"' + b"a" * MEBIBYTE, 0)

    def silent(self):
        Hostile.leaving.wait(30)

    def drip(self):
        self.send_response(200)
        self.end_headers()
        self.pour(b" ", 0.5)

    def pour(self, part, pause):
        try:
            while not Hostile.leaving.wait(pause):
                self.wfile.write(part)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{listener.server_port}"
    folder = tmp_path_factory.mktemp("outbound")
    sections = [f"[{way}]\nissuer = {address}/{way}\nclient_id = martlet\n" for way in WAYS]
    (folder / "providers").write_text("\n".join(sections))
    proxies = {name: f"{address}/proxy" for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY")}
    with Martlet(folder / "data", OIDC_PROVIDERS=str(folder / "providers"), **proxies) as server:
        yield server
    Hostile.leaving.set()
    listener.shutdown()


def start(server, way):
    begun = time.monotonic()
    answer = Client(server.url).call("POST", f"auth/oidc/{way}/start", {})
    return answer, time.monotonic() - begun


@pytest.mark.parametrize("way", WAYS)
def test_a_hostile_provider_costs_ten_seconds_at_most_and_is_told_of_in_one_way(server, way):
    answer, seconds = start(server, way)

    assert (answer.status, answer.code) == (503, "auth.provider_unavailable")
    assert answer.headers["Retry-After"] == "30"
    assert seconds < 12
    assert "127.0.0.1" not in str(answer)


def test_it_is_asked_itself_once_and_nobody_else_is(server):
    Hostile.asked.clear()
    start(server, "redirect")

    assert Hostile.asked == ["/redirect/.well-known/openid-configuration"]
