"""make coverage: how many lines the tests of the features run through, and a floor for some of them."""

import json
import pathlib
import subprocess
import sys

# Where a line that no test runs through is a door that nobody has tried.
FLOORS = {"Identity": 90, "Households": 90, "Audit": 90}
SOURCES = "/Sources/Features/"


def lines_by_feature(report):
    """Covered lines and all lines of each folder of Sources/Features."""
    totals = {}
    for file in json.loads(report.read_text())["data"][0]["files"]:
        _, found, path = file["filename"].partition(SOURCES)
        if not found:
            continue
        lines = file["summary"]["lines"]
        covered, count = totals.get(path.split("/")[0], (0, 0))
        totals[path.split("/")[0]] = covered + lines["covered"], count + lines["count"]
    return totals


def main():
    command = ["swift", "test", "--enable-code-coverage", "--filter", r"^FeaturesTests\."]
    if subprocess.run(command, check=False).returncode:
        sys.exit("error: the tests failed")
    shown = subprocess.run(["swift", "test", "--show-codecov-path"], check=True,
                           capture_output=True, text=True).stdout.strip()
    missed = []
    for feature, (covered, count) in sorted(lines_by_feature(pathlib.Path(shown)).items()):
        share = 100 * covered / max(count, 1)
        print(f"{feature:16} {share:5.1f} % of {count} lines")
        if share < FLOORS.get(feature, 0):
            missed.append(feature)
    if missed:
        sys.exit(f"error: below the floor: {', '.join(missed)}")


if __name__ == "__main__":
    main()
