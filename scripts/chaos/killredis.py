#!/usr/bin/env python3
"""Redis hangs, forgets everything, dies and comes back: writes and sign-ins go on, nothing
acknowledged is lost, limits hold all the time, and the server says so and recovers by itself.

DATABASE (both), SEED (bar R11).
"""

import contextlib
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from chaos.arena import Load, arena, check, engines, scenario
from harness import processes
from harness.redis import TemporaryRedis


# Nobody gets near these but whoever asks for reports again and again.
WIDE = "100000/1m"
REPORTS = 5
LIMITS = "".join(f"{name} = {WIDE}\n" for name in (
    "auth", "sign_in", "register", "transactions", "imports", "exports", "general"))


def tell(redis, *words):
    subprocess.run(["redis-cli", "-s", redis.socket, *words], check=True, capture_output=True)


def disasters(redis):
    """Each makes its trouble and leaves; the last one leaves Redis dead."""
    return {
        "a pause of 3 s": lambda: tell(redis, "client", "pause", "3000"),
        "a flush": lambda: tell(redis, "flushall"),
        "death": redis.stop,
    }


def goes_on(field, email, load, what):
    """Writes and sign-ins succeed for three seconds."""
    before, end = len(load.acknowledged), time.monotonic() + 3
    while time.monotonic() < end:
        begun = time.monotonic()
        client = field.client().login(email)
        client.accounts()
        client.close()
        seconds = time.monotonic() - begun
        check(seconds <= 3, f"signing in took {seconds:.1f} s during {what}")
    check(len(load.acknowledged) > before, f"no write succeeded during {what}")


def limits_hold(field, what):
    """Somebody new may ask as often as the table says: at most twice that, when the one who counts
    changes in between, and never without end."""
    person = field.client().register()
    asked = [person.call("GET", "analytics/dashboard?period=month").status
             for _ in range(REPORTS * 3)]
    let_in = asked.count(200)
    check(set(asked) <= {200, 429}, f"during {what} reports were answered {asked}")
    check(REPORTS <= let_in <= REPORTS * 2, f"{let_in} of {REPORTS} reports during {what}")
    return let_in


def redis_state(field):
    """What /health/ready says of Redis, whatever the words: its text."""
    answer = field.client().call("GET", "/health/ready")
    check(answer.status == 200, f"not ready without Redis: {answer}")
    return str(answer.body)


def run_on(engine, seed):
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(TemporaryRedis())
        table = pathlib.Path(redis.folder, "limits")
        table.write_text(f"{LIMITS}reports = {REPORTS}/1h\n")
        field = stack.enter_context(
            arena(engine, REDIS_URL=redis.url, RATE_LIMITS=str(table)))
        email = field.client().register().email
        well = redis_state(field)
        check(limits_hold(field, "peace") == REPORTS, "Redis does not count exactly")
        load = Load(field.client().login(email), seed).start()
        load.wait_for_writes(20)
        for what, happen in disasters(redis).items():
            happen()
            limits_hold(field, what)
            goes_on(field, email, load, what)
        check(redis_state(field) != well, "/health/ready does not say that Redis is away")
        check("Redis" in field.server.log_text(), "the log does not say that Redis is away")
        redis.start()
        processes.wait_until(lambda: redis_state(field) == well, 15, "recovery from Redis's death")
        load.stop()
        check(not load.doubtful, f"{len(load.doubtful)} requests were dropped")
        load.verify(field.client().login(email))
        field.server.stop()
        field.check_offline()
    return f"{engine} {len(load.acknowledged)} writes through a pause, a flush and a death"


def run(seed):
    return "; ".join(run_on(engine, seed) for engine in engines())


if __name__ == "__main__":
    scenario(run)
