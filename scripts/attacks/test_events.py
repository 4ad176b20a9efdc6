"""Streams of events on two nodes: what one changes the other tells, over Redis at once and without it by looking; and
whoever does not read costs nobody anything."""

import contextlib
import re
import shutil
import socket
import statistics
import struct
import threading
import time

import pytest

from harness import processes
from harness.client import Client
from harness.postgres import TemporaryPostgres
from harness.redis import TemporaryRedis
from harness.server import Martlet
from wire import MEBIBYTE, Wire, resident

CHANGES = 6
# As in EventHub.swift, and a while for a machine that is busy.
BEAT_SECONDS, SLACK_SECONDS = 2, 2
# After so long without a word a stream says that it lives, and learns that nobody is there.
SILENT_SECONDS = 20
# How soon a changed household is looked at, and what that takes: NoticeWatch.swift.
LOOK_SECONDS = 20
# All but one of those that a person may hold.
DEAF = 39
WRITES = 150
VERSION = re.compile(rb'"version":(\d+)')


@pytest.fixture(scope="module")
def postgres():
    with TemporaryPostgres() as postgres:
        yield postgres


@pytest.fixture
def nodes(postgres, tmp_path):
    """Starts two nodes on one new database, with the same keys."""
    with contextlib.ExitStack() as stack:

        def start(**variables):
            url = postgres.create_database(f"events_{time.monotonic_ns()}")
            one, two = (Martlet(tmp_path / name, DATABASE_URL=url, **variables)
                        for name in ("one", "two"))
            stack.enter_context(one)
            two.folder.mkdir(mode=0o700)
            for key in one.folder.glob("*.key"):
                shutil.copy(key, two.folder)
            stack.enter_context(two)
            return one, two

        yield start


class Stream:
    """A stream of events that is read as it comes."""

    def __init__(self, server, token):
        self.wire = Wire(server.url, timeout=120)
        ask(self.wire, token)
        self.read = b""
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()
        processes.wait_until(lambda: b"event: notice" in self.read, 10, "the first events")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A reader that waits is not woken by a close alone; and a plain one leaves the server half of the connection, on
        # which it can speak once more before it learns.
        with contextlib.suppress(OSError):
            self.wire.socket.shutdown(socket.SHUT_RD)
        self.thread.join()
        self.wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wire.socket.close()

    def _listen(self):
        with contextlib.suppress(OSError):
            while part := self.wire.socket.recv(65_536):
                self.read += part

    def version(self):
        return max(map(int, VERSION.findall(self.read)))

    def seconds_until(self, version, limit):
        begun = time.monotonic()
        processes.wait_until(lambda: self.version() >= version, limit, f"version {version}")
        return time.monotonic() - begun


def ask(wire, token):
    wire.send(f"GET /api/v1/events HTTP/1.1\nAuthorization: Bearer {token}")


def on(node, person):
    """The same person at another node."""
    return Client(node.url, person.token)


def delays(one, two, limit):
    """How long each change on one node takes to the other's stream."""
    person = Client(one.url).register()
    account = person.account("Giro")
    with Stream(two, person.token) as stream:
        seconds = []
        for number in range(CHANGES):
            # At any moment between two beats.
            time.sleep(0.3 * number)
            expected = stream.version() + 1
            assert person.spend(account, "1.00", f"Shop {number}").status == 201
            seconds.append(stream.seconds_until(expected, limit))
    return seconds


def test_a_change_on_one_node_is_told_on_the_other_at_once_over_redis(nodes):
    with TemporaryRedis() as redis:
        one, two = nodes(REDIS_URL=redis.url)
        seconds = delays(one, two, limit=2)
    # Sooner than looking would find it.
    assert statistics.median(seconds) < 0.5, seconds


def test_without_redis_a_change_is_found_by_looking(nodes):
    one, two = nodes()
    seconds = delays(one, two, limit=BEAT_SECONDS + SLACK_SECONDS)
    assert max(seconds) > 0.1, "somebody told it"


def asked(client):
    return [task["status"] for task in client.expect(200, "GET", "tasks?asked=true").data]


def test_what_a_change_brings_is_asked_and_told_within_seconds_and_once(nodes):
    one, two = nodes()
    person = Client(one.url).register()
    account = person.account("Giro")
    elsewhere = on(two, person)

    with Stream(two, person.token) as stream:
        # Both nodes have reason to look.
        person.expect(200, "PATCH", f"accounts/{account}", {"minimum_balance": "50.00"})
        elsewhere.account("Other")
        processes.wait_until(lambda: asked(elsewhere) == ["todo"], LOOK_SECONDS, "the task")
        processes.wait_until(lambda: b'"unread":1' in stream.read, LOOK_SECONDS, "the notice")
        elsewhere.expect(200, "PATCH", f"accounts/{account}", {"minimum_balance": None})
        processes.wait_until(lambda: asked(person) == ["done"], LOOK_SECONDS, "the end of it")
    settled = elsewhere.expect(200, "GET", "audit-logs?limit=100").data
    # Long enough for another look, that must find nothing to do.
    time.sleep(7)
    trail = elsewhere.expect(200, "GET", "audit-logs?limit=100").data

    assert [entry["action"] for entry in trail].count("ask") == 2
    assert trail == settled


def deaf(server, token):
    """Asks for a stream and reads nothing of it, with hardly any room for what it is sent."""
    wire = Wire.__new__(Wire)
    wire.socket = socket.socket()
    wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    host, port = server.url.removeprefix("http://").split(":")
    wire.socket.connect((host, int(port)))
    ask(wire, token)
    return wire


def streams(server):
    text = Client(server.url).call("GET", "/metrics").body.decode()
    return int(float(re.search(r"^martlet_event_streams (\S+)", text, re.MULTILINE)[1]))


def test_whoever_does_not_read_holds_nobody_up_and_gathers_nothing(nodes):
    one, two = nodes()
    person = Client(one.url).register()
    account = person.account("Giro")
    with contextlib.ExitStack() as stack:
        for _ in range(DEAF):
            stack.enter_context(deaf(two, person.token))
        stream = stack.enter_context(Stream(two, person.token))
        processes.wait_until(lambda: streams(two) == DEAF + 1, 10, "all streams")
        before = resident(two.process)
        writer, waits = on(two, person), []
        first = stream.version()
        for number in range(WRITES):
            begun = time.monotonic()
            assert writer.spend(account, "1.00", f"Shop {number}").status == 201
            waits.append(time.monotonic() - begun)
        stream.seconds_until(first + WRITES, BEAT_SECONDS + SLACK_SECONDS)

        assert max(waits) < 2
        # What the writes themselves leave behind, whoever listens.
        grown = resident(two.process) - before
        assert grown < 24 * MEBIBYTE, grown
    # Those that left make room.
    processes.wait_until(lambda: streams(two) == 0, SILENT_SECONDS + 2 * SLACK_SECONDS, "the end")
