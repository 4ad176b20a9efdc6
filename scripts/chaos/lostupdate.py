#!/usr/bin/env python3
"""Racers with the same If-Match: one wins, the others are told that they are stale; and fifty
transfers race for the last money of an account that may not be overdrawn: one gets it.

RACERS (30), ROUNDS (5), DATABASE (both), SEED. A release asks for RACERS=100 ROUNDS=1000 (bar M4).
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import all_at_once, arena, cents_of, check, engines, number, scenario


def race_to_change(person, account, racers):
    row = person.spend(account, "5.00", "Race")
    path = f"transactions/{row.data['id']}"
    tag = person.expect(200, "GET", path).headers["ETag"]
    answers = all_at_once(person, racers, lambda client, n: client.call(
        "PATCH", path, {"note": f"racer {n}"}, {"If-Match": tag}))
    winners = [n for n, answer in enumerate(answers) if answer.status == 200]
    losers = [answer for answer in answers if answer.status == 412]
    check(len(winners) == 1 and len(losers) == racers - 1,
          f"{len(winners)} winners, {len(losers)} stale; others: "
          f"{[a for a in answers if a.status not in (200, 412)][:3]}")
    kept = person.expect(200, "GET", path).data["note"]
    check(kept == f"racer {winners[0]}", f"racer {winners[0]} won, but the note is {kept!r}")


def race_to_spend(person, racers, turn):
    source = person.expect(201, "POST", "accounts", {
        "name": f"Last money {turn}", "kind": "checking", "currency": "EUR", "opening_balance": "100.00",
        "opening_date": "2026-01-01", "minimum_balance": "0.00"}).data["id"]
    target = person.account(f"Elsewhere {turn}")
    answers = all_at_once(person, racers, lambda client, _: client.transfer(
        source, target, "100.00"))
    statuses = sorted(answer.status for answer in answers)
    check(statuses == [201] + [422] * (racers - 1), f"transfers were answered {statuses}")
    codes = {answer.code for answer in answers if answer.status == 422}
    check(codes == {"account.insufficient_balance"}, f"the refusals say {codes}")
    left = person.expect(200, "GET", f"accounts/{source}").data["balance"]
    check(cents_of(left) == 0, f"{left} is left of the last money")


def run_on(engine):
    racers, rounds = number("RACERS", 30), number("ROUNDS", 5)
    with arena(engine) as field:
        person = field.client().register()
        account = person.account("Race")
        for turn in range(rounds):
            race_to_change(person, account, racers)
            race_to_spend(person, racers, turn)
        field.server.stop()
        field.check_offline()
    return f"{engine} {rounds} rounds of {racers} racers, one winner each"


def run(_):
    return "; ".join(run_on(engine) for engine in engines())


if __name__ == "__main__":
    scenario(run)
