"""A Redis of our own: in memory only, on a private socket."""

import os
import shutil
import subprocess
import tempfile

from harness import processes


class TemporaryRedis:
    """`with TemporaryRedis() as redis:` gives `redis.url`."""

    def __enter__(self):
        program = shutil.which("redis-server")
        if not program:
            raise SystemExit("error: redis-server is not installed; run: make setup")
        self.folder = tempfile.mkdtemp(prefix="mrd-", dir="/tmp")
        self.socket = f"{self.folder}/redis.sock"
        self.url = f"redis+unix://{self.socket}"
        self.command = [program, "--port", "0", "--unixsocket", self.socket, "--save", "",
                        "--appendonly", "no", "--dir", self.folder, "--loglevel", "warning"]
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL,
                                        start_new_session=True)
        processes.wait_until(lambda: os.path.exists(self.socket), 10, "Redis")

    def stop(self):
        processes.end(self.process)

    def __exit__(self, *_):
        if hasattr(self, "process"):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
