"""A running `martlet serve`: started on a free port, watched through its log, stopped or killed."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

from harness import processes

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATABASE_FILE = "martlet.sqlite"
WEB_APP = ROOT / "web" / "dist"
ADDRESS = re.compile(r'Martlet listens on (http://[^\s"]+?)[.,]?(?=[\s"]|$)')


def default_binary():
    """MARTLET_BINARY, else the newest of the release and debug builds."""
    if os.environ.get("MARTLET_BINARY"):
        return os.environ["MARTLET_BINARY"]
    built = [ROOT / ".build" / mode / "martlet" for mode in ("release", "debug")]
    built = [path for path in built if path.exists()]
    if not built:
        raise SystemExit("error: martlet is not built; run: make build")
    return str(max(built, key=lambda path: path.stat().st_mtime))


class Martlet:
    """`with Martlet(folder) as server:` gives `server.url`.

    `wrapper` stands before the command (strace …); `variables` are added to its environment. With
    MARTLET_LOGS the log goes to that folder instead of beside the data, and tells all that it can.
    """

    def __init__(self, folder, binary=None, wrapper=(), port=0, **variables):
        self.folder = pathlib.Path(folder)
        self.binary = binary or default_binary()
        self.wrapper = list(wrapper)
        self.log = self.folder.parent / f"{self.folder.name}.log"
        logs = os.environ.get("MARTLET_LOGS")
        if logs:
            self.log = pathlib.Path(tempfile.mkstemp(".log", f"{self.folder.name}-", logs)[1])
        self.process = None
        self.url = None
        keep = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
        self.environment = {
            **{name: os.environ[name] for name in keep if name in os.environ},
            "DATA_DIR": str(self.folder),
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "RATE_LIMITS": "off",
            **({"LOG_LEVEL": "debug", "LOG_FORMAT": "json"} if logs else {"LOG_LEVEL": "warning"}),
            **variables,
        }
        if WEB_APP.exists():
            self.environment.setdefault("WEB_DIR", str(WEB_APP))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def spawn(self):
        """Starts the process without waiting for its address."""
        self.url = None
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.wrapper, self.binary, "serve"], env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        return self

    def start(self, seconds=60):
        """Starts the process and returns the seconds until it said its address."""
        begun = time.monotonic()
        self.spawn()
        try:
            processes.wait_until(self._has_address, seconds, "martlet serve")
        except BaseException:
            self.kill()
            raise
        return time.monotonic() - begun

    def _has_address(self):
        found = ADDRESS.search(self.log_text())
        if found:
            self.url = found.group(1).rstrip("/")
            # The same port after a restart, so that clients find the server again.
            self.environment["PORT"] = self.url.rsplit(":", 1)[1]
        elif self.process.poll() is not None:
            raise RuntimeError(f"martlet serve ended with {self.process.returncode}:\n"
                               + self.log_text()[-3000:])
        return found

    def log_text(self):
        """What this start has written so far."""
        with open(self.log, "rb") as log:
            log.seek(self.log_start)
            return log.read().decode(errors="replace")

    def stop(self, seconds=15):
        if self.process:
            processes.end(self.process, seconds)
            self.kill()

    def kill(self):
        """kill -9 for the server and whatever it is wrapped in."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def run(self, *arguments, **options):
        """Another command of the same program on the same data."""
        return subprocess.run([self.binary, *arguments], env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, **options)

    def doctor(self):
        """Raises when an invariant is broken; the server must be stopped."""
        done = self.run("doctor")
        if done.returncode:
            raise AssertionError(f"doctor found damage:\n{done.stdout}{done.stderr}")
        return done.stdout
