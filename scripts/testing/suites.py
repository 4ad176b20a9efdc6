"""Runs one runner at a time: its output is shown as it comes and kept for counting."""

import os
import pathlib
import subprocess
import sys
import threading

from harness import processes

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / ".build-tools" / "results"


def run(command, minutes, cwd=ROOT, **variables):
    """Runs a command to its end or to its time limit; returns its status and what it said."""
    process = subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **variables}, text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True)
    late = threading.Event()

    def stop():
        late.set()
        processes.end_group(process)

    timer = threading.Timer(minutes * 60, stop)
    timer.start()
    lines = []
    try:
        for line in process.stdout:
            sys.stdout.write(line)
            lines.append(line)
        process.wait()
    except BaseException:
        processes.end_group(process)
        raise
    finally:
        timer.cancel()
        sys.stdout.flush()
    if late.is_set():
        print(f"error: stopped after {minutes} minutes: {' '.join(map(str, command))}")
        return 124, "".join(lines)
    return process.returncode, "".join(lines)
