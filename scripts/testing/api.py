"""Checks of openapi.json: that it is valid and current, and that the server keeps to it."""

import os
import pathlib
import subprocess
import tempfile

from harness.client import Client
from testing import counts
from testing.counts import Counts
from testing.suites import RESULTS, ROOT, run

DESCRIPTION = ROOT / "web" / "src" / "api" / "openapi.json"
TYPES = ROOT / "web" / "src" / "api" / "types.ts"

# One bad case may not stop the search: what is bounded is cases and time.
EXAMPLES_EACH = os.environ.get("EXAMPLES", "12")
MINUTES = 12


def description(binary):
    """The description is valid, and the web app was made from this very one."""
    with tempfile.TemporaryDirectory() as folder:
        served = pathlib.Path(folder) / "openapi.json"
        types = pathlib.Path(folder) / "types.ts"
        with open(served, "w") as out:
            subprocess.run([binary, "openapi"], stdout=out, check=True)
        status, _ = run(["openapi-spec-validator", str(served)], minutes=2)
        result = Counts(failed=1) if status else Counts(passed=1)
        run(["node", "scripts/api-types.mjs", str(served), str(types)], 2, cwd=ROOT / "web")
        for made, kept in ((served, DESCRIPTION), (types, TYPES)):
            result += same(made, kept)
    return result


def same(made, kept):
    if made.exists() and kept.exists() and made.read_bytes() == kept.read_bytes():
        return Counts(passed=1)
    print(f"error: {kept.relative_to(ROOT)} is not what the routes serve; run: make openapi")
    return Counts(failed=1)


def schemathesis(url):
    """Examples, coverage and fuzzing over every operation, as a person who just signed up."""
    seed = os.environ.get("SEED", "1")
    print(f"schemathesis seed {seed}")
    total = Counts()
    # Signing out ends the token, so it is tried apart, by a person of its own.
    sign_out = "^/api/v1/auth/logout$"
    for name, choice in (("api", ["--exclude-path-regex", sign_out]),
                         ("api-logout", ["--include-path-regex", sign_out])):
        total += one_run(name, url, seed, choice)
    return total


def one_run(name, url, seed, choice):
    person = Client(url).register()
    account = person.account("Schemathesis")
    person.spend(account, "12.30", "Market")
    person.close()
    report = RESULTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    status, text = run([
        "schemathesis", "--config-file", str(ROOT / "scripts/testing/schemathesis.toml"), "run",
        f"{url}/openapi.json", "--url", url, "--header", f"Authorization: Bearer {person.token}",
        "--phases", "examples,coverage,fuzzing", "--checks", "all", "--mode", "all",
        "--max-examples", EXAMPLES_EACH, "--continue-on-failure", "--request-timeout", "20",
        "--generation-database", "none", "--seed", seed, "--no-color", "--report", "junit",
        "--report-junit-path", str(report), *choice], MINUTES)
    result = counts.from_junit(report) if report.exists() else Counts()
    if Client(url).call("GET", "/health/live").status != 200:
        print("error: the server did not survive")
        result += Counts(failed=1)
    if status and not result.failed:
        result += Counts(failed=1)
    return result
