#!/usr/bin/env python3
"""SIGTERM under load: requests under way are answered, none is dropped, and the process ends with
status 0 within ten seconds. A connection refused after the signal is no drop.

DATABASE (both), SEED (bar R8).
"""

import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import Load, arena, check, engines, scenario


def run_on(engine, seed):
    with arena(engine) as field:
        person = field.client().register()
        load = Load(person, seed).start()
        load.wait_for_writes(100)
        begun = time.monotonic()
        field.server.process.send_signal(signal.SIGTERM)
        try:
            status = field.server.process.wait(10)
        except subprocess.TimeoutExpired:
            check(False, "the server did not end within 10 s of SIGTERM")
        seconds = time.monotonic() - begun
        load.stop()
        check(status == 0, f"the server ended with status {status}")
        field.server.start()
        client = field.client().login(person.email)
        written = {row["payee"] for row in client.transactions(account_id=load.account)}
        dropped = written & set(load.doubtful)
        check(not dropped, f"{len(dropped)} writes were done but never answered")
        load.verify(client)
        field.server.stop()
        field.check_offline()
    return f"{engine} {len(load.acknowledged)} writes, ended in {seconds:.1f} s"


def run(seed):
    return "; ".join(run_on(engine, seed) for engine in engines())


if __name__ == "__main__":
    scenario(run)
