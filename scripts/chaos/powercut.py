#!/usr/bin/env python3
"""A power cut under load: what was not synced is gone, what was acknowledged is not.

The shim powercut.c stands between the server and the database's files and knows what a disk would
hold. At the cut the server is killed and the files are rebuilt from that: by turns nothing of the
un-synced writes is kept, or each is kept or torn by the toss of a coin. Before that the shim is
shown to bite: a plain program that commits with synchronous=NORMAL must lose acknowledged commits.

ROUNDS (5), WRITES (60) before each cut, SEED. A release asks for ROUNDS=100 WRITES=500 (bar R1).
"""

import os
import pathlib
import platform
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import Load, arena, check, number, scenario
from harness.server import DATABASE_FILE

HERE = pathlib.Path(__file__).resolve().parent
TRUNCATE = 1
RECORD = struct.Struct("=IIq")
SECTOR = 512
MORE_ROUNDS = 20

# Commits until it is killed, and says each one that it believes to be safe.
CONTROL = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode=WAL")
database.execute(f"PRAGMA synchronous={sys.argv[2]}")
database.execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY)")
for number in range(1, 1_000_000):
    database.execute("INSERT INTO row VALUES (?)", (number,))
    print(number, flush=True)
"""


class Shim:
    """The compiled shim and the side files of one database."""

    def __init__(self, folder, database, library=None):
        self.database = database
        self.folder = pathlib.Path(folder)
        self.library = library or self.compile(folder)
        self.variables = {
            "LD_PRELOAD": str(self.library),
            "POWERCUT_FILE": str(database),
            "POWERCUT_FOLDER": str(self.folder),
            "POWERCUT_SYNC_MICROSECONDS": "1500",
        }

    @staticmethod
    def compile(folder):
        library = pathlib.Path(folder) / "powercut.so"
        compiler = shutil.which("gcc") or shutil.which("clang")
        subprocess.run([compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
                        "-o", library, HERE / "powercut.c", "-ldl", "-lpthread"], check=True)
        return library

    def cut(self, survives=lambda: False, chance=None):
        """Rebuilds the database's files as a disk would hold them; returns the dropped writes."""
        dropped = 0
        for suffix in ("", "-wal", "-journal"):
            target = pathlib.Path(f"{self.database}{suffix}")
            durable = self.folder / f"{target.name}.durable"
            log = self.folder / f"{target.name}.log"
            if durable.exists() and target.exists():
                content = bytearray(durable.read_bytes())
                for kind, offset, data in records(log.read_bytes()):
                    if survives():
                        apply(content, kind, offset, torn(data, chance))
                    else:
                        dropped += 1
                target.write_bytes(content)
            durable.unlink(missing_ok=True)
            log.unlink(missing_ok=True)
        return dropped


def records(log):
    """The whole records of a log; the last one may be cut short."""
    at = 0
    while at + RECORD.size <= len(log):
        kind, length, offset = RECORD.unpack_from(log, at)
        at += RECORD.size
        if at + length > len(log):
            return
        yield kind, offset, log[at:at + length]
        at += length


def torn(data, chance):
    """One surviving write in four reaches the disk only up to some sector."""
    if chance and len(data) > SECTOR and chance.random() < 0.25:
        return data[:SECTOR * chance.randrange(1, len(data) // SECTOR + 1)]
    return data


def apply(content, kind, offset, data):
    end = offset + len(data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if kind == TRUNCATE:
        del content[offset:]
    else:
        content[offset:end] = data


def control(folder, mode):
    """How many acknowledged commits a plain program loses, of how many."""
    place = pathlib.Path(folder) / mode
    place.mkdir()
    shim = Shim(place, place / "control.db")
    process = subprocess.Popen([sys.executable, "-c", CONTROL, shim.database, mode],
                               env={**os.environ, **shim.variables},
                               stdout=subprocess.PIPE, text=True)
    said = 0
    while said < 200:
        said = int(process.stdout.readline())
    process.kill()
    said = max([said, *(int(line) for line in process.stdout.read().split("\n")[:-1])])
    shim.cut()
    count = "SELECT count(*) FROM pragma_table_info('row')"
    there = query(shim.database, count)
    kept = query(shim.database, "SELECT count(*) FROM row") if there else 0
    check(query(shim.database, "PRAGMA integrity_check") == "ok", "the control's file is broken")
    return said - min(kept, said), said


def query(path, statement):
    with sqlite3.connect(path) as database:
        return database.execute(statement).fetchone()[0]


def show_that_it_bites(folder):
    lost, said = control(folder, "NORMAL")
    check(lost > 0, f"the shim does not bite: synchronous=NORMAL lost 0 of {said} commits")
    lost_full, said_full = control(folder, "FULL")
    check(lost_full == 0, f"the shim lies: synchronous=FULL lost {lost_full} of {said_full}")
    return f"control NORMAL lost {lost} of {said}, FULL 0 of {said_full}"


def cut_once(field, shim, email, seed, chance):
    """One round; returns acknowledged writes and dropped disk writes."""
    person = field.client().login(email)
    load = Load(person, seed).start()
    load.wait_for_writes(number("WRITES", 60))
    time.sleep(chance.random() * 0.1)
    field.server.kill()
    load.stop()
    coin = chance if seed % 2 else None
    dropped = shim.cut(lambda: bool(coin) and coin.random() < 0.5, coin)
    if seed % 3 == 0:
        field.check_offline()
    field.server.start()
    load.verify(field.client().login(email))
    return len(load.acknowledged), dropped


def run(seed):
    if platform.system() != "Linux":
        return "skipped: LD_PRELOAD shims are for Linux"
    chance = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="martlet-powercut-")
    words = show_that_it_bites(folder)
    shim = Shim(folder, f"{folder}/data/{DATABASE_FILE}")
    writes, dropped, rounds = 0, 0, number("ROUNDS", 5)
    with arena("sqlite", folder=folder, started=False) as field:
        # The first start makes the file and its secrets, and is not under the shim: what is
        # there before the first cut counts as durable.
        field.server.start()
        email = field.client().register().email
        field.server.stop()
        field.server.environment.update(shim.variables)
        field.server.start()
        turn = 0
        # A cut may find everything synced. Until one bit, more are made.
        while turn < rounds or (dropped == 0 and turn < rounds + MORE_ROUNDS):
            count, gone = cut_once(field, shim, email, seed + turn, chance)
            writes, dropped, turn = writes + count, dropped + gone, turn + 1
        field.server.stop()
        for name in shim.variables:
            del field.server.environment[name]
        field.check_offline()
    shutil.rmtree(folder, ignore_errors=True)
    check(dropped > 0, "no cut dropped anything: the shim saw no un-synced writes")
    return (f"{turn} cuts, {writes} acknowledged writes, 0 lost, "
            f"{dropped} un-synced disk writes dropped; {words}")


if __name__ == "__main__":
    scenario(run)
