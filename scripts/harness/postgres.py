"""A PostgreSQL of our own: a temporary cluster on a private socket, no network, removed after."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
import urllib.parse

from harness import processes

ROLE = "martlet_test"


def memory_or_disk():
    """Memory where there is some: hundreds of test databases wait for a disk's syncs otherwise."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"


# Durable as Martlet insists (fsync, full_page_writes and synchronous_commit stay on), but with
# room for many test databases and without checkpoints in the middle of a measurement.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "600",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "log_min_messages": "warning",
    "lc_messages": "C",
}


def find_binaries():
    """The folder of the newest PostgreSQL, 15 or later."""
    folders = glob.glob("/usr/lib/postgresql/*/bin")
    folders += glob.glob("/opt/homebrew/opt/postgresql@*/bin")
    folders += glob.glob("/usr/local/opt/postgresql@*/bin")
    if shutil.which("initdb"):
        folders.append(os.path.dirname(os.path.realpath(shutil.which("initdb"))))
    found = []
    for folder in folders:
        program = os.path.join(folder, "postgres")
        if os.path.exists(program):
            words = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
            found.append((int(words.split()[2].split(".")[0]), folder))
    newest = max(found, default=(0, ""))
    if newest[0] < 15:
        raise SystemExit("error: PostgreSQL 15 or later is not installed; run: make setup")
    return newest[1]


def unprivileged_user():
    """Whom to become when we are root, whom PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("error: running as root, and there is no user 'postgres' or 'nobody'")


def is_running(process):
    state = subprocess.run(["ps", "-o", "stat=", "-p", process], capture_output=True, text=True)
    return state.stdout.strip() not in ("", "Z", "Zs", "Z+")


class TemporaryPostgres:
    """`with TemporaryPostgres() as postgres:` gives `url()` and the means to hurt it."""

    def __init__(self, **settings):
        self.settings = {**SETTINGS, **settings}
        self.binaries = find_binaries()
        self.user = unprivileged_user()
        self.process = None

    def __enter__(self):
        # Short, since a socket's path may have 107 bytes at most.
        self.folder = tempfile.mkdtemp(prefix="mpg-", dir=memory_or_disk())
        try:
            if self.user:
                os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
            self._run("initdb", "-D", f"{self.folder}/data", "-U", "postgres", "-A", "trust",
                      "-E", "UTF8", "--locale=C", "--no-sync")
            self._admit()
            self.start()
            self.psql(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER")
            self.create_database(ROLE)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _credentials(self):
        if not self.user:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def _run(self, program, *arguments):
        done = subprocess.run([f"{self.binaries}/{program}", *arguments], text=True,
                              cwd="/", capture_output=True, **self._credentials())
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()}")
        return done.stdout

    def _admit(self):
        """Anyone on this machine may come as the powerless roles; only who started us, and whom
        the cluster runs as, as the superuser."""
        owners = {pwd.getpwuid(os.geteuid()).pw_name}
        if self.user:
            owners.add(self.user.pw_name)
            # For a pooler, which runs as somebody else and needs the socket.
            os.chmod(self.folder, 0o755)
        with open(f"{self.folder}/data/pg_hba.conf", "w") as file:
            file.write("local all postgres peer map=owner\nlocal all all trust\n")
        with open(f"{self.folder}/data/pg_ident.conf", "w") as file:
            file.writelines(f"owner {name} postgres\n" for name in sorted(owners))

    def start(self):
        options = [part for item in self.settings.items() for part in ("-c", "=".join(item))]
        self.log = open(f"{self.folder}/log", "ab")
        self.process = subprocess.Popen(
            [f"{self.binaries}/postgres", "-D", f"{self.folder}/data", "-k", self.folder, *options],
            stdout=self.log, stderr=self.log, cwd="/", start_new_session=True,
            **self._credentials())
        processes.wait_until(self.is_ready, 30, "PostgreSQL")

    def is_ready(self):
        if self.process.poll() is not None:
            with open(f"{self.folder}/log") as log:
                raise RuntimeError(f"PostgreSQL did not start: {log.read()[-2000:]}")
        asked = subprocess.run([f"{self.binaries}/pg_isready", "-q", "-h", self.folder])
        return asked.returncode == 0

    def stop(self):
        """A fast shutdown: sessions are ended, the log is flushed."""
        if self.process:
            processes.end(self.process, seconds=20, first=2)

    def kill(self):
        """The postmaster dies as if the machine had; its children notice and leave."""
        listed = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True,
                                text=True)
        self.process.kill()
        self.process.wait()
        # They hold the shared memory, without which the next start refuses.
        for child in listed.stdout.split():
            processes.wait_until(lambda: not is_running(child), 10, "orphans of PostgreSQL")

    def psql(self, statement, database="postgres"):
        return self._run("psql", "-h", self.folder, "-U", "postgres", "-d", database, "-qAtX",
                         "-v", "ON_ERROR_STOP=1", "-c", statement)

    def create_database(self, name):
        self.psql(f'CREATE DATABASE "{name}" OWNER {ROLE}')
        return self.url(name)

    def url(self, database=ROLE, role=ROLE):
        return f"postgres://{role}@/{database}?host={urllib.parse.quote(self.folder)}"
