"""How many tests passed, failed and were skipped, read from what each runner wrote."""

import dataclasses
import re
import xml.etree.ElementTree as ElementTree


@dataclasses.dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Counts(self.passed + other.passed, self.failed + other.failed,
                      self.skipped + other.skipped)

    def __str__(self):
        line = f"{self.passed} passed, {self.failed} failed"
        return line + (f", {self.skipped} skipped" if self.skipped else "")


def from_junit(path, must_run=None):
    """Counts of a JUnit file. A skipped test whose reason or name matches `must_run` failed."""
    counts = Counts()
    for case in ElementTree.parse(path).iter("testcase"):
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            counts.failed += 1
        elif skipped is None:
            counts.passed += 1
        else:
            reason = f"{case.get('name')} {skipped.get('message') or ''} {skipped.text or ''}"
            if must_run and re.search(must_run, reason, re.IGNORECASE):
                print(f"error: this test may not be skipped: {reason}")
                counts.failed += 1
            else:
                counts.skipped += 1
    return counts


def from_swift_text(text):
    """Counts of `swift test`, for when its XML is missing or broken."""
    found = re.findall(r"Test run with (\d+) tests?.*? (passed|failed)", text)
    if not found:
        return Counts()
    total = int(found[-1][0])
    failed = len(re.findall(r'^\S+ Test (?:".*?"|\S+)(?: with \d+ test cases?)? failed after',
                            text, re.MULTILINE))
    skipped = len(re.findall(r"^\S+ Test .*? skipped", text, re.MULTILINE))
    return Counts(total - failed - skipped, failed, skipped)


def from_node(text):
    """Counts of `node --test`, in either of its reports; several runs are added up."""

    def total(word):
        return sum(int(n) for n in re.findall(rf"^\S+ {word} (\d+)\s*$", text, re.MULTILINE))

    return Counts(total("pass"), total("fail") + total("cancelled"),
                  total("skipped") + total("todo"))
