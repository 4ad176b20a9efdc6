#!/usr/bin/env python3
"""Runs a command beside a PostgreSQL and a Redis of its own: with_services.py -- COMMAND…

The command finds them in MARTLET_TEST_DATABASE_URL (a role that is no superuser and may create
databases), MARTLET_TEST_SUPERUSER_DATABASE_URL and MARTLET_TEST_REDIS_URL.
"""

import contextlib
import os
import subprocess
import sys

from harness import processes
from harness.postgres import TemporaryPostgres
from harness.redis import TemporaryRedis


@contextlib.contextmanager
def services():
    """Yields both servers and the variables that tell tests where they are."""
    with TemporaryPostgres() as postgres, TemporaryRedis() as redis:
        variables = {
            "MARTLET_TEST_DATABASE_URL": postgres.url(),
            "MARTLET_TEST_SUPERUSER_DATABASE_URL": postgres.url("postgres", role="postgres"),
            "MARTLET_TEST_REDIS_URL": redis.url,
            "MARTLET_TEST_REQUIRE_SERVICES": "1",
        }
        yield postgres, redis, variables


def main():
    command = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    processes.unwind_on_signals()
    with services() as (_, _, variables):
        sys.exit(subprocess.call(command, env={**os.environ, **variables}))


if __name__ == "__main__":
    main()
