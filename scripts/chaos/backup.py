#!/usr/bin/env python3
"""Backups under load are whole: each restores into an empty place, passes doctor and holds every
write that was acknowledged before it began. A backup with one changed byte is refused before
anything is touched.

ROUNDS (3), FLIPS (10), DATABASE (both), SEED (bars B1 and B3).
"""

import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import Load, arena, check, engines, number, scenario
from harness.server import Martlet


def empty_place(field, name):
    """A server that is not started, on an empty folder and an empty database."""
    variables = {}
    if field.postgres:
        variables["DATABASE_URL"] = field.postgres.create_database(name)
    pathlib.Path(field.folder, name).mkdir()
    return Martlet(f"{field.folder}/{name}", **variables)


def encrypted(field):
    """The options of a backup that holds the keys too, so that a new place can open it."""
    secret = pathlib.Path(field.folder, "passphrase")
    secret.write_text("a long and private phrase 7\n")
    return "--passphrase-file", str(secret)


def back_up(field, file):
    done = field.server.run("backup", file, *encrypted(field), timeout=120)
    check(done.returncode == 0, f"martlet backup: {done.stdout}{done.stderr}")


def restore_and_compare(field, name, file, promised, email, account):
    place = empty_place(field, name)
    done = place.run("restore", file, *encrypted(field), timeout=120)
    check(done.returncode == 0, f"martlet restore: {done.stdout}{done.stderr}")
    place.doctor()
    with place as server:
        client = field.client()
        client.url = server.url
        rows = {row["payee"] for row in client.login(email).transactions(account_id=account)}
    lost = promised - rows
    check(not lost, f"{len(lost)} of {len(promised)} acknowledged writes are not in the backup")
    return len(promised)


def refuses_damage(field, name, file, chance):
    """One byte differs somewhere: restore must say no and leave the place as it was."""
    content = bytearray(pathlib.Path(file).read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    damaged = f"{file}.damaged"
    pathlib.Path(damaged).write_bytes(content)
    place = empty_place(field, name)
    done = place.run("restore", damaged, *encrypted(field), timeout=120)
    check(done.returncode != 0, f"a backup with byte {at} of {len(content)} changed was restored")
    left = [path.name for path in pathlib.Path(place.folder).rglob("*")]
    check(not left, f"the refused restore left {left}")
    if field.postgres:
        tables = field.postgres.psql("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'",
                                     name).strip()
        check(tables == "0", f"the refused restore left {tables} tables")


def run_on(engine, seed):
    chance = random.Random(seed)
    rounds, flips = number("ROUNDS", 3), number("FLIPS", 10)
    kept = 0
    with arena(engine) as field:
        person = field.client().register()
        load = Load(person, seed).start()
        for turn in range(rounds):
            load.wait_for_writes(len(load.acknowledged) + 50)
            promised = set(load.acknowledged)
            file = f"{field.folder}/backup{turn}"
            back_up(field, file)
            kept += restore_and_compare(field, f"restored{turn}", file, promised, person.email,
                                        load.account)
            time.sleep(chance.random() * 0.2)
        load.stop()
        for turn in range(flips):
            refuses_damage(field, f"damaged{turn}", file, chance)
        load.verify(field.client().login(person.email))
        field.server.stop()
        field.check_offline()
    return f"{engine} {rounds} backups under load hold {kept} writes, {flips} damaged ones refused"


def run(seed):
    return "; ".join(run_on(engine, seed) for engine in engines())


if __name__ == "__main__":
    scenario(run)
