#!/usr/bin/env python3
"""Redis hangs, forgets everything, dies and comes back: writes and sign-ins go on, nothing
acknowledged is lost, and the server says so and recovers by itself.

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


def redis_state(field):
    """What /health/ready says of Redis, whatever the words: its text."""
    answer = field.client().call("GET", "/health/ready")
    check(answer.status == 200, f"not ready without Redis: {answer}")
    return str(answer.body)


def run_on(engine, seed):
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(TemporaryRedis())
        field = stack.enter_context(arena(engine, REDIS_URL=redis.url))
        email = field.client().register().email
        well = redis_state(field)
        load = Load(field.client().login(email), seed).start()
        load.wait_for_writes(20)
        for what, happen in disasters(redis).items():
            happen()
            goes_on(field, email, load, what)
        check(redis_state(field) != well, "/health/ready does not say that Redis is away")
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
