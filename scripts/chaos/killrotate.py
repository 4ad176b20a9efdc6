#!/usr/bin/env python3
"""kill -9 while keys are changed, again and again: whatever moment it was, the server starts, people
sign in, everything that was sealed opens, and the change can be finished.

ROUNDS (5), PEOPLE (40), DATABASE (both), SEED. A release asks for ROUNDS=100 (bar C2).
"""

import os
import pathlib
import random
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import arena, check, engines, number, scenario
from harness import processes

# Longer than the last key is kept once everything is wrapped anew.
OLD_SECONDS = 1_300
LAST = ("master-previous.key", "access-token-previous.key")


def rotate(field):
    return subprocess.Popen([field.server.binary, "keys", "rotate"], env=field.server.environment,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, start_new_session=True)


def seconds_of_one(field):
    """How long a change takes that nobody kills."""
    begun = time.monotonic()
    check(rotate(field).wait(120) == 0, "keys cannot be changed")
    return time.monotonic() - begun


def kill_beside(field, seconds, chance):
    """The command dies beside the running server, or the server while it wraps anew what waits."""
    command = rotate(field)
    time.sleep(chance.random() * seconds)
    if chance.random() < 0.5:
        command.kill()
    command.wait()
    # The server looks at its folder every two seconds.
    time.sleep(chance.random() * 2.5)
    field.server.kill()


def kill_alone(field, seconds, chance):
    """The command dies while it does all the work itself."""
    field.server.stop()
    command = rotate(field)
    time.sleep(chance.random() * seconds)
    command.kill()
    command.wait()


def finish(field):
    """The running server forgets the last keys, as it does when they are old enough."""
    moment = time.time() - OLD_SECONDS
    for name in ("master.key", "access-token.key"):
        os.utime(field.server.folder / name, (moment, moment))
    left = [field.server.folder / name for name in LAST]
    processes.wait_until(lambda: not any(path.exists() for path in left), 30,
                         "the last keys to be forgotten")


def opens(field, email):
    """Signing in checks a password and reads the trail of the person and of the household."""
    client = field.client().login(email)
    check(client.expect(200, "GET", "activity").data, "the person's trail is empty")
    check(client.expect(200, "GET", "audit-logs").data, "the household's trail is empty")
    client.close()


def kill_once(field, emails, seconds, chance):
    """One round; whether the change had begun when it was killed."""
    before = (field.server.folder / "master.key").read_bytes()
    chance.choice((kill_beside, kill_alone))(field, seconds, chance)
    field.check_offline()
    field.server.start()
    for email in chance.sample(emails, 3):
        opens(field, email)
    finish(field)
    opens(field, chance.choice(emails))
    return (field.server.folder / "master.key").read_bytes() != before


def run_on(engine, seed, rounds):
    chance = random.Random(seed)
    with arena(engine) as field:
        emails = [field.client().register().email for _ in range(number("PEOPLE", 40))]
        seconds = seconds_of_one(field)
        finish(field)
        changed = sum(kill_once(field, emails, seconds, chance) for _ in range(rounds))
        field.server.stop()
        field.check_offline()
    return f"{engine} {rounds} kills, the key had changed {changed} times"


def run(seed):
    rounds = number("ROUNDS", 5)
    return "; ".join(run_on(engine, seed, rounds) for engine in engines())


if __name__ == "__main__":
    scenario(run)
