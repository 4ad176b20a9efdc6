#!/usr/bin/env python3
"""A disk that fails to sync: nothing is acknowledged any more, the process ends with an error
within five seconds, and the next start is clean.

strace makes every fsync and fdatasync fail from some moment on. ROUNDS (3), SEED.
"""

import pathlib
import random
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import Load, arena, check, number, scenario


def inject(process, what):
    """Attaches strace to the server with an injection; returns when it is in place."""
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(process.pid), "-e", "trace=fsync,fdatasync", "-e",
         f"inject=fsync,fdatasync:{what}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    line = tracer.stderr.readline()
    check("attached" in line, f"strace says: {line.strip()}")
    # Read on, so that strace never waits for us.
    subprocess.Popen(["cat"], stdin=tracer.stderr, stdout=subprocess.DEVNULL)
    return tracer


def break_once(field, email, seed, chance):
    load = Load(field.client().login(email), seed, writers=4).start()
    load.wait_for_writes(20)
    time.sleep(chance.random() * 0.2)
    tracer = inject(field.server.process, "error=EIO")
    begun = time.monotonic()
    try:
        status = field.server.process.wait(10)
    except subprocess.TimeoutExpired:
        status = None
    seconds = time.monotonic() - begun
    tracer.terminate()
    tracer.wait()
    load.stop()
    check(status is not None, "the server runs on though its disk cannot sync")
    check(status != 0, "the server ended with status 0 after a failed sync")
    check(seconds <= 5, f"the server took {seconds:.1f} s to end")
    field.server.start()
    load.verify(field.client().login(email))
    return len(load.acknowledged), seconds


def run(seed):
    if not shutil.which("strace"):
        return "skipped: strace is for Linux"
    chance = random.Random(seed)
    writes, slowest, rounds = 0, 0, number("ROUNDS", 3)
    with arena("sqlite") as field:
        email = field.client().register().email
        for turn in range(rounds):
            count, seconds = break_once(field, email, seed + turn, chance)
            writes, slowest = writes + count, max(slowest, seconds)
        field.server.stop()
        field.check_offline()
    return f"{rounds} failed disks, {writes} acknowledged writes, ended within {slowest:.1f} s"


if __name__ == "__main__":
    scenario(run)
