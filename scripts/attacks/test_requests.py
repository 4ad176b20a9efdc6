"""Requests that are too large, too deep, too many, or no HTTP at all."""

import json

import pytest

from harness.client import Client
from wire import MEBIBYTE, Wire, forget_peak, resident

LOGIN = "/api/v1/auth/login"
ACCOUNTS = "/api/v1/accounts"


@pytest.fixture(scope="module")
def person(server):
    return Client(server.url).register()


@pytest.mark.parametrize("fields, status", [(90, 401), (101, None), (1_000, None), (20_000, None)])
def test_header_fields_are_counted(server, fields, status):
    with Wire(server.url) as wire:
        more = "\n".join(f"X-{number}: a" for number in range(fields - 1))
        try:
            wire.send(f"GET /api/v1/auth/me HTTP/1.1\n{more}")
        except ConnectionError:
            pass  # It may go while we still send.

        refused = wire.status()

        assert refused == status if status else refused in (400, 431, None)
        assert status or wire.is_closed()
    assert Client(server.url).call("GET", "/health").status == 200


@pytest.mark.parametrize("length", [17_000, 100_000, MEBIBYTE])
def test_a_header_that_is_too_long_ends_the_connection(server, length):
    with Wire(server.url) as wire:
        try:
            wire.send(f"GET /api/v1/auth/me HTTP/1.1\nX-Long: {'a' * length}")
        except ConnectionError:
            pass  # It may go while we still send.

        assert wire.status() in (400, 431, None)
        assert wire.is_closed()
    assert Client(server.url).call("GET", "/health").status == 200


BODIES = {
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "wide": json.dumps({str(number): 1 for number in range(60_000)}).encode(),
    "many values": b'{"a":[' + b",".join([b"1"] * 400_000) + b"]}",
    "a field twice": b'{"name":"a","name":"b"}',
    "a long number": b'{"opening_balance":' + b"9" * 1_000_000 + b"}",
    "a long text": b'{"name":"' + b"\\u0061" * 170_000 + b'"}',
    "no UTF-8": b'{"name":"\xff\xfe"}',
    "a NUL": b'{"name":"\\u0000"}',
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_costs_much_to_read_is_refused(server, person, name):
    with Wire(server.url) as wire:
        wire.post(ACCOUNTS, BODIES[name], person.token)

        assert wire.status() in (400, 422)


def test_a_body_without_end_is_refused_while_it_comes(server):
    forget_peak(server.process)
    before = resident(server.process)
    wires = [Wire(server.url) for _ in range(100)]
    chunk = b"100000\r\n" + b" " * MEBIBYTE + b"\r\n"
    for wire in wires:
        wire.send(f"POST {LOGIN} HTTP/1.1\nContent-Type: application/json\n"
                  "Transfer-Encoding: chunked")
    for _ in range(32):
        for wire in wires:
            try:
                wire.socket.sendall(chunk)
            except ConnectionError:
                pass  # It was refused and is closed: what was to be shown.

    for wire in wires:
        # A peer that goes on sending for long is cut off, and may lose its answer by that.
        assert wire.status() in (413, None)
        assert wire.is_closed()
        wire.socket.close()
    assert resident(server.process, "VmHWM") - before < 50 * MEBIBYTE


def test_a_body_that_is_announced_too_long_is_refused(server):
    with Wire(server.url) as wire:
        wire.send(f"POST {LOGIN} HTTP/1.1\nContent-Type: application/json\n"
                  f"Content-Length: {2 << 30}", b" " * (2 * MEBIBYTE))

        assert wire.status() == 413
