"""Checks of openapi.json: that it is valid and current, and that the server keeps to it."""

import os
import subprocess

from harness.client import Client
from testing import counts
from testing.counts import Counts
from testing.suites import RESULTS, ROOT, run

DESCRIPTION = ROOT / "docs" / "openapi.json"

# Martlet refuses variables named like its own that it does not know, and ours are such.
SETTINGS = {name: value for name, value in os.environ.items() if not name.startswith("MARTLET_")}

# A bad case does not stop the search: what is bounded is cases and time.
EXAMPLES_EACH = os.environ.get("EXAMPLES", "12")
MINUTES = 12


def description(binary):
    """The description is valid and the one that is checked in, and so are the web app's types."""
    served = RESULTS / "openapi.json"
    with open(served, "w") as out:
        subprocess.run([binary, "openapi"], stdout=out, check=True, env=SETTINGS)
    valid, _ = run(["openapi-spec-validator", str(served)], minutes=2)
    types, _ = run(["node", "scripts/api-types.mjs", "--check"], 2, cwd=ROOT / "web")
    current = DESCRIPTION.exists() and DESCRIPTION.read_bytes() == served.read_bytes()
    if not current:
        print("error: docs/openapi.json is not what the routes serve; run: make openapi")
    failed = [bool(valid), bool(types), not current].count(True)
    return Counts(3 - failed, failed)


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
        "--report-junit-path", str(report), *choice], MINUTES, cwd=RESULTS)
    result = counts.from_junit(report) if report.exists() else Counts()
    if Client(url).call("GET", "/health/live").status != 200:
        print("error: the server did not survive")
        result += Counts(failed=1)
    if status and not result.failed:
        result += Counts(failed=1)
    return result
