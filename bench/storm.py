#!/usr/bin/env python3
"""Two hundred people sign in at once: how long do others wait for their accounts?

Measures `GET /accounts` alone, then under the storm, in one run on one machine, and prints both.
Nothing here passes or fails.  ENGINES=sqlite,postgres  CALLERS=200  SECONDS_EACH=10
"""

import os
import pathlib
import statistics
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "bench")]

from harness.client import PASSWORD, Client
from harness.postgres import TemporaryPostgres
from harness.server import Martlet

CALLERS = int(os.environ.get("CALLERS", 200))
SECONDS = float(os.environ.get("SECONDS_EACH", 10))
READERS = 4


def asked(url, token, until):
    """How long each of the reader's questions took, in milliseconds."""
    took = []
    client = Client(url, token=token)
    while not until():
        began = time.perf_counter()
        client.expect(200, "GET", "accounts")
        took.append((time.perf_counter() - began) * 1_000)
    return took


def read_while(url, token, until):
    """What several readers measured together."""
    all_took = []
    threads = [threading.Thread(target=lambda: all_took.extend(asked(url, token, until)))
               for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return all_took


def described(took):
    """Median, 99th percentile and worst."""
    took = sorted(took)
    return (f"{len(took)} answers, median {statistics.median(took):.1f} ms, "
            f"p99 {took[int(len(took) * 0.99)]:.1f} ms, worst {took[-1]:.1f} ms")


def storm(url, emails, outcome):
    """Everybody signs in at once, and again when refused, until all are in."""
    barrier = threading.Barrier(len(emails))

    def enter(email):
        client = Client(url, timeout=120)
        barrier.wait()
        while True:
            status = client.call("POST", "auth/login",
                                 {"email": email, "password": PASSWORD}).status
            outcome.append(status)
            if status != 503:
                return
            time.sleep(2)

    threads = [threading.Thread(target=enter, args=(email,)) for email in emails]
    for thread in threads:
        thread.start()
    return threads


def measure(name, folder, **variables):
    """One engine."""
    with Martlet(folder / "data", **variables) as server:
        reader = Client(server.url)
        reader.register()
        for number in range(5):
            reader.account(f"Account {number}")
        emails = [f"person{number}@example.org" for number in range(CALLERS)]
        waiting = list(emails)

        def sign_up():
            while waiting:
                try:
                    Client(server.url, timeout=120).register(waiting.pop())
                except IndexError:
                    return

        helpers = [threading.Thread(target=sign_up) for _ in range(4)]
        for helper in helpers:
            helper.start()
        for helper in helpers:
            helper.join()
        end = time.monotonic() + SECONDS
        alone = read_while(server.url, reader.token, lambda: time.monotonic() > end)
        outcome = []
        began = time.monotonic()
        threads = storm(server.url, emails, outcome)
        under = read_while(server.url, reader.token,
                           lambda: not any(thread.is_alive() for thread in threads))
        seconds = time.monotonic() - began
        print(f"{name}: alone {described(alone)}")
        print(f"{name}: under {CALLERS} sign-ins {described(under)}; all in after {seconds:.0f} s, "
              f"{outcome.count(503)} times 503")


def main():
    """Each engine that was asked for."""
    for engine in os.environ.get("ENGINES", "sqlite,postgres").split(","):
        with tempfile.TemporaryDirectory() as folder:
            if engine == "postgres":
                with TemporaryPostgres() as postgres:
                    measure(engine, pathlib.Path(folder), DATABASE_URL=postgres.url())
            else:
                measure(engine, pathlib.Path(folder))


if __name__ == "__main__":
    main()
