#!/usr/bin/env python3
"""One key, many callers, one effect: also with another body, another person, a key too long.

CALLERS (50), KEYS (40), DATABASE (both), SEED. A release asks for KEYS=10000 (bar M2).
"""

import pathlib
import secrets
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import all_at_once, arena, check, engines, number, scenario


def insist(client, account, amount, key):
    """A running twin may answer 409 with Retry-After; then the caller asks again."""
    for _ in range(200):
        answer = client.spend(account, amount, key, key)
        if answer.status != 409:
            return answer
        check(answer.headers.get("Retry-After"), "409 for a running twin without Retry-After")
        time.sleep(0.05)
    return answer


def race(person, account, callers, keys):
    """All callers send the same keys in the same order at once; returns each key's answers."""
    given = all_at_once(person, callers, lambda client, _: [
        insist(client, account, "7.00", key) for key in keys])
    return dict(zip(keys, zip(*given)))


def check_rules(field, person, account, key):
    other_body = person.spend(account, "8.00", key, key)
    check((other_body.status, other_body.code) == (422, "idempotency.mismatch"),
          f"another body under the same key was answered {other_body}")
    stranger = field.client().register()
    theirs = stranger.spend(stranger.account("Theirs"), "7.00", key, key)
    check(theirs.status == 201 and not theirs.headers.get("Idempotency-Replayed"),
          f"another person's same key was answered {theirs}")
    too_long = person.spend(account, "7.00", "long", "k" * 256)
    check(too_long.status in (400, 422), f"a key of 256 characters was answered {too_long}")
    invalid = person.spend(account, "-1.00", "bad", "first-wrong")
    mended = person.spend(account, "1.00", "bad", "first-wrong")
    check(invalid.status == 422, f"a negative amount was answered {invalid}")
    check(mended.status in (201, 422), f"the mended request was answered {mended}")


def run_on(engine):
    callers, keys = number("CALLERS", 50), [secrets.token_hex(12) for _ in range(number("KEYS", 40))]
    with arena(engine) as field:
        person = field.client().register()
        account = person.account("Race")
        answers = race(person, account, callers, keys)
        for key, given in answers.items():
            wrong = [answer for answer in given if answer.status != 201]
            check(not wrong, f"{key}: {wrong[:2]}")
            identities = {answer.data["id"] for answer in given}
            check(len(identities) == 1, f"{key}: {len(identities)} different rows were answered")
            fresh = [a for a in given if not a.headers.get("Idempotency-Replayed")]
            check(len(fresh) == 1, f"{key}: {len(fresh)} answers claim to be the first")
        rows = [row["payee"] for row in person.transactions(account_id=account)
                if row["type"] != "opening"]
        check(sorted(rows) == sorted(keys), f"{len(keys)} keys made {len(rows)} rows")
        check_rules(field, person, account, keys[0])
        field.server.stop()
        field.check_offline()
    return f"{engine} {callers} callers x {len(keys)} keys, {len(rows)} rows"


def run(_):
    return "; ".join(run_on(engine) for engine in engines())


if __name__ == "__main__":
    scenario(run)
