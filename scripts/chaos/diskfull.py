#!/usr/bin/env python3
"""A full disk: writes are refused with 507 or 503 within two seconds, reads go on, nothing that
was acknowledged is lost, and ten seconds after there is room again writes succeed, all in the
same process.

Needs root, to mount a small tmpfs. MEGABYTES (32), SEED.
"""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import Load, arena, check, number, scenario

REFUSALS = {503, 507}


@contextlib.contextmanager
def small_disk(megabytes):
    folder = tempfile.mkdtemp(prefix="martlet-disk-")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        os.rmdir(folder)


def fill(folder):
    """Leaves no block free; returns the file that takes the room."""
    path = f"{folder}/ballast"
    with open(path, "wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while ballast.write(bytes(4096)):
            pass
    return path


def write_until_refused(client, account):
    """What the log had room for is still written; then comes the first refusal."""
    for turn in range(20_000):
        begun = time.monotonic()
        answer = client.call("POST", "transactions", {
            "type": "expense", "account_id": account, "amount": "1.00", "date": "2026-06-15",
            "payee": f"full {turn}", "note": "n" * 3000})
        seconds = time.monotonic() - begun
        if answer.status != 201:
            check(answer.status in REFUSALS, f"a full disk was answered {answer}")
            check(seconds <= 2, f"the refusal took {seconds:.1f} s")
            return turn
    check(False, "20 000 writes went onto a full disk")


def check_while_full(client, account, seconds=3):
    """Reads succeed and writes are refused in order, over and over."""
    reads, refusals = 0, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for path in ("accounts", f"transactions?account_id={account}&limit=50",
                     "analytics/dashboard?period=month"):
            answer = client.call("GET", path)
            check(answer.status == 200, f"GET {path} on a full disk: {answer}")
            reads += 1
        answer = client.spend(account, "1.00", "refused")
        check(answer.status in REFUSALS or answer.status == 201, f"a full disk: {answer}")
        refusals += answer.status != 201
    return reads, refusals


def seconds_to_recover(client, account):
    begun = time.monotonic()
    while True:
        answer = client.spend(account, "1.00", "again")
        seconds = time.monotonic() - begun
        if answer.status == 201:
            return seconds
        check(answer.status in REFUSALS, f"after space was freed: {answer}")
        check(seconds <= 10, "no write succeeded within 10 s of free space")
        time.sleep(0.1)


def run(seed):
    if os.geteuid() != 0 or sys.platform != "linux":
        return "skipped: mounting a small disk needs root on Linux"
    with small_disk(number("MEGABYTES", 32)) as disk, arena("sqlite", folder=disk) as field:
        person = field.client().register()
        load = Load(person, seed).start()
        load.wait_for_writes(100)
        load.stop()
        account = person.account("Full")
        process = field.server.process.pid
        ballast = fill(disk)
        written = write_until_refused(person, account)
        reads, refusals = check_while_full(person, account)
        os.unlink(ballast)
        seconds = seconds_to_recover(person, account)
        check(field.server.process.pid == process and field.server.process.poll() is None,
              "the server did not survive")
        load.verify(field.client().login(person.email))
        field.server.stop()
        field.check_offline()
    return (f"{written} more writes fitted, then {refusals} were refused while {reads} reads "
            f"succeeded; writing again after {seconds:.1f} s")


if __name__ == "__main__":
    scenario(run)
