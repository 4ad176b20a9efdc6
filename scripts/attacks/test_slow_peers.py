"""Peers that send or read so slowly that they only hold a place: each is sent away, and nobody waits."""

import concurrent.futures
import contextlib
import time

from harness.client import Client
from wire import Wire, is_held

# As in BuildApplication.swift and SlowPeers.swift, and a while for a machine that is busy.
IDLE_SECONDS, PATIENCE_SECONDS, SLACK_SECONDS = 30, 60, 15
PEERS = 8
ANSWERS = 400


def seconds_until_closed(wire, part, limit):
    """Sends a part a second until the peer ends the connection."""
    begun = time.monotonic()
    wire.socket.settimeout(1)
    while time.monotonic() - begun < limit:
        with contextlib.suppress(TimeoutError):
            try:
                wire.socket.sendall(part)
                if not wire.socket.recv(65_536):
                    return time.monotonic() - begun
            except ConnectionError:
                return time.monotonic() - begun
    return None


def slow_head(server):
    with Wire(server.url) as wire:
        wire.socket.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        return seconds_until_closed(wire, b"a", IDLE_SECONDS + SLACK_SECONDS)


def slow_body(server):
    with Wire(server.url) as wire:
        wire.send("POST /api/v1/auth/login HTTP/1.1\nContent-Type: application/json\n"
                  "Content-Length: 4096")
        return seconds_until_closed(wire, b" ", PATIENCE_SECONDS + SLACK_SECONDS)


def deaf(server):
    """Asks for some hundred megabytes and reads none."""
    with Wire(server.url) as wire:
        wire.socket.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * ANSWERS)
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE_SECONDS + SLACK_SECONDS:
            time.sleep(1)
            if not is_held(wire):
                return time.monotonic() - begun
        return None


def slow_and_honest(server, token):
    """8 KiB a second for longer than the patience with anybody: the status of its answer."""
    pieces = PATIENCE_SECONDS + SLACK_SECONDS - 5
    with Wire(server.url) as wire:
        wire.send("POST /api/v1/accounts HTTP/1.1\nContent-Type: application/json\n"
                  f"Authorization: Bearer {token}\nContent-Length: {pieces * 8_192}")
        for _ in range(pieces):
            wire.socket.sendall(b" " * 8_192)
            time.sleep(1)
        return wire.status()


def test_slow_peers_are_sent_away_and_nobody_waits_for_them(server):
    token = Client(server.url).register().token
    waits = []

    with concurrent.futures.ThreadPoolExecutor(4 * PEERS) as pool:
        heads, bodies, readers = ([pool.submit(peer, server) for _ in range(PEERS)]
                                  for peer in (slow_head, slow_body, deaf))
        honest = pool.submit(slow_and_honest, server, token)
        while not honest.done():
            begun = time.monotonic()
            assert Client(server.url).call("GET", "currencies").status == 200
            waits.append(time.monotonic() - begun)
            time.sleep(1)

    for limit, peers in ((IDLE_SECONDS, heads), (PATIENCE_SECONDS, bodies),
                         (PATIENCE_SECONDS, readers)):
        seconds = [peer.result() or 0 for peer in peers]
        assert all(limit - 2 < each < limit + SLACK_SECONDS for each in seconds), seconds
    # Blanks are no JSON, and that is what it is told.
    assert honest.result() == 400
    assert max(waits) < 3
