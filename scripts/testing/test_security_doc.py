"""What the documents about security claim is there: tests, files, settings, requirements."""

import pytest

from testing import security_doc
from testing.security_doc import ROOT

DOCS = ROOT / "docs"


@pytest.mark.parametrize("page", ["security.md", "threat-model.md"])
def test_what_a_page_names_is_there(page):
    text = (DOCS / page).read_text()

    assert len(security_doc.PROOF.findall(text)) > 20
    assert list(security_doc.wrong_names(text, DOCS)) == []


def test_every_requirement_has_an_answer_once():
    text = (DOCS / "security.md").read_text()

    assert len(security_doc.required()) == 253 + 13
    assert list(security_doc.wrong_rows(text)) == []
    assert security_doc.tally(text) in text


def test_every_setting_is_explained_to_who_runs_a_server():
    text = (DOCS / "self-hosting.md").read_text()
    names = security_doc.settings()

    assert len(names) > 15
    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize("claim, fault", [
    ("`GuessingTests` nobody ever guesses", "has no test nobody ever guesses"),
    ("`UnwrittenTests` a sentence", "no file UnwrittenTests"),
    ("`test_tidy.py` test_nothing", "has no test test_nothing"),
    ("`client.test.ts` nothing at all", "has no test nothing at all"),
    ("in `Unwritten.swift`", "no file Unwritten.swift"),
    ("see [this](adr/9999-never.md)", "no page adr/9999-never.md"),
    ("by `NO_SUCH_SETTING`", "no setting NO_SUCH_SETTING"),
])
def test_a_claim_that_does_not_hold_is_named(claim, fault):
    (only,) = security_doc.wrong_names(claim, DOCS)

    assert only.endswith(fault)


def test_a_table_that_is_not_whole_is_named():
    faults = set(security_doc.wrong_rows(
        "| 6.2.1–3 | length | yes | rules | — |\n"
        "| 6.2.3 | old and new | surely | rules | `PasswordTests` a phrase of one's own is taken |\n"
        "| 6.2.99 | none | no | | — |\n"))

    assert {"6.2.1: yes, without proof", "6.2.3: surely is no answer", "6.2.3 stands 2 times",
            "6.2.99 is not asked for", "6.2.4 is missing"} <= faults
    assert "6.2.2 is missing" not in faults
