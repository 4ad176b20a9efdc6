#!/usr/bin/env python3
"""The bank test: money moves between accounts from all sides, and every read of all of them adds
up to the same total, through kills too.

TRANSFERS (2000), WORKERS (50), ACCOUNTS (20), KILLS (2), DATABASE (both), SEED. A release asks for
TRANSFERS=100000 (bar M1).
"""

import pathlib
import random
import secrets
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import (NETWORK_FAILURES, ORDERLY, arena, cents_of, check, engines, number,
                         scenario)

OPENING = 1_000_00


class Bank:
    """Workers that transfer, one reader that adds up."""

    def __init__(self, person, seed):
        self.person = person
        self.seed = seed
        self.ids = [person.account(f"Bank {n}", "1000.00") for n in range(number("ACCOUNTS", 20))]
        self.total = len(self.ids) * OPENING
        self.left = number("TRANSFERS", 2000)
        self.lock = threading.Lock()
        self.done = 0
        self.reads = 0
        self.wrong = []
        self.reading = threading.Event()

    def _take(self):
        with self.lock:
            self.left -= 1
            return self.left >= 0

    def work(self, chance):
        client = self.person.twin()
        while not self.wrong and self._take():
            source, target = chance.sample(self.ids, 2)
            amount = f"{chance.randrange(1, 9000) / 100:.2f}"
            self._insist(client, source, target, amount, secrets.token_hex(12))
        client.close()

    def _insist(self, client, source, target, amount, key):
        """Tries one transfer under one key until there is an answer."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                answer = client.transfer(source, target, amount, key)
            except NETWORK_FAILURES:
                time.sleep(0.05)
                continue
            if answer.status == 201:
                with self.lock:
                    self.done += 1
                return
            if answer.status not in ORDERLY:
                break
            time.sleep(0.05)
        else:
            answer = "no answer for 60 s"
        self.wrong.append(f"a transfer was answered {answer}")

    def read(self):
        client = self.person.twin()
        while not self.reading.is_set():
            try:
                self.add_up(client)
            except NETWORK_FAILURES:
                time.sleep(0.05)
        client.close()

    def add_up(self, client):
        answer = client.call("GET", "accounts")
        if answer.status in ORDERLY:
            time.sleep(0.05)
            return
        balances = [cents_of(row["balance"]) for row in answer.data if row["id"] in self.ids]
        self.reads += 1
        if (len(balances), sum(balances)) != (len(self.ids), self.total):
            self.wrong.append(f"{len(balances)} accounts add up to {sum(balances)}, "
                              f"not {self.total} cents")

    def run(self, kill):
        workers = [threading.Thread(target=self.work, args=(random.Random(self.seed + n),))
                   for n in range(number("WORKERS", 50))]
        readers = [threading.Thread(target=self.read) for _ in range(2)]
        for thread in workers + readers:
            thread.start()
        kill()
        for thread in workers:
            thread.join()
        self.reading.set()
        for thread in readers:
            thread.join()


def run_on(engine, seed):
    chance = random.Random(seed)
    kills = number("KILLS", 2)
    with arena(engine) as field:
        person = field.client().register()
        bank = Bank(person, seed)

        def kill():
            whole = bank.left
            for turn in range(kills):
                # Spread over the run, so that each kill falls among transfers.
                while bank.left > whole * (kills - turn) / (kills + 1) and not bank.wrong:
                    time.sleep(0.01)
                time.sleep(chance.random() * 0.2)
                field.server.kill()
                field.server.start()

        bank.run(kill)
        check(not bank.wrong, "; ".join(bank.wrong[:3]))
        person = field.client().login(person.email)
        bank.add_up(person)
        check(not bank.wrong, "; ".join(bank.wrong[:3]))
        counted = sum(1 for row in person.transactions(type="transfer"))
        check(counted == bank.done, f"{bank.done} transfers acknowledged, {counted} there")
        field.server.stop()
        field.check_offline()
    return f"{engine} {bank.done} transfers, {kills} kills, {bank.reads} reads, all right"


def run(seed):
    return "; ".join(run_on(engine, seed) for engine in engines())


if __name__ == "__main__":
    scenario(run)
