"""The keys: what the last one signed after a change, and what a wrong one does to a start."""

import os
import secrets
import subprocess
import time

import pytest

from chaos import killrotate
from harness import processes
from harness.client import Client
from harness.server import Martlet, default_binary

PASSWORD = "a long and private phrase 7"
# Longer than the last key of access tokens is kept.
OLD_SECONDS = 1_300


@pytest.fixture
def make(tmp_path):
    """A server that is not started yet."""
    try:
        binary = default_binary()
    except SystemExit:
        pytest.skip("martlet is not built")
    places = []

    def make(**variables):
        places.append(Martlet(tmp_path / "data", binary=binary, **variables))
        return places[-1]

    yield make
    for place in places:
        place.stop()


@pytest.fixture
def server(make):
    with make() as place:
        yield place


def sign_up(server):
    Client(server.url).expect(201, "POST", "auth/register", {
        "email": "ann@example.org", "password": PASSWORD, "name": "Ann"})


def sign_in(server, password=PASSWORD, badge=None):
    return Client(server.url).call(
        "POST", "/api/v1/auth/login", {"email": "ann@example.org", "password": password},
        {"Martlet-Client": "browser", **({"Cookie": badge} if badge else {})})


def badge_of(answer):
    assert answer.status == 200, answer
    cookies = answer.headers.get_all("Set-Cookie")
    return next((cookie.split(";")[0] for cookie in cookies
                 if cookie.startswith("martlet_device=")), None)


def test_badges_of_devices_follow_the_keys(server):
    sign_up(server)
    old = badge_of(sign_in(server))
    assert badge_of(sign_in(server, badge=old)) is None, "it is kept as it is"

    subprocess.run([server.binary, "keys", "rotate"], env=server.environment, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    new = None

    def is_signed_anew():
        nonlocal new
        new = badge_of(sign_in(server, badge=old))
        return new is not None

    processes.wait_until(is_signed_anew, 20, "a badge of the new key")
    moment = time.time() - OLD_SECONDS
    os.utime(server.folder / "access-token.key", (moment, moment))
    last = server.folder / "access-token-previous.key"
    processes.wait_until(lambda: not last.exists(), 20, "the last key to be forgotten")
    # The server reads its keys again right after it removed the file.
    time.sleep(1)

    # Strangers on this network wait, and so does a badge that nobody vouches for any more.
    for _ in range(5):
        assert sign_in(server, "a wrong one").status == 401
    assert sign_in(server).status == 423
    assert sign_in(server, badge=old).status == 423
    assert sign_in(server, badge=new).status == 200


def refused_start(server):
    """The one line that a start ended with."""
    server.spawn()
    assert server.process.wait(60) == 1
    lines = [line for line in server.log_text().splitlines() if line.startswith("Error: ")]
    assert len(lines) == 1, server.log_text()
    return lines[0]


def assert_all_is_there(server):
    server.doctor()
    with server:
        client = Client(server.url).login("ann@example.org", PASSWORD)
        assert client.expect(200, "GET", "audit-logs").data
        assert client.expect(200, "GET", "activity").data


def test_another_key_stops_the_start_and_spoils_nothing(make):
    server = make()
    with server:
        sign_up(server)
    file = server.folder / "master.key"
    right = file.read_bytes()

    file.write_bytes(secrets.token_bytes(32))
    line = refused_start(server)
    file.write_bytes(right)

    assert line == f"Error: {file} does not open this database: it is another's"
    assert_all_is_there(server)


def test_a_missing_key_stops_the_start_and_none_is_made(make):
    server = make()
    with server:
        sign_up(server)
    file = server.folder / "master.key"
    right = file.read_bytes()

    file.unlink()
    line = refused_start(server)
    assert not file.exists()
    file.write_bytes(right)

    assert line.startswith(f"Error: {file} is missing")
    assert_all_is_there(server)


def test_another_passphrase_stops_the_start_and_spoils_nothing(make):
    right, wrong = "the right phrase of this folder", "another phrase that is as long"
    server = make(MASTER_PASSPHRASE=right)
    with server:
        sign_up(server)

    server.environment["MASTER_PASSPHRASE"] = wrong
    line = refused_start(server)
    server.environment["MASTER_PASSPHRASE"] = right

    assert line == "Error: the master key that was set does not open this database: it is another's"
    assert wrong not in server.log.read_text() and right not in server.log.read_text()
    assert_all_is_there(server)


def test_a_change_of_keys_may_be_killed_at_any_moment(monkeypatch):
    try:
        monkeypatch.setenv("MARTLET_BINARY", default_binary())
    except SystemExit:
        pytest.skip("martlet is not built")
    monkeypatch.setenv("PEOPLE", "5")

    assert "sqlite 10 kills" in killrotate.run_on("sqlite", secrets.randbelow(1 << 30), 10)
