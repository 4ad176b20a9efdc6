"""`martlet user`, as whoever holds the machine meets it."""

import base64
import hmac
import re
import struct
import subprocess
import time

import pytest

from harness.client import Client
from harness.server import Martlet, default_binary

PASSWORD = "a long and private phrase 7"
OTHER = "another long phrase, number 8"


@pytest.fixture
def place(tmp_path):
    try:
        return Martlet(tmp_path / "data", binary=default_binary())
    except SystemExit:
        pytest.skip("martlet is not built")


def run(place, *arguments, password=None):
    return subprocess.run([place.binary, "user", *arguments], env=place.environment, text=True,
                          input=None if password is None else password + "\n",
                          stdin=subprocess.DEVNULL if password is None else None,
                          capture_output=True, timeout=120)


def create(place, *arguments):
    done = run(place, "create", "ann@example.org", "--password-stdin", *arguments,
               password=PASSWORD)
    assert done.returncode == 0, done.stderr
    return done


def sign_in(place, password):
    return Client(place.url).call("POST", "/api/v1/auth/login",
                                  {"email": "ann@example.org", "password": password})


def code(secret):
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15:][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def refusal(done):
    assert done.returncode == 1, done
    line = done.stderr.strip().splitlines()[-1]
    assert line.startswith("Error: ")
    return line


def test_somebody_is_made_given_a_role_and_listed(place):
    create(place, "--name", "Ann", "--currency", "CHF")
    assert run(place, "create", "bob@example.org", "--password-stdin",
               password=PASSWORD).returncode == 0
    assert run(place, "promote", "bob@example.org", "--role", "auditor").returncode == 0

    listed = [line.split("\t") for line in run(place, "list").stdout.splitlines()]

    assert [line[0] for line in listed] == ["ann@example.org", "bob@example.org"]
    assert [line[1] for line in listed] == ["admin", "auditor"]
    assert [line[3] for line in listed] == ["Ann", "bob"]
    with place:
        answer = sign_in(place, PASSWORD)
        assert answer.status == 200, answer
        # The list may be asked for beside a server.
        assert run(place, "list").returncode == 0
    place.doctor()


def test_a_new_password_and_a_link(place):
    create(place)
    done = run(place, "reset-password", "ann@example.org", "--password-stdin", password=OTHER)
    assert done.returncode == 0, done.stderr
    link = run(place, "reset-password", "ann@example.org", "--link").stdout.strip()
    found = re.fullmatch(r"http://localhost:\d+/reset#token=(\S+)", link)
    assert found, link
    with place:
        assert sign_in(place, PASSWORD).status == 401
        assert sign_in(place, OTHER).status == 200
        answer = Client(place.url).call("POST", "/api/v1/auth/reset-password",
                                        {"token": found[1], "new_password": PASSWORD})
        assert answer.status == 204, answer
        assert sign_in(place, PASSWORD).status == 200


def test_second_factors_are_taken_away_for_good(place):
    create(place)
    with place:
        token = sign_in(place, PASSWORD).data["access_token"]
        ann = Client(place.url, token=token)
        offer = ann.call("POST", "/api/v1/factors/totp").data
        answer = ann.call("POST", "/api/v1/factors/totp/confirm", {"code": code(offer["secret"])})
        assert answer.status == 200, answer
        assert sign_in(place, PASSWORD).status == 202

    hasty = run(place, "reset-factors", "ann@example.org")
    assert hasty.returncode == 64 and "--yes" in hasty.stderr
    done = run(place, "reset-factors", "ann@example.org", "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "ann@example.org has no second factor any more; every device is signed out"]
    assert "no second factor" in refusal(run(place, "reset-factors", "ann@example.org", "--yes"))
    with place:
        assert ann.twin().call("GET", "/api/v1/auth/me").status == 401
        assert sign_in(place, PASSWORD).status == 200
    place.doctor()


def test_what_cannot_be_is_said_in_one_line(place):
    create(place)
    again = run(place, "create", "ann@example.org", "--password-stdin", password=PASSWORD)
    weak = run(place, "reset-password", "ann@example.org", "--password-stdin",
               password="passwordpassword")
    unknown = run(place, "promote", "eve@example.org")
    mute = run(place, "reset-password", "ann@example.org")

    assert "already" in refusal(again)
    assert "password" in refusal(weak) and "passwordpassword" not in weak.stderr
    assert "Nobody has this address" in refusal(unknown)
    assert "--password-stdin" in refusal(mute)
    assert run(place, "promote", "no address").returncode == 64


def test_beside_a_server_on_sqlite_it_says_so(place):
    create(place)
    with place:
        line = refusal(run(place, "promote", "ann@example.org"))
        assert "is in use by another Martlet" in line and "stop it first" in line
