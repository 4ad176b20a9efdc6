#!/usr/bin/env python3
"""PostgreSQL dies under load, three ways by turns: our sessions are ended, one backend is killed
(which restarts the cluster), the whole cluster is killed and started again. Nothing acknowledged is lost, the
server stays up and writes again within ten seconds of PostgreSQL being there.

ROUNDS (6), SEED. Bar R9 asks for 200. The start is refused when PostgreSQL is told not to sync.
"""

import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import NETWORK_FAILURES, Load, arena, check, number, scenario
from harness import processes
from harness.server import Martlet

OURS = "datname = 'martlet' AND pid <> pg_backend_pid()"


def end_sessions(postgres):
    postgres.psql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OURS}")


def kill_backend(postgres):
    process = postgres.psql(f"SELECT pid FROM pg_stat_activity WHERE {OURS} LIMIT 1").strip()
    if process:
        os.kill(int(process), signal.SIGKILL)
    processes.wait_until(postgres.is_ready, 30, "PostgreSQL after a crash")


def kill_cluster(postgres):
    postgres.kill()
    time.sleep(0.5)
    postgres.start()


WAYS = [end_sessions, kill_backend, kill_cluster]


def seconds_to_recover(client, account):
    begun = time.monotonic()
    while True:
        try:
            answer = client.spend(account, "1.00", f"again {begun}")
        except NETWORK_FAILURES as failure:
            check(False, f"the server hung up while PostgreSQL was away: {failure!r}")
        seconds = time.monotonic() - begun
        if answer.status == 201:
            return seconds
        check(answer.status == 503, f"PostgreSQL away: {answer}")
        check(answer.headers.get("Retry-After"), "503 without Retry-After")
        check(seconds <= 10, "no write succeeded within 10 s of PostgreSQL being back")
        time.sleep(0.1)


def hurt_once(field, email, seed, hurt):
    person = field.client().login(email)
    load = Load(person, seed).start()
    load.wait_for_writes(20)
    hurt(field.postgres)
    seconds = seconds_to_recover(person, person.account(f"Again {seed}"))
    load.stop()
    check(field.server.process.poll() is None, "the server died with PostgreSQL")
    load.verify(field.client().login(email))
    return len(load.acknowledged), seconds


def refuses_without_sync(field):
    """A cluster that does not sync must not be served from."""
    field.server.stop()
    field.postgres.stop()
    field.postgres.settings["fsync"] = "off"
    field.postgres.start()
    server = Martlet(field.server.folder, DATABASE_URL=field.postgres.url("martlet")).spawn()
    try:
        processes.wait_until(lambda: server.process.poll() is not None, 15, "refusal of fsync=off")
        check(server.process.returncode != 0, "a start with fsync=off ended with status 0")
        check("fsync" in server.log_text(), "the refusal does not name fsync")
    finally:
        server.stop()


def run(seed):
    rounds = number("ROUNDS", 6)
    writes, slowest = 0, 0
    with arena("postgres") as field:
        email = field.client().register().email
        for turn in range(rounds):
            count, seconds = hurt_once(field, email, seed + turn, WAYS[turn % len(WAYS)])
            writes, slowest = writes + count, max(slowest, seconds)
        field.server.stop()
        field.check_offline()
        refuses_without_sync(field)
    return (f"{rounds} deaths of PostgreSQL, {writes} acknowledged writes, writing again within "
            f"{slowest:.1f} s; fsync=off refused")


if __name__ == "__main__":
    scenario(run)
