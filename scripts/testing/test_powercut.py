"""The power cut itself: it drops what was not synced and nothing else."""

import platform
import random
import shutil

import pytest

from chaos import powercut

WRITE = 2


def log(*entries):
    return b"".join(powercut.RECORD.pack(kind, len(data), offset) + data
                    for kind, offset, data in entries)


def test_a_log_that_ends_in_the_middle_gives_its_whole_records():
    whole = log((WRITE, 0, b"abc"), (powercut.TRUNCATE, 2, b""))

    assert list(powercut.records(whole + log((WRITE, 9, b"lost"))[:-1])) == [
        (WRITE, 0, b"abc"), (powercut.TRUNCATE, 2, b"")]


def test_writes_past_the_end_leave_zeros_between():
    content = bytearray(b"ab")

    powercut.apply(content, WRITE, 4, b"c")
    powercut.apply(content, powercut.TRUNCATE, 5, b"")

    assert bytes(content) == b"ab\0\0c"


def test_truncation_beyond_the_end_grows_the_file():
    content = bytearray(b"ab")

    powercut.apply(content, powercut.TRUNCATE, 4, b"")

    assert bytes(content) == b"ab\0\0"


def test_a_torn_write_ends_at_a_sector():
    lengths = {len(powercut.torn(bytes(4096), random.Random(seed))) for seed in range(50)}

    assert 4096 in lengths and len(lengths) > 3
    assert all(length % powercut.SECTOR == 0 for length in lengths)


def test_unsynced_commits_are_lost_and_synced_ones_are_not(tmp_path):
    if platform.system() != "Linux" or not (shutil.which("gcc") or shutil.which("clang")):
        pytest.skip("the shim needs Linux and a C compiler")

    assert "FULL 0 of" in powercut.show_that_it_bites(tmp_path)
