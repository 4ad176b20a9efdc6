#!/usr/bin/env python3
"""kill -9 in the middle of a restore, at any moment: what is there afterwards is all of the old or
all of the new, keys and database alike, and the doctor finds it whole.

ROUNDS (10), DATABASE (both), SEED (bar B3).
"""

import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import arena, check, engines, number, scenario
from harness.server import Martlet

PATIENCE = 120
# The longest that a restore lives once it has laid down the keys.
SECONDS = {"sqlite": 0.02, "postgres": 0.2}


def fill(place, email, transactions):
    done = place.run("demo", "--email", email, "--transactions", str(transactions),
                     timeout=PATIENCE)
    check(done.returncode == 0, f"martlet demo: {done.stdout}{done.stderr}")


def back_up(place, file, secret):
    done = place.run("backup", str(file), "--passphrase-file", str(secret), timeout=PATIENCE)
    check(done.returncode == 0, f"martlet backup: {done.stdout}{done.stderr}")


def another_place(field):
    """Books with other keys, for the backup to come from."""
    variables = {}
    if field.postgres:
        variables["DATABASE_URL"] = field.postgres.create_database("other")
    return Martlet(f"{field.folder}/other", **variables)


def restore(field, file, secret, moment=None):
    """Restores; `moment` is a chance to kill it: returns whether that happened."""
    options = ["--replace"] if field.postgres else []
    log = pathlib.Path(field.folder, "restore.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [field.server.binary, "restore", str(file), "--passphrase-file", str(secret), *options],
            env=field.server.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True)
    if moment is not None and wait_for_exchange(field, process):
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
    status = process.wait(PATIENCE)
    check(status in (0, -signal.SIGKILL),
          f"martlet restore ended with {status}: {log.read_text()}")
    return status != 0


def wait_for_exchange(field, process):
    """Until the keys are laid down, from where on it matters; False when it ended before."""
    keys = pathlib.Path(field.server.folder, "restored-keys")
    while process.poll() is None:
        if keys.exists():
            return True
    return False


def what_is_there(field):
    """The size of the books, which the doctor has found whole."""
    found = field.server.doctor()
    sizes = [size for size in (120, 240) if f"1 households, {size} transactions" in found]
    check(len(sizes) == 1, f"neither the old books nor the new ones: {found}")
    return sizes[0]


def run_on(engine, seed):
    chance = random.Random(seed)
    with arena(engine, started=False) as field:
        secret = pathlib.Path(field.folder, "passphrase")
        secret.write_text("a long and private phrase 7\n")
        other = another_place(field)
        fill(field.server, "old@example.org", 120)
        fill(other, "new@example.org", 240)
        backups = {size: pathlib.Path(field.folder, f"backup{size}") for size in (120, 240)}
        back_up(field.server, backups[120], secret)
        back_up(other, backups[240], secret)
        there, kills, replaced = what_is_there(field), 0, 0
        for _ in range(number("ROUNDS", 10)):
            wanted = 120 if there == 240 else 240
            kills += restore(field, backups[wanted], secret, chance.random() ** 2 * SECONDS[engine])
            there = what_is_there(field)
            replaced += there == wanted
            field.server.start()
            field.server.stop()
    return f"{engine} {kills} restores killed, {replaced} had replaced the books, all were whole"


def run(seed):
    return "; ".join(run_on(engine, seed) for engine in engines())


if __name__ == "__main__":
    scenario(run)
