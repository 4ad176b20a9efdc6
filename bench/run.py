#!/usr/bin/env python3
"""Measures Martlet on both engines, the reference server where it is present, and a bare route, in
one run on one machine. Nothing here passes or fails: the page it writes is for people.

TARGETS=sqlite,postgres,reference  TRANSACTIONS=100000  GROWTH=10000,100000,1000000
SECONDS_EACH=5 (each wrk run; three runs after a warm-up, the median counts)
"""

import contextlib
import os
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "bench")]

import planning
import single
from harness import processes
from harness.postgres import TemporaryPostgres
from load import CONNECTIONS, RUNS, SECONDS, measure
from report import Report, machine
from targets import (ANYONE, BareTarget, MartletTarget, ReferenceTarget, reference_is_there,
                     scratch)

TRANSACTIONS = int(os.environ.get("TRANSACTIONS", 100_000))
GROWTH = [int(size) for size in os.environ.get("GROWTH", "10000,100000,1000000").split(",") if size]

LIST = ("list of 50", "GET", "/api/v1/transactions?limit=50")
MONTH = ("dashboard of a month", "GET", "/api/v1/analytics/dashboard?period=month")
YEAR = ("dashboard of a year", "GET", "/api/v1/analytics/dashboard?period=year")
# Every page once before any comes again, so that none is found made already.
PAGES = ("list of 50, page after page", "GET", None)
POST = ("POST a transaction", "POST", "/api/v1/transactions")
# Writes come last, since they add rows.
WORK = (LIST, PAGES, MONTH, YEAR, POST)


def rates(target, people):
    """The rate of each kind of work, asked as these people."""
    found = {}
    for name, method, path in WORK:
        if not path:
            if len(people) > 1 or not hasattr(target, "pages"):
                continue
            path = target.pages()
        body = target.body() if method == "POST" else None
        found[name] = measure(target.url, people, method, path, body)
        print(f"    {target.name}, {len(people)} household(s): {name}: {found[name]}", flush=True)
    return found


def table_of_rates(report, title, bare, columns):
    """One row for each kind of work; ratios to the bare route and to the reference."""
    report.say(f"## {title}")
    report.say()
    names = list(columns)
    reference = columns.get(ReferenceTarget.name)
    head = ["work", *names, *(f"{name} ÷ bare route" for name in names[:1])]
    if reference:
        head += [f"{name} ÷ reference" for name in names if name != ReferenceTarget.name]
    rows = []
    for name, _, _ in WORK:
        if name not in columns[names[0]]:
            continue
        first = columns[names[0]][name].per_second
        row = [name, *(str(columns[column].get(name, "")) for column in names)]
        row.append(f"{first / bare.per_second:.2f}")
        if reference:
            # The reference has one list, so its pages are compared with that.
            theirs = reference.get(name, reference[LIST[0]])
            row += [f"{columns[column][name].per_second / theirs.per_second:.1f}×"
                    for column in names if column != ReferenceTarget.name]
        rows.append(row)
    report.table(head, rows)


def measure_martlet(report, target):
    """Everything about one engine; returns rates for one household and for 64."""
    rate = target.fill(TRANSACTIONS)
    report.say(f"- {target.name}: `martlet demo` wrote {rate:,.0f} transactions a second")
    with target.server:
        time.sleep(2)
        idle = single.resident_mebibytes(target.server.process)
        one = rates(target, target.one())
        many = rates(target, target.sixty_four(TRANSACTIONS))
        busy = single.resident_mebibytes(target.server.process)
        speed, reading, committing = single.import_rate(target.server, "bench@example.org")
        start = single.start_milliseconds(target.server)
        report.say(f"- {target.name}: import of {single.ROWS:,} CSV rows: {speed:,.0f} rows/s "
                   f"(read {reading:.2f} s, commit {committing:.2f} s)")
        report.say(f"- {target.name}: start to first answer {start:.0f} ms; resident {idle:.0f} MiB "
                   f"idle, {busy:.0f} MiB after load")
    return one, many


def measure_growth(report, engine, folder, postgres):
    report.say(f"## Growth of one household, {engine}")
    report.say()
    rows = []
    for size in GROWTH:
        target = MartletTarget(engine, folder, postgres, name=f"growth{size}")
        filled = target.fill(size)
        with target.server:
            found = rates(target, target.one())
            # Last, since its plans would be among what is measured.
            anew = planning.first_readings(target)
        rows.append([f"{size:,}", f"{filled:,.0f}",
                     *(str(found.get(name, "")) for name, _, _ in WORK), *anew.values()])
    report.table(["transactions", "filled/s", *(name for name, _, _ in WORK),
                  *(f"{name}, right after a change" for name in anew)], rows)


def measure_web(report, folder):
    with MartletTarget("sqlite", folder, name="web").server as server:
        size, files = single.first_load_bytes(server.url)
    report.say(f"- web app: first page asks for {size / 1000:.1f} kB of script and style over the "
               f"wire, in {files} files")


def measure_bare(folder):
    bare = BareTarget(folder)
    try:
        return measure(bare.url, ANYONE, "GET", "/")
    finally:
        bare.stop()


def measure_reference(postgres):
    target = ReferenceTarget(postgres)
    try:
        target.fill(TRANSACTIONS)
        return rates(target, target.one()), rates(target, target.sixty_four(TRANSACTIONS))
    finally:
        target.stop()


def main():
    processes.unwind_on_signals()
    wanted = os.environ.get("TARGETS", "sqlite,postgres,reference").split(",")
    report = Report(ROOT / "bench" / "results" / "latest.md")
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(scratch())
        engines = [name for name in ("sqlite", "postgres") if name in wanted]
        compare = "reference" in wanted and reference_is_there()
        postgres = None
        if "postgres" in wanted or compare:
            postgres = stack.enter_context(TemporaryPostgres())
        report.say("# Benchmark")
        report.say()
        for line in machine():
            report.say(line)
        report.say(f"- wrk, {CONNECTIONS} connections, median of {RUNS} runs of {SECONDS} s after a "
                   f"warm-up; {TRANSACTIONS:,} transactions; failed requests do not count")
        bare = measure_bare(folder)
        report.say(f"- bare Hummingbird route: {bare}")
        one, many = {}, {}
        for engine in engines:
            target = MartletTarget(engine, folder, postgres)
            one[target.name], many[target.name] = measure_martlet(report, target)
        if compare:
            name = ReferenceTarget.name
            one[name], many[name] = measure_reference(postgres)
        if "sqlite" in wanted:
            measure_web(report, folder)
        report.say()
        table_of_rates(report, "One household", bare, one)
        table_of_rates(report, "64 households", bare, many)
        for engine in engines:
            measure_growth(report, engine, folder, postgres)
    print(f"written: {report.path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
