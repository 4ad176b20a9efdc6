"""What every chaos run needs: a server on a folder of its own, writers that remember what was
acknowledged, and the question after the disaster: is all of it still there, once?"""

import contextlib
import dataclasses
import http.client
import os
import random
import secrets
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

from harness import processes
from harness.client import Client
from harness.postgres import TemporaryPostgres
from harness.server import DATABASE_FILE, Martlet

NETWORK_FAILURES = (OSError, http.client.HTTPException)

# A write may be refused in an orderly way; anything else that is no success is a violation.
ORDERLY = {409, 423, 429, 503, 507}


class Violation(AssertionError):
    """A promise was broken."""


def check(holds, message):
    if not holds:
        raise Violation(message)


def number(name, default):
    """A whole number from the environment."""
    return int(os.environ.get(name, default))


def engines():
    """The engines to try: DATABASE=sqlite, postgres or both (the default)."""
    chosen = os.environ.get("DATABASE", "both")
    return ["sqlite", "postgres"] if chosen == "both" else [chosen]


@dataclasses.dataclass
class Arena:
    engine: str
    folder: str
    server: Martlet
    postgres: TemporaryPostgres | None = None

    @property
    def database_file(self):
        return f"{self.server.folder}/{DATABASE_FILE}"

    def client(self):
        return Client(self.server.url)

    def check_offline(self):
        """With the server stopped: the file is whole and every invariant holds."""
        if self.engine == "sqlite":
            with contextlib.closing(sqlite3.connect(self.database_file)) as database:
                verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            check(verdict == "ok", f"integrity_check: {verdict}")
        self.server.doctor()


@contextlib.contextmanager
def arena(engine, started=True, folder=None, **options):
    """A server on `engine`; its folder is kept, and named, when something went wrong."""
    own = folder or tempfile.mkdtemp(prefix="martlet-chaos-")
    with contextlib.ExitStack() as stack:
        postgres = None
        if engine == "postgres":
            postgres = stack.enter_context(TemporaryPostgres())
            options["DATABASE_URL"] = postgres.create_database("martlet")
        server = Martlet(f"{own}/data", **options)
        stack.callback(server.stop)
        try:
            if started:
                server.start()
            yield Arena(engine, own, server, postgres)
        except BaseException:
            print(f"kept to look at: {own}")
            raise
    if not folder:
        shutil.rmtree(own, ignore_errors=True)


class Load:
    """Writers that post one expense after another and remember what became of each."""

    def __init__(self, person, seed, writers=8):
        self.account = person.account(f"Load {seed}", opening="0.00")
        self.person = person
        self.acknowledged = {}  # key -> (id, amount)
        self.doubtful = {}  # key -> amount: sent, and no answer came that settles it
        self.refusals = {}  # status -> how often
        self.broken = []
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._write, args=(random.Random(seed + n),))
                        for n in range(writers)]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        return self

    def wait_for_writes(self, count, seconds=30):
        processes.wait_until(lambda: len(self.acknowledged) >= count, seconds, f"{count} writes")

    def _write(self, chance):
        client = self.person.twin()
        while not self.stopping.is_set():
            key = secrets.token_hex(12)
            amount = f"{chance.randrange(1, 100_000) / 100:.2f}"
            try:
                answer = client.spend(self.account, amount, key, key)
            except NETWORK_FAILURES:
                self.doubtful[key] = amount
                return
            if answer.status == 201:
                self.acknowledged[key] = (answer.data["id"], amount)
            else:
                # 503 may come for a commit whose outcome the server did not learn.
                if answer.status == 503:
                    self.doubtful[key] = amount
                self._note_refusal(answer)
        client.close()

    def _note_refusal(self, answer):
        self.refusals[answer.status] = self.refusals.get(answer.status, 0) + 1
        if answer.status not in ORDERLY:
            self.broken.append(str(answer))
            self.stopping.set()
        time.sleep(0.05)

    def verify(self, client):
        """Every acknowledged write is there once and unchanged, no doubtful one twice; a retry of
        the doubtful ones makes each of them exist once."""
        check(not self.broken, f"answers that may not be: {self.broken[:3]}")
        rows = self._rows(client)
        self._check_rows(rows)
        for key, amount in self.doubtful.items():
            again = client.spend(self.account, amount, key, key)
            check(again.status == 201, f"the retry of {key} was answered {again}")
            if key in rows:
                check(again.data["id"] == rows[key]["id"], f"the retry of {key} made a second row")
            self.acknowledged[key] = (again.data["id"], amount)
        self.doubtful = {}
        self._check_rows(self._rows(client))
        self._check_balance(client)

    def _rows(self, client):
        rows = {}
        for row in client.transactions(account_id=self.account):
            check(row["payee"] not in rows, f"{row['payee']} is there twice")
            rows[row["payee"]] = row
        return {key: row for key, row in rows.items() if row["type"] != "opening"}

    def _check_rows(self, rows):
        lost = [key for key in self.acknowledged if key not in rows]
        check(not lost, f"{len(lost)} of {len(self.acknowledged)} acknowledged writes are gone, "
              f"such as {lost[:3]}")
        for key, (identity, amount) in self.acknowledged.items():
            row = rows[key]
            check((row["id"], row["amount"]) == (identity, amount), f"{key} changed: {row}")
        strangers = set(rows) - set(self.acknowledged) - set(self.doubtful)
        check(not strangers, f"rows that nobody wrote: {list(strangers)[:3]}")

    def _check_balance(self, client):
        cents = -sum(cents_of(amount) for _, amount in self.acknowledged.values())
        told = client.expect(200, "GET", f"accounts/{self.account}").data["balance"]
        check(cents_of(told) == cents, f"the balance is {told}, the rows add up to {cents} cents")


def all_at_once(person, count, action):
    """Calls `action(client, n)` from `count` connections at the same moment; returns the answers.

    - Throws: Violation, when any of them failed.
    """
    gate = threading.Barrier(count)
    answers = [None] * count

    def call(n):
        client = person.twin()
        try:
            gate.wait(30)
            answers[n] = action(client, n)
        except Exception as failure:
            answers[n] = failure
        client.close()

    threads = [threading.Thread(target=call, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failures = [answer for answer in answers if isinstance(answer, Exception)]
    check(not failures, f"{len(failures)} of {count} callers failed: {failures[:3]}")
    return answers


def cents_of(amount):
    """Whole cents of a decimal string, exactly."""
    sign = -1 if amount.startswith("-") else 1
    whole, _, fraction = amount.lstrip("-").partition(".")
    return sign * (int(whole) * 100 + int(fraction.ljust(2, "0")[:2]))


def scenario(run):
    """The entry of each script: seeds the dice, prints one line of result, sets the status."""
    processes.unwind_on_signals()
    seed = number("SEED", secrets.randbelow(1_000_000_000))
    name = os.path.basename(sys.argv[0]).removesuffix(".py")
    begun = time.monotonic()
    try:
        summary = run(seed)
    except (Violation, AssertionError) as broken:
        print(f"{name}: VIOLATION (SEED={seed}): {broken}")
        sys.exit(1)
    verdict = "" if summary.startswith("skipped") else "held: "
    print(f"{name}: {verdict}{summary}; {time.monotonic() - begun:.0f} s, SEED={seed}", flush=True)
