"""Children that end when we end, and signals that unwind `with` blocks."""

import os
import signal
import socket
import subprocess
import sys
import time


def unwind_on_signals():
    """SIGTERM and SIGHUP end us like Ctrl-C, so that every `with` block cleans up."""

    def unwind(number, _frame):
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, unwind)


def end(process, seconds=10, first=signal.SIGTERM):
    """Asks a process to stop, and kills it when it has not within `seconds`."""
    if process.poll() is not None:
        return
    process.send_signal(first)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_group(process, seconds=5):
    """Like `end`, for a process started in its own session and all its children."""
    for number, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, seconds)):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.05)
    process.wait()


def wait_until(ready, seconds, what):
    """Polls `ready` until it is truthy and returns that; raises after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = ready()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.02)


def free_port():
    """A port that nobody listens on now, for whoever must know it before the server does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
