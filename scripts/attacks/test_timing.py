"""Whether a refused sign-in tells, by its time or its form, who has an account.

Half a minute of rounds is enough for what anyone would notice; MARTLET_TIMING_ROUNDS=1000 gives the
figure itself (with -s).
"""

import contextlib
import itertools
import os
import random
import sqlite3
import statistics
import time
import uuid

import pytest

from harness.client import Client
from harness.server import DATABASE_FILE, Martlet

ROUNDS = int(os.environ.get("MARTLET_TIMING_ROUNDS", 60))
# All networks together may guess a hundred times an hour at one account.
ROUNDS_AN_ACCOUNT = 50
SHARE, SECONDS = 0.15, 0.003
WRONG_PASSWORD = "a wrong guess 12"


@pytest.fixture
def house(tmp_path):
    """A server that believes what it is told of where a request comes from."""
    with Martlet(tmp_path / "data", TRUSTED_PROXIES="127.0.0.1/32") as server:
        yield server


def with_password(server):
    return Client(server.url).register().email


def without_password(server):
    """Somebody who came by a provider."""
    email = with_password(server)
    path = server.folder / DATABASE_FILE
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database, database:
        done = database.execute("UPDATE person SET password_hash = '' WHERE email = ?", (email,))
        assert done.rowcount == 1
    return email


def unknown(_):
    return f"{uuid.uuid4()}@example.org"


KINDS = {"unknown": unknown, "known": with_password, "without a password": without_password}


def attempt(client, email, number):
    """One wrong guess from a network of its own: (seconds, what was answered)."""
    network = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    begun = time.perf_counter()
    answer = client.call("POST", "auth/login", {"email": email, "password": WRONG_PASSWORD},
                         {"X-Forwarded-For": network})
    seconds = time.perf_counter() - begun
    error = {name: value for name, value in answer.body["error"].items() if name != "request_id"}
    return seconds, (answer.status, str(error), sorted(answer.headers), sorted(answer.body))


def test_a_refusal_tells_nothing_by_its_time_or_its_form(house):
    accounts = {kind: [make(house) for _ in range(-(-ROUNDS // ROUNDS_AN_ACCOUNT))]
                for kind, make in KINDS.items()}
    times, answers = {kind: [] for kind in KINDS}, set()
    client, numbers = Client(house.url), itertools.count()
    for _ in range(3):
        attempt(client, unknown(house), next(numbers))
    for turn in range(ROUNDS):
        for kind in random.sample(sorted(KINDS), len(KINDS)):
            email = accounts[kind][turn // ROUNDS_AN_ACCOUNT]
            seconds, answer = attempt(client, email, next(numbers))
            times[kind].append(seconds)
            answers.add(str(answer))

    medians = {kind: statistics.median(measured) for kind, measured in times.items()}
    print({kind: f"{median * 1_000:.2f} ms" for kind, median in medians.items()}, ROUNDS)
    assert len(answers) == 1 and "(401," in answers.pop()
    apart = max(medians.values()) - min(medians.values())
    assert apart < max(SECONDS, SHARE * min(medians.values())), medians
