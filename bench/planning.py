#!/usr/bin/env python3
"""What a page of planning costs right after a change, when nothing derived from the books is kept any more.

200 categories with budgets and 20 bills, over households of growing size: each page is asked for once after each of
21 payments. Nothing here passes or fails.  ENGINES=sqlite,postgres  GROWTH=10000,100000,1000000
"""

import contextlib
import datetime
import os
import pathlib
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "bench")]
# Whatever was built last, a debug build measures nothing.
os.environ.setdefault("MARTLET_BINARY", str(ROOT / ".build" / "release" / "martlet"))

from harness import processes
from harness.client import Client
from harness.postgres import TemporaryPostgres
from report import Report, machine
from targets import MartletTarget, scratch

ENGINES = os.environ.get("ENGINES", "sqlite,postgres").split(",")
GROWTH = [int(size) for size in os.environ.get("GROWTH", "10000,100000,1000000").split(",") if size]
ROUNDS = 21
CATEGORIES = 200
BILLS = 20


def pages():
    """What is asked for, by what people call it."""
    month = f"{datetime.date.today():%Y-%m}"
    return {
        "budget of a month": f"budgets/{month}",
        "calendar of a month": f"calendar/{month}",
        "recurring payments": "recurring",
        "subscriptions": "subscriptions",
    }


def prepare(client, account):
    """Plans enough that a page has something to show."""
    month = f"{datetime.date.today():%Y-%m}"
    missing = CATEGORIES - len(client.expect(200, "GET", "budgets").data)
    for number in range(missing):
        made = client.expect(201, "POST", "categories",
                             {"name": f"Planned {number}", "kind": "expense"}).data
        client.expect(201, "POST", "budgets", {"category_id": made["id"]})
        client.expect(200, "PUT", f"budgets/{month}/{made['id']}", {"amount": f"{number + 1}"})
    for number in range(BILLS):
        client.expect(201, "POST", "bills", bill(number, account))


def bill(number, account):
    """A monthly payment."""
    return {
        "name": f"Bill {number}", "direction": "expense", "account_id": account,
        "amount": f"{10 + number}.00",
        "start_on": datetime.date.today().replace(day=number + 1).isoformat(),
        "repeat": f"FREQ=MONTHLY;BYMONTHDAY={number + 1}",
    }


def first_reading(client, account, path):
    """Milliseconds until a page is there that nobody has asked for since the last payment."""
    took = []
    for _ in range(ROUNDS):
        # Nothing that the searches look for: no payee comes twice.
        paid = client.spend(account, "1.00", f"Once {time.monotonic_ns()}",
                            date=datetime.date.today().isoformat())
        if paid.status != 201:
            raise RuntimeError(f"the payment is {paid}")
        began = time.perf_counter()
        client.expect(200, "GET", path)
        took.append((time.perf_counter() - began) * 1_000)
    return f"{statistics.median(took):.1f} ms (worst {max(took):.1f})"


def first_readings(target):
    """Each page, by its name."""
    client = Client(target.url, timeout=120).login("bench@example.org")
    account = next(row["id"] for row in client.accounts() if row["kind"] == "checking")
    prepare(client, account)
    found = {name: first_reading(client, account, path) for name, path in pages().items()}
    client.close()
    return found


def measure(report, engine, folder, postgres):
    """One engine, at every size."""
    rows = []
    for size in GROWTH:
        target = MartletTarget(engine, folder, postgres, name=f"planning{size}")
        target.fill(size)
        with target.server:
            rows.append([f"{size:,}", *first_readings(target).values()])
    report.say(f"## First reading after a change, {engine}")
    report.say()
    report.table(["transactions", *pages()], rows)


def main():
    """Each engine that was asked for."""
    processes.unwind_on_signals()
    report = Report(ROOT / "bench" / "results" / "planning.md")
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(scratch())
        postgres = stack.enter_context(TemporaryPostgres()) if "postgres" in ENGINES else None
        report.say("# Planning")
        report.say()
        for line in machine():
            report.say(line)
        report.say()
        for engine in ENGINES:
            measure(report, engine, folder, postgres)
    print(f"written: {report.path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
