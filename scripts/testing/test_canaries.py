"""What the search of logs finds, and what it leaves alone."""

import json

import pytest

from testing import canaries

LINE = {"time": "2026-11-21T08:00:00.123456Z", "level": "info", "message": "request",
        "address": "127.0.0.1", "milliseconds": "64.350", "person": "019ab1c2-7d3e-7f00-8a1b-0123456789ab",
        "request": "019ab1c2-7d3e-7f00-8a1b-ba9876543210", "route": "/api/v1/accounts/{id}", "status": "200"}


@pytest.fixture
def log(tmp_path):
    def write(**fields):
        lines = [LINE] * 60 + [{**LINE, **fields}] * bool(fields)
        text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
        (tmp_path / "data.log").write_text(text)
        return list(canaries.faults(tmp_path))

    return write


def test_what_every_line_has_is_no_finding(log):
    assert log() == []
    assert log(head="kfwkpQUVcivImaTgy4ZGsQLsL1KcKnK7AvQ8RFblekc") == []


@pytest.mark.parametrize("text, what", [
    ("a sparrow sang at dawn 1", "a password"),
    ("a long and private phrase 7", "a password"),
    ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "an access token"),
    ("martlet_pat_abcdefgh", "a personal access token"),
    ("the link 3q2-7wAAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrrS", "a token of 256 bits"),
    ("ada.0123@example.org", "an e-mail address"),
    ("DE89370400440532013000", "a bank account"),
    ("/api/v1/transactions?q=rent", "a query"),
    ("to Kaffeehaus Mitte", "a payee"),
    ("spent 64.35", "an amount"),
    ("Betrag 2.500,00 EUR", "an amount"),
])
def test_what_nobody_may_read_is_named_by_its_line_and_not_repeated(log, text, what):
    (only,) = log(detail=text)

    assert only == f"data.log:61 has {what}"


def test_a_log_that_tells_nothing_proves_nothing(tmp_path):
    (tmp_path / "data.log").write_text("")

    (only,) = canaries.faults(tmp_path)
    assert only.endswith("hardly any request")
