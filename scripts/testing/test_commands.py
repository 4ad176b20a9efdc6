"""The command line as an operator meets it: backups that go back over damage, restores that ended in
the middle, refusals that say what to do."""

import contextlib
import hashlib
import json
import os
import shutil
import socket
import sqlite3

import pytest

from harness.server import DATABASE_FILE, Martlet, default_binary

MARK = b"MARTLET BACKUP 1\n"
KEYS = ("master.key", "access-token.key")


@pytest.fixture(scope="session")
def binary():
    try:
        return default_binary()
    except SystemExit:
        pytest.skip("martlet is not built")


@pytest.fixture
def place(binary, tmp_path):
    """Sixty transactions in a data folder."""
    martlet = Martlet(tmp_path / "data", binary=binary)
    succeed(martlet, "demo", "--transactions", "60")
    return martlet


def succeed(martlet, *command):
    done = martlet.run(*command, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refuse(martlet, *command):
    """The one line that the command ended with."""
    done = martlet.run(*command, timeout=120)
    assert done.returncode == 1, done
    line = done.stderr.strip().splitlines()[-1]
    assert line.startswith("Error: ")
    return line


def spoil(martlet):
    """Leaves nothing that SQLite could read; returns what it left."""
    damage = os.urandom(50_000)
    for ending in ("", "-wal"):
        (martlet.folder / f"{DATABASE_FILE}{ending}").write_bytes(damage)
    return damage


def kept(martlet):
    """What a restore kept of what was there: names and contents."""
    folders = list(martlet.folder.glob("before-restore-*"))
    assert len(folders) == 1
    return {path.name: path.read_bytes() for path in folders[0].iterdir()}


def test_a_backup_goes_back_over_a_database_that_cannot_be_opened(place, tmp_path):
    succeed(place, "backup", str(tmp_path / "backup"))
    damage = spoil(place)
    assert "martlet restore" in refuse(place, "doctor")

    succeed(place, "restore", str(tmp_path / "backup"))

    assert "60 transactions: all is well" in succeed(place, "doctor")
    assert kept(place)[DATABASE_FILE] == damage


def test_a_restore_that_ended_before_its_keys_were_taken_is_finished(place):
    waiting = place.folder / "restored-keys"
    waiting.mkdir()
    for name in KEYS:
        shutil.move(place.folder / name, waiting / name)
        (place.folder / name).write_bytes(os.urandom(32))

    assert "all is well" in succeed(place, "doctor")

    assert not waiting.exists()


def test_keys_that_do_not_open_the_database_are_not_taken(place):
    right = (place.folder / "master.key").read_bytes()
    waiting = place.folder / "restored-keys"
    waiting.mkdir()
    (waiting / "master.key").write_bytes(os.urandom(32))

    assert "all is well" in succeed(place, "doctor")

    assert (place.folder / "master.key").read_bytes() == right


def unpack(archive):
    content = archive.read_bytes()
    assert content.startswith(MARK)
    start = len(MARK) + 8
    end = start + int.from_bytes(content[len(MARK):start], "big")
    return json.loads(content[start:end]), content[end:-32]


def pack(archive, manifest, part):
    manifest["parts"][0].update(size=len(part), sha256=hashlib.sha256(part).hexdigest())
    text = json.dumps(manifest).encode()
    content = MARK + len(text).to_bytes(8, "big") + text + part
    archive.write_bytes(content + hashlib.sha256(content).digest())


def without_last_step(database):
    """As the version before left it."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.executescript("""
            DROP INDEX ledger_transaction_deleted;
            DELETE FROM schema_migration WHERE name = 'purge';
        """)


def test_a_backup_of_an_older_version_is_put_in_place_as_it_was_proved(place, tmp_path):
    archive, database = tmp_path / "backup", tmp_path / "old.sqlite"
    succeed(place, "backup", str(archive))
    manifest, part = unpack(archive)
    database.write_bytes(part)
    without_last_step(database)
    manifest["schemaSteps"].remove("purge")
    pack(archive, manifest, database.read_bytes())

    succeed(place, "restore", str(archive))

    # The doctor refuses to look at a database of an older shape.
    assert "60 transactions: all is well" in succeed(place, "doctor")


def test_a_refused_restore_leaves_everything_as_it_was(place, tmp_path):
    archive = tmp_path / "backup"
    succeed(place, "backup", str(archive))
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    archive.write_bytes(content)
    before = sorted(path.name for path in place.folder.iterdir())

    assert "the backup is damaged" in refuse(place, "restore", str(archive))

    assert sorted(path.name for path in place.folder.iterdir()) == before
    assert "60 transactions: all is well" in succeed(place, "doctor")


def test_a_backup_that_fails_leaves_the_one_before(place, tmp_path):
    archive = tmp_path / "backup"
    archive.write_text("the one before")
    spoil(place)

    refuse(place, "backup", str(archive))

    assert archive.read_text() == "the one before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_port_that_is_taken_is_named(place):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        place.environment["PORT"] = str(port)
        assert refuse(place, "serve").startswith(f"Error: PORT {port} is taken")


def test_an_account_that_is_not_there_is_told_with_those_that_are(place, tmp_path):
    statement = tmp_path / "statement.csv"
    statement.write_text("Date,Payee,Amount\n2026-03-01,Market,-12.30\n")

    line = refuse(place, "import", str(statement), "--account", "Nonsense")

    assert "Nonsense" in line and "Current account" in line


def test_importing_twice_is_importing_once(place, tmp_path):
    statement = tmp_path / "statement.csv"
    statement.write_text("Date,Payee,Amount\n2026-03-01,Market,-12.30\n")
    command = ["import", str(statement), "--account", "current account"]

    assert succeed(place, *command).startswith("1 new, 0 known already")
    assert succeed(place, *command).startswith("0 new, 1 known already")
