"""`martlet keys rotate` beside a running server: what the last key signed, and for how long it counts."""

import os
import subprocess
import time

import pytest

from harness import processes
from harness.client import Client
from harness.server import Martlet, default_binary

PASSWORD = "a long and private phrase 7"
# Longer than the last key of access tokens is kept.
OLD_SECONDS = 1_300


@pytest.fixture
def server(tmp_path):
    try:
        place = Martlet(tmp_path / "data", binary=default_binary())
    except SystemExit:
        pytest.skip("martlet is not built")
    with place:
        yield place


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
    Client(server.url).expect(201, "POST", "auth/register", {
        "email": "ann@example.org", "password": PASSWORD, "name": "Ann"})
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
