"""What may stand in no log, looked for in the logs of a whole suite when it is over."""

import csv
import json
import re

from testing.suites import ROOT

# Whatever the suites sign up, sign in and guess with: `PASSWORD = "…"` and the like.
PASSWORD = re.compile(r'^\s*[A-Z_]*(?:PASSWORD|SECRET)[A-Z_]* = "(.{8,})"', re.MULTILINE)
SUITES = ("web/e2e", "scripts/attacks", "scripts/harness")
STATEMENT = ROOT / "web" / "e2e" / "fixtures" / "statement.csv"
# The heads of trails are hashes of 256 bits, and are written down on purpose.
PATTERNS = {
    "an access token": r"\beyJ[\w-]{8,}\.",
    "a personal access token": r"\bmartlet_pat_",
    "a token of 256 bits": r'(?<!"head":")(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])',
    "an e-mail address": r"[\w.+-]+@[\w-]+\.\w{2,}",
    "a bank account": r"\b[A-Z]{2}\d{2} ?(?:\d{4} ?){3,7}\d{0,3}\b",
    "a query": r"/api/v1/[^\s\"?]*\?\w",
}


def passwords():
    files = [file for suite in SUITES for file in sorted((ROOT / suite).glob("*.py"))]
    return sorted({word for file in files for word in PASSWORD.findall(file.read_text())})


def statement():
    """Payees and amounts of the fixture, an amount as the file and as the API writes it."""
    with open(STATEMENT, newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            yield "a payee", row["Payee"]
            yield "a purpose", row["Purpose"]
            written = row["Amount"].lstrip("-")
            yield "an amount", written
            yield "an amount", written.replace(".", "").replace(",", ".")


def patterns():
    """What each is, and the expression that finds it."""
    texts = {*statement(), *(("a password", word) for word in passwords())}
    whole = {(what, rf"(?<![\w.]){re.escape(text)}(?!\w)") for what, text in texts}
    return [(what, re.compile(text)) for what, text in sorted({*whole, *PATTERNS.items()})]


def found(log):
    """(number of the line, what it tells); the line itself is not repeated."""
    wanted = patterns()
    with open(log, errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            yield from ((number, what) for what, text in wanted if text.search(line))


def requests(log):
    """How many requests the log tells of: a log that tells of none proves nothing."""
    with open(log, errors="replace") as lines:
        return sum(is_request(line) for line in lines)


def is_request(line):
    try:
        return json.loads(line).get("message") == "request"
    except ValueError:
        return False


def faults(folder):
    """One line for whatever the logs in a folder tell and may not."""
    logs = sorted(folder.glob("*.log"))
    for log in logs:
        for number, what in found(log):
            yield f"{log.name}:{number} has {what}"
    if sum(map(requests, logs)) < 50:
        yield f"{folder} tells of hardly any request"
