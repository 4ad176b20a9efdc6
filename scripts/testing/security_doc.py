"""What docs/security.md and docs/threat-model.md claim, held against the tree.

A proof is written as a file in backticks and the name of a test in it: a Swift suite and the sentence
of its test, a Python file and its function, a web test's file and its sentence. Several stand apart
by semicolons.
"""

import pathlib
import re

from testing import tidy

ROOT = tidy.ROOT
ANSWERS = {"yes", "partly", "no", "waived", "n/a", "operator"}

# OWASP ASVS 5.0: how many requirements of levels 1 and 2 each section has. They are the first ones.
LEVEL_TWO = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}
# Of level 3, those that are held to as well.
OF_LEVEL_THREE = {
    "1.2.10", "1.5.3", "4.2.2", "4.2.3", "4.2.4", "6.3.5", "6.3.6", "6.3.7", "6.3.8", "6.4.6",
    "6.5.6", "6.7.2", "7.5.3",
}

IDS = re.compile(r"\d+\.\d+\.\d+(–\d+)?(, \d+\.\d+\.\d+(–\d+)?)*")
SUITE = re.compile(r"\w+Tests|(?:test_\w+\.py)|(?:\w+\.test\.tsx?)")
PROOF = re.compile(r"`(?P<file>" + SUITE.pattern + r")` (?P<name>[^`;|]+)")
FILE = re.compile(
    r"`(?P<path>[\w.+@/-]+\.(?:swift|py|tsx?|mjs|md|conf|yaml|service|sh|c|json)|Dockerfile)`")
LINK = re.compile(r"\]\((?P<target>[^)#:]+)(?:#[^)]*)?\)")
SETTING = re.compile(r"`(?P<name>[A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`")


def required():
    """Every id that must have its place."""
    level_two = {f"{section}.{number}" for section, count in LEVEL_TWO.items()
                 for number in range(1, count + 1)}
    return level_two | OF_LEVEL_THREE


def expand(text):
    """The ids that a first cell such as `6.2.1–3, 6.2.9` means."""
    for part in text.split(", "):
        first, _, last = part.partition("–")
        section, _, number = first.rpartition(".")
        for each in range(int(number), int(last or number) + 1):
            yield f"{section}.{each}"


def rows(text):
    """The rows of the requirements' table: (ids, answer, proof)."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 5 and IDS.fullmatch(cells[0]):
            yield list(expand(cells[0])), cells[2], cells[4]


def wrong_rows(text):
    """What is missing in the table, stands twice, or claims without proof."""
    seen = {}
    for ids, answer, proof in rows(text):
        where = ids[0]
        if answer not in ANSWERS:
            yield f"{where}: {answer} is no answer"
        if answer in {"yes", "partly"} and not (
                PROOF.search(proof) or LINK.search(proof) or FILE.search(proof)):
            yield f"{where}: {answer}, without proof"
        for one in ids:
            seen[one] = seen.get(one, 0) + 1
    yield from (f"{one} is missing" for one in sorted(required() - seen.keys()))
    yield from (f"{one} is not asked for" for one in sorted(seen.keys() - required()))
    yield from (f"{one} stands {count} times" for one, count in sorted(seen.items()) if count > 1)


def tally(text):
    """How often each answer is given, as the document writes it."""
    counts = dict.fromkeys(("yes", "partly", "operator", "no", "waived", "n/a"), 0)
    for ids, answer, _ in rows(text):
        counts[answer] += len(ids)
    return ", ".join(f"{count} {answer}" for answer, count in counts.items())


def sources():
    """Every file of the tree by its path, and the files that hold tests by their suite."""
    paths = tidy.files()
    suites = {}
    for path in paths:
        name = pathlib.PurePosixPath(path).name
        suites.setdefault(name.removesuffix(".swift"), path)
    return paths, suites


def has_test(text, path, name):
    """Whether a file has a test of that name."""
    if path.endswith(".swift"):
        return f"func `{name}`(" in text
    if path.endswith(".py"):
        return re.search(rf"^\s*def {re.escape(name)}\(", text, re.M) is not None
    return f'test("{name}"' in text or f"test(`{name}`" in text


def wrong_names(text, folder, root=ROOT):
    """Each test, file, link and setting that the text names and that is not there."""
    paths, suites = sources()
    for match in PROOF.finditer(text):
        file, name = match["file"], match["name"].strip()
        path = suites.get(file)
        if path is None:
            yield f"no file {file}"
        elif not has_test((root / path).read_text(), path, name):
            yield f"{path} has no test {name}"
    for match in FILE.finditer(text):
        path = match["path"]
        if not any(one == path or one.endswith("/" + path) for one in paths):
            yield f"no file {path}"
    for match in LINK.finditer(text):
        if not (folder / match["target"]).exists():
            yield f"no page {match['target']}"
    example = (root / ".env.example").read_text()
    for match in SETTING.finditer(text):
        if f"#{match['name']}=" not in example:
            yield f"no setting {match['name']}"


def settings(root=ROOT):
    """Every setting, as .env.example lists them."""
    return re.findall(r"^#([A-Z_]+)=", (root / ".env.example").read_text(), re.M)
