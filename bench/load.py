"""wrk, three times after a warm-up, and the median of it."""

import dataclasses
import os
import pathlib
import statistics
import subprocess
import tempfile

SCRIPT = pathlib.Path(__file__).resolve().parent / "wrk" / "request.lua"
CONNECTIONS = 32
SECONDS = int(os.environ.get("SECONDS_EACH", 5))
RUNS = 3


@dataclasses.dataclass
class Rate:
    per_second: float
    p50_ms: float
    p99_ms: float
    failures: int

    def __str__(self):
        note = f", {self.failures} FAILED" if self.failures else ""
        return f"{self.per_second:,.0f}/s (p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms{note})"


def once(url, people, method, path, body, seconds):
    """`path` is an address, or a list of them that are asked for in turn."""
    with (tempfile.NamedTemporaryFile("w", suffix=".txt") as file,
          tempfile.NamedTemporaryFile("w", suffix=".txt") as addresses):
        file.writelines(f"{token} {account}\n" for token, account in people)
        file.flush()
        if isinstance(path, list):
            addresses.writelines(f"{address}\n" for address in path)
            addresses.flush()
            path = f"@{addresses.name}"
        arguments = [file.name, method, path] + ([body] if body else [])
        done = subprocess.run(
            ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s",
             "-s", str(SCRIPT), url, "--", *arguments], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not lines:
        raise RuntimeError(f"wrk failed: {done.stdout}{done.stderr}")
    requests, microseconds, p50, p99, failures = map(float, lines[0].split()[1:])
    good = max(requests - failures, 0)
    return Rate(good * 1e6 / microseconds, p50 / 1000, p99 / 1000, int(failures))


def measure(url, people, method, path, body=None):
    """The run with the median rate of three, after a warm-up; failed requests do not count."""
    once(url, people, method, path, body, max(1, SECONDS // 2))
    rates = [once(url, people, method, path, body, SECONDS) for _ in range(RUNS)]
    middle = statistics.median_low([rate.per_second for rate in rates])
    return next(rate for rate in rates if rate.per_second == middle)
