#!/usr/bin/env python3
"""Every test of the project, one runner after the other, on servers of its own.

The last line is the sum: `N passed, N failed` (`, N skipped` may follow). ONLY=swift,web,… runs
a part. A runner that ends badly without naming a failed test counts as one failed test.
"""

import contextlib
import os
import pathlib
import shutil
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from harness import processes
from harness.server import Martlet
from testing import api, canaries, counts
from testing.counts import Counts
from testing.suites import RESULTS, ROOT, run
from with_services import services

DEBUG_BINARY = str(ROOT / ".build" / "debug" / "martlet")


def swift(_):
    """One build for the tests and for the server that later suites talk to."""
    status, _ = run(["swift", "build", "--build-tests",
                     "--explicit-target-dependency-import-check", "error"], minutes=40)
    if status:
        return Counts(failed=1)
    result = Counts()
    for target in SWIFT_TARGETS:
        result += swift_target(target)
    return result


# One after the other: tests of time-outs say nothing while all the others want the same two cores.
SWIFT_TARGETS = ("LedgerTests", "InsightTests", "InterchangeTests", "CredentialsTests", "RESPTests",
                 "StorageTests", "FeaturesTests", "AppTests")


def swift_target(target):
    report = RESULTS / f"{target}.xml"
    status, text = run(["swift", "test", "--skip-build", "--filter", f"^{target}\\.",
                        "--xunit-output", str(report)], minutes=20)
    # Swift Testing writes beside the named file; XCTest, which we do not use, writes the file.
    written = RESULTS / f"{target}-swift-testing.xml"
    try:
        result = counts.from_junit(written, must_run="postgres|redis|pgbouncer|pooler|no test cases")
    except (OSError, counts.ElementTree.ParseError):
        result = counts.from_swift_text(text)
    return at_least_one_failure(status, result)


def scripts(_):
    """The tests of the scripts themselves."""
    return pytest("scripts", ["scripts/testing"], minutes=8)


def web(_):
    """Types, rules and format of the web app, unless `make check` did that; its unit tests."""
    result = Counts()
    if not os.environ.get("MARTLET_LINTED"):
        status, _ = run(["sh", "scripts/check.sh"], minutes=10, cwd=ROOT / "web")
        result += Counts(failed=1) if status else Counts(passed=1)
    status, text = run(["sh", "scripts/test.sh"], minutes=10, cwd=ROOT / "web")
    return result + at_least_one_failure(status, counts.from_node(text))


def browser(servers):
    """The web app in a real browser, on each engine."""
    status, _ = run(["bash", "-c", ". scripts/common.sh; build_web"], minutes=10)
    if status:
        return Counts(failed=1)
    total = Counts()
    databases = {"sqlite": {}, "postgres": {"DATABASE_URL": servers.create_database("browser")}}
    with kept_logs("browser") as logs:
        for engine, variables in databases.items():
            total += browser_on(engine, variables)
    return total + silence(logs)


def browser_on(engine, variables):
    # Passkeys belong to the address that the server knows as its own: PUBLIC_URL, which is
    # http://localhost:PORT unless set.
    with fresh_server(port=processes.free_port(), **variables) as server:
        # A browser on a loaded machine misses a beat now and then. What fails is tried once more,
        # and told of (RERUN); what is broken fails both times.
        # How pages look is the same on each engine, and takes minutes to look at.
        looks = [] if engine == "sqlite" else ["-m", "not looks"]
        return pytest(f"browser-{engine}", ["web/e2e", "--reruns=1", "-rR", *looks], minutes=30,
                      MARTLET_URL=server.url, MARTLET_ENGINE=engine,
                      MARTLET_LETTERS=str(server.folder / "mail"),
                      MARTLET_ARTIFACTS=str(RESULTS / f"browser-{engine}"))


def contract(servers):
    """The served description of the API: valid, what the web app was made from, and true."""
    total = api.description(DEBUG_BINARY)
    with fresh_server() as server:
        total += api.schemathesis(server.url)
    return total


def attacks(_):
    """What a hostile client sends by hand, against a server without rate limits."""
    with kept_logs("attacks") as logs:
        result = pytest("attacks", ["scripts/attacks"], minutes=10, MARTLET_BINARY=DEBUG_BINARY)
    return result + silence(logs)


@contextlib.contextmanager
def kept_logs(name):
    """Every server that is started inside logs all that it can, into one folder."""
    folder = RESULTS / f"{name}-logs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["MARTLET_LOGS"] = str(folder)
    try:
        yield folder
    finally:
        del os.environ["MARTLET_LOGS"]


def silence(logs):
    """One test: none of what people did stands in the logs of a suite."""
    faults = list(canaries.faults(logs))
    for fault in faults[:20]:
        print(f"error: {fault}")
    return Counts(failed=1) if faults else Counts(passed=1)


def pytest(name, arguments, minutes, **variables):
    report = RESULTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    status, _ = run([sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider",
                     f"--junitxml={report}", *arguments], minutes, **variables)
    result = counts.from_junit(report) if report.exists() else Counts()
    return at_least_one_failure(status, result)


def at_least_one_failure(status, result):
    return result + Counts(failed=1) if status and not result.failed else result


@contextlib.contextmanager
def fresh_server(**variables):
    """The debug build on a data folder that is removed after; its log is kept."""
    folder = tempfile.mkdtemp(prefix="martlet-test-")
    server = Martlet(f"{folder}/data", binary=DEBUG_BINARY, **variables)
    try:
        with server:
            yield server
    finally:
        shutil.copy(server.log, RESULTS / "server.log")
        shutil.rmtree(folder, ignore_errors=True)


SUITES = {"swift": swift, "scripts": scripts, "web": web, "browser": browser, "api": contract,
          "attacks": attacks}


def run_suite(name, servers):
    print(f"==> {name}", flush=True)
    begun = time.monotonic()
    try:
        result = SUITES[name](servers)
    except Exception as failure:  # One broken runner must not hide the others' results.
        print(f"error: {name}: {failure}")
        result = Counts(failed=1)
    print(f"==> {name}: {result} in {time.monotonic() - begun:.0f} s", flush=True)
    return result


def main():
    processes.unwind_on_signals()
    RESULTS.mkdir(parents=True, exist_ok=True)
    chosen = os.environ.get("ONLY", ",".join(SUITES)).split(",")
    unknown = [name for name in chosen if name not in SUITES]
    if unknown:
        sys.exit(f"error: ONLY knows {', '.join(SUITES)}; not {', '.join(unknown)}")
    results = {}
    with services() as (postgres, _, variables):
        os.environ.update(variables)
        for name in chosen:
            results[name] = run_suite(name, postgres)
    total = sum(results.values(), Counts())
    print()
    for name, result in results.items():
        print(f"{name + ':':<10} {result}")
    print(total, flush=True)
    sys.exit(1 if total.failed or not total.passed else 0)


if __name__ == "__main__":
    main()
