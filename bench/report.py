"""The numbers as a page of markdown, with the machine they were taken on."""

import datetime
import os
import platform
import subprocess
import tempfile
import time


class Report:
    def __init__(self, path):
        self.path = path
        self.lines = []

    def say(self, text=""):
        """One line, to the page and to the terminal."""
        self.lines.append(text)
        print(text, flush=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n".join(self.lines) + "\n")

    def table(self, head, rows):
        self.say("| " + " | ".join(head) + " |")
        self.say("| " + " | ".join("---" for _ in head) + " |")
        for row in rows:
            self.say("| " + " | ".join(str(cell) for cell in row) + " |")
        self.say()


def machine():
    """What the numbers depend on."""
    processor = words("sh", "-c", "sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1")
    memory = words("sh", "-c", "sed -n 's/^MemTotal: *//p' /proc/meminfo")
    folder = tempfile.gettempdir()
    kind = words("stat", "-f", "-c", "%T", folder)
    return [
        f"- {datetime.date.today()}, commit {words('git', 'rev-parse', '--short', 'HEAD')}",
        f"- {os.cpu_count()} cores ({processor or platform.processor()}), {memory} of memory, "
        f"{platform.system()} {platform.release()}",
        f"- data on {kind}, {syncs_a_second(folder):,.0f} syncs of 4 KiB a second",
        f"- {words('swift', '--version').splitlines()[0]}; "
        f"{words('sqlite3', '--version')[:6] or 'unknown'} SQLite",
    ]


def words(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip() or "unknown"
    except OSError:
        return "unknown"


def syncs_a_second(folder):
    """What the disk can do for one writer, the bound of every durable write."""
    with tempfile.TemporaryFile(dir=folder) as file:
        end, count = time.monotonic() + 1, 0
        while time.monotonic() < end:
            os.pwrite(file.fileno(), bytes(4096), 4096 * (count % 256))
            os.fsync(file.fileno())
            count += 1
    return count
