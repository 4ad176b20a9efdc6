"""Requests about whose end two readers could disagree. What hides behind them is never answered.

The hidden request asks for an address of the API that is not there: its 404 would be the second answer.
"""

import re
import shutil
import socket
import ssl
import urllib.parse

import pytest

from harness import nginx
from harness.client import Client

HIDDEN = b"GET /api/v1/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
LENGTH = b"Content-Length: %d"
CHUNKED = b"Transfer-Encoding: chunked"
END = b"0\r\n\r\n"


def post(*fields, body=HIDDEN, version=b"HTTP/1.1", line=b"\r\n"):
    return line.join([b"POST /api/v1/auth/login " + version, b"Host: localhost",
                      b"Content-Type: application/json", *fields, b"", b""]) + body


def named(prefix, values, make):
    return {f"{prefix} {value!r}": make(value) for value in values}


BOTH = LENGTH % len(END + HIDDEN)
REFUSED = {
    "a length and chunks": post(BOTH, CHUNKED, body=END + HIDDEN),
    "chunks and a length": post(CHUNKED, LENGTH % 4, body=b"29\r\n" + HIDDEN + END),
    "two lengths": post(LENGTH % 0, LENGTH % len(HIDDEN)),
    "a list of lengths": post(b"Content-Length: 0, %d" % len(HIDDEN)),
    **named("length", [b"+5", b"-5", b"0x5", b"1 0", b"", b"five", b"5.0", b"9" * 30, b"1_0",
                       "５".encode()],
            lambda value: post(b"Content-Length: " + value, body=b"hello" + HIDDEN)),
    **named("coding", [b"xchunked", b'"chunked"', b"chunked, identity", b"identity",
                       b"\x0bchunked", b"chunked\x00", b"chunked;a=b", b"cow"],
            lambda value: post(b"Transfer-Encoding: " + value, body=END + HIDDEN)),
    **named("coding beside a length", [b"xchunked", b"identity", b"gzip, chunked", b"CHUNKED",
                                       b"\tchunked", b"chunked, chunked"],
            lambda value: post(b"Transfer-Encoding: " + value, BOTH, body=END + HIDDEN)),
    **named("field", [b"Transfer-Encoding : chunked", b" Transfer-Encoding: chunked",
                      b"Transfer-Encoding:\r\n chunked", b"Transfer-Encoding\x00: chunked",
                      b"X-A: b\rTransfer-Encoding: chunked", b"X-A: b\nTransfer-Encoding: chunked"],
            lambda value: post(value, BOTH, body=END + HIDDEN)),
    **named("chunk", [b"-1", b"+0", b"0x0", b" 0", b"", b"f" * 17, b"zero", b"0_0", b"0;a\nb"],
            lambda value: post(CHUNKED, body=value + b"\r\n\r\n" + HIDDEN)),
    "a blank before the colon of the length": post(b"Content-Length : 0"),
    "a chunk that ends in LF": post(CHUNKED, body=b"0\n\n" + HIDDEN),
    "a chunk longer than it says": post(CHUNKED, body=b"5\r\nhello!!\r\n" + END + HIDDEN),
    "lines that end in LF": post(LENGTH % 0, line=b"\n"),
    "a length after the chunks": post(CHUNKED, body=b"0\r\nContent-Length: 50\r\n\r\n" + HIDDEN),
    "another version": post(LENGTH % 0, version=b"HTTP/1.2"),
    "a blank in the address": b"GET /health /x HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "no version": b"GET /health\r\n\r\n" + HIDDEN,
}
# Nothing is wrong with them, and all that follows the head belongs to the body.
WHOLE = {
    "a body of a GET": (b"GET /health HTTP/1.1\r\nHost: localhost\r\n" + LENGTH % len(HIDDEN)
                        + b"\r\n\r\n" + HIDDEN),
    "a field with an underscore": post(b"Transfer_Encoding: chunked", BOTH, body=END + HIDDEN),
}


def answers(connection, request):
    """The statuses of all answers, and whether the peer then ended the connection."""
    read, closed = b"", False
    with connection:
        connection.settimeout(3)
        try:
            connection.sendall(request)
            while part := connection.recv(65_536):
                read += part
            closed = True
        except TimeoutError:
            pass
        except (ConnectionError, ssl.SSLError):
            closed = True
    assert b"/hidden" not in read
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", read)], closed


def direct(server):
    address = urllib.parse.urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), 10)


@pytest.mark.parametrize("name", REFUSED)
def test_a_request_without_a_certain_end_is_refused(server, name):
    statuses, closed = answers(direct(server), REFUSED[name])

    assert statuses == [400] and closed
    assert Client(server.url).call("GET", "/health").status == 200


@pytest.mark.parametrize("name", WHOLE)
def test_a_body_is_not_another_request(server, name):
    statuses, _ = answers(direct(server), WHOLE[name])

    assert len(statuses) == 1


@pytest.mark.parametrize("fields", [b"", b"Host: localhost\r\nHost: localhost\r\n",
                                    b"host: localhost\r\nX-A: b\r\nHOST: evil.example\r\n"])
def test_a_request_names_one_server(server, fields):
    request = b"GET /health HTTP/1.1\r\n" + fields + b"\r\n"

    assert answers(direct(server), request)[0] == [400]


@pytest.fixture(scope="module")
def proxied(server, tmp_path_factory):
    """Connects to nginx before the server."""
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE

    def connect():
        plain = socket.create_connection(("127.0.0.1", nginx.TLS_PORT), 10)
        return trusting.wrap_socket(plain, server_hostname="localhost")

    with nginx.nginx(tmp_path_factory.mktemp("nginx"), urllib.parse.urlsplit(server.url).port):
        yield connect


# nginx takes these for two requests and hands them on as two, in framing of its own.
TWO_TO_NGINX = {
    "chunk b'0;a\\nb'", "a chunk that ends in LF", "lines that end in LF",
    "a length after the chunks", "another version",
}


@pytest.mark.parametrize("name", [*REFUSED, *WHOLE])
def test_nginx_and_the_server_agree_where_a_request_ends(proxied, name):
    statuses, _ = answers(proxied(), {**REFUSED, **WHOLE}[name])

    assert (404 in statuses[1:]) == (name in TWO_TO_NGINX)
    # An answer that was left over on nginx's connection to the server would come to one of these.
    honest = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert [answers(proxied(), honest)[0] for _ in range(3)] == [[200]] * 3
