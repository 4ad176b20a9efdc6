"""The log as a machine reads it (`LOG_FORMAT=json`)."""

import json
import re
import uuid

import pytest

from harness.client import Client
from harness.server import Martlet, default_binary

REQUEST = {"time", "level", "message", "request", "method", "route", "status", "milliseconds", "address"}


@pytest.fixture
def server(tmp_path):
    try:
        place = Martlet(tmp_path / "data", binary=default_binary(), LOG_FORMAT="json", LOG_LEVEL="debug")
    except SystemExit:
        pytest.skip("martlet is not built")
    with place:
        yield place


def log_of(server):
    """What went to standard error: three lines for people go to standard output."""
    text = re.sub(r"^Martlet listens on .*\n.*\n.*\n", "", server.log_text(), flags=re.MULTILINE)
    return text.splitlines()


def test_every_line_of_a_run_is_an_object_and_tells_who_asked_what_and_what_became_of_it(server):
    ann = Client(server.url).register()
    person = ann.expect(200, "GET", "auth/me").data["user"]["id"]
    account = ann.account("Giro")
    seen = ann.expect(200, "GET", f"accounts/{account}")
    missing = ann.call("GET", f"accounts/{uuid.uuid4()}")
    refused = Client(server.url).call("GET", "accounts?q=rent")
    server.stop()

    lines = [json.loads(line) for line in log_of(server)]
    assert all({"time", "level", "message"} <= line.keys() for line in lines)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line["time"]) for line in lines)
    requests = {line["request"]: line for line in lines if line["message"] == "request"}
    assert len(requests) == 6
    assert all(REQUEST <= line.keys() <= REQUEST | {"person"} for line in requests.values())
    assert all(re.fullmatch(r"\d+\.\d{3}", line["milliseconds"]) for line in requests.values())
    for answer, status, who in [(seen, "200", person), (missing, "404", person), (refused, "401", None)]:
        line = requests[answer.headers["X-Request-Id"]]
        assert (line["method"], line["status"], line.get("person")) == ("GET", status, who)
        assert re.fullmatch(r"/api/v1/accounts(/[{:]\w+}?)?", line["route"])
        assert line["address"] == "127.0.0.1"
