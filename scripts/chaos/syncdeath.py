#!/usr/bin/env python3
"""Death at a sync: the server is killed as a thread enters its Nth fsync or fdatasync since the
very first start, for N = 1, 2, 3 …; every start after is clean and nothing acknowledged is gone.

Small N fall into making the file and its migrations. ROUNDS (12), SEED. Bar R4 asks for 200.
"""

import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import Load, arena, number, scenario
from harness import processes


def wrapper(turn):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e",
            f"inject=fsync,fdatasync:signal=KILL:when={turn}"]


def die_at(turn, seed):
    """A fresh folder, death at the Nth sync, a clean start, a check. Returns where death came."""
    folder = tempfile.mkdtemp(prefix="martlet-syncdeath-")
    with arena("sqlite", folder=folder, started=False, wrapper=wrapper(turn)) as field:
        load, email = None, None
        try:
            field.server.start(seconds=30)
            person = field.client().register()
            email = person.email
            load = Load(person, seed, writers=4).start()
            processes.wait_until(lambda: field.server.process.poll() is not None, 30, "death")
        except (OSError, RuntimeError):
            pass  # It died before it could serve, which is the point.
        if load:
            load.stop()
        field.server.kill()
        field.server.wrapper = []
        field.server.start()
        if load:
            load.verify(field.client().login(email))
        else:
            field.client().register()
        field.server.stop()
        field.check_offline()
    shutil.rmtree(folder, ignore_errors=True)
    return bool(load)


def run(seed):
    if not shutil.which("strace"):
        return "skipped: strace is for Linux"
    rounds = number("ROUNDS", 12)
    serving = [die_at(turn, seed) for turn in range(1, rounds + 1)]
    return f"{rounds} deaths, {serving.count(False)} before it served, {serving.count(True)} after"


if __name__ == "__main__":
    scenario(run)
