#!/usr/bin/env python3
"""kill -9 under load, again and again: no acknowledged write is lost, none is there twice.

ROUNDS (5), WRITERS (8), DATABASE (both), SEED. A release asks for ROUNDS=1000 (bar R3).
"""

import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import Load, arena, engines, number, scenario


def kill_once(field, email, seed, chance):
    """One round: load, kill, restart, verify. Returns the acknowledged writes and start time."""
    person = field.client().login(email)
    load = Load(person, seed, number("WRITERS", 8)).start()
    load.wait_for_writes(20)
    time.sleep(chance.random() * 0.5)
    field.server.kill()
    load.stop()
    if chance.random() < 0.5:
        field.check_offline()
    seconds = field.server.start()
    load.verify(field.client().login(email))
    return len(load.acknowledged), seconds


def run_on(engine, seed, rounds):
    chance = random.Random(seed)
    writes, slowest = 0, 0
    with arena(engine) as field:
        email = field.client().register().email
        for turn in range(rounds):
            count, seconds = kill_once(field, email, seed + turn, chance)
            writes += count
            slowest = max(slowest, seconds)
        field.server.stop()
        field.check_offline()
    return f"{engine} {rounds} kills, {writes} acknowledged writes, slowest start {slowest:.2f} s"


def run(seed):
    rounds = number("ROUNDS", 5)
    return "; ".join(run_on(engine, seed, rounds) for engine in engines())


if __name__ == "__main__":
    scenario(run)
