"""HTTP by hand: bytes on a socket, for what no client library would send."""

import pathlib
import socket
import urllib.parse

MEBIBYTE = 1 << 20


class Wire:
    """One connection."""

    def __init__(self, url, timeout=30):
        address = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((address.hostname, address.port), timeout)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, head, body=b""):
        """`head` is the request line and its headers, one a line, without Host."""
        lines = [line.strip() for line in head.strip().splitlines()]
        lines.insert(1, "Host: localhost")
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def post(self, path, body, token):
        self.send(f"POST {path} HTTP/1.1\nContent-Type: application/json\n"
                  f"Authorization: Bearer {token}\nContent-Length: {len(body)}", body)

    def status(self):
        """The status of the next answer, or None when the peer just went."""
        return self.answer()[0]

    def answer(self):
        """Status and head of the next answer; its body is left on the wire."""
        read = b""
        try:
            while b"\r\n\r\n" not in read:
                part = self.socket.recv(65_536)
                if not part:
                    break
                read += part
        except ConnectionError:
            pass
        head = read.split(b"\r\n\r\n")[0].decode("latin-1").lower()
        return (int(head.split()[1]) if head.startswith("http/1.1 ") else None), head

    def is_closed(self):
        """Whether the peer ends the connection once it has said what it had to say."""
        try:
            while self.socket.recv(65_536):
                pass
        except TimeoutError:
            return False
        except ConnectionError:
            pass
        return True


def is_held(wire):
    """Whether the server's end of a connection is still open, whatever lies on the way."""
    near, far = (wire.socket.getsockname()[1], wire.socket.getpeername()[1])
    established = "01"
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, state, *_ = line.split()
        if (local[-4:], remote[-4:]) == (f"{far:04X}", f"{near:04X}"):
            return state == established
    return False


def resident(process, field="VmRSS"):
    """Bytes that a process has in memory; VmHWM for the most it ever had."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1_024
    raise LookupError(field)


def forget_peak(process):
    """The most that it ever had counts from now on."""
    pathlib.Path(f"/proc/{process.pid}/clear_refs").write_text("5")
