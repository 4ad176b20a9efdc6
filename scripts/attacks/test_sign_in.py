"""A flood of sign-ins: each costs 64 MiB and a good part of a second of a core."""

import threading
import uuid

from harness.client import Client
from wire import MEBIBYTE, forget_peak, resident

CALLERS = 200
# Two at once, each with the memory of one hash.
HASHES = 2 * 64 * MEBIBYTE


def test_a_flood_of_sign_ins_is_bounded_in_memory_and_in_time(server):
    forget_peak(server.process)
    before = resident(server.process)
    start = threading.Barrier(CALLERS + 1)
    answers = []

    def sign_in(number):
        client = Client(server.url, timeout=120)
        start.wait()
        answers.append(client.call("POST", "auth/login", {
            "email": f"{uuid.uuid4()}@example.org", "password": f"{number:04}" * 250}))

    threads = [threading.Thread(target=sign_in, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    start.wait()
    others = [Client(server.url).call("GET", "currencies").status for _ in range(50)]
    for thread in threads:
        thread.join()

    statuses = [answer.status for answer in answers]
    assert set(statuses) == {401, 503}
    assert statuses.count(401) >= 34
    assert statuses.count(503) > CALLERS / 2
    assert all(answer.headers["Retry-After"] for answer in answers if answer.status == 503)
    assert set(others) == {200}
    assert resident(server.process, "VmHWM") - before < HASHES * 1.1 + 32 * MEBIBYTE
