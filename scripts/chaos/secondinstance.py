#!/usr/bin/env python3
"""A second server on the same data folder refuses within two seconds and says why; so do the
commands that write. Those that only read do their work. The first one notices nothing."""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import arena, check, scenario

STATEMENT = "Date,Payee,Amount\n2026-06-15,Market,-12.30\n"


def reading(folder):
    return [["doctor"], ["backup", f"{folder}/backup"]]


def writing(folder):
    return [["serve"], ["demo", "--transactions", "10"], ["migrate"],
            ["import", f"{folder}/statement.csv", "--account", "First"],
            ["restore", f"{folder}/backup"]]


def refuses(field, command):
    begun = time.monotonic()
    environment = {**field.server.environment, "PORT": "0"}
    kept, field.server.environment = field.server.environment, environment
    try:
        done = field.server.run(*command, timeout=15)
    finally:
        field.server.environment = kept
    seconds = time.monotonic() - begun
    check(done.returncode not in (0, 64), f"martlet {command[0]} beside the server: {done}")
    words = (done.stdout + done.stderr).strip()
    check(words, f"martlet {command[0]} refused without a word")
    check(seconds <= 2, f"martlet {command[0]} took {seconds:.1f} s to refuse")
    return words.splitlines()[-1]


def run(_):
    with arena("sqlite") as field:
        person = field.client().register()
        account = person.account("First")
        pathlib.Path(field.folder, "statement.csv").write_text(STATEMENT)
        for command in reading(field.folder):
            done = field.server.run(*command, timeout=60)
            check(done.returncode == 0, f"martlet {command[0]} beside the server: {done}")
        words = [refuses(field, command) for command in writing(field.folder)]
        answer = person.spend(account, "1.00", "still here")
        check(answer.status == 201, f"the first server was disturbed: {answer}")
        field.server.stop()
        field.check_offline()
    return f"{len(words)} commands refused, such as: {words[0]}"


if __name__ == "__main__":
    scenario(run)
