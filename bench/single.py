"""What is measured once at a time: import, start, memory, bytes of the first page."""

import datetime
import http.client
import random
import re
import statistics
import time
import urllib.parse

from harness import processes
from harness.client import Client

ROWS = 100_000
PAYEES = ["Market hall", "Corner bakery", "City transport", "Water works", "Power company",
          "Book shop", "Pharmacy", "Cafe Central", "Hardware store", "Cinema"]


def statement(seed):
    """A bank's CSV of 100 000 rows over five years, with a few hundred payees."""
    chance = random.Random(seed)
    start = datetime.date.today() - datetime.timedelta(days=1826)
    lines = ["Date;Payee;Purpose;Amount"]
    for row in range(ROWS):
        day = start + datetime.timedelta(days=row * 1826 // ROWS)
        amount = chance.randrange(1, 25_000) * (1 if chance.random() < 0.05 else -1)
        sign, cents = "-" if amount < 0 else "", abs(amount)
        lines.append(f"{day};{chance.choice(PAYEES)} {chance.randrange(40)};"
                     f"Ref {chance.randrange(10**8)};{sign}{cents // 100}.{cents % 100:02d}")
    return ("\n".join(lines) + "\n").encode()


def import_rate(server, email):
    """Rows a second from the upload's first byte to the committed batch: the median of three
    files on three new accounts, and the seconds of reading and of committing in that run."""
    runs = []
    for seed in range(3):
        client = Client(server.url, timeout=120).login(email)
        runs.append(import_once(client, client.account(f"Import {seed}"), statement(seed)))
        client.close()
    return statistics.median_low(runs)


def import_once(client, account, content):
    begun = time.monotonic()
    batch = client.upload(account, "statement.csv", content)
    batch = poll(client, batch, "reading")
    if batch["state"] != "preview" or batch["new"] != ROWS:
        raise RuntimeError(f"the preview is {batch}")
    read = time.monotonic()
    batch = client.expect((200, 202), "POST", f"imports/{batch['id']}/commit").data
    batch = poll(client, batch, "committing")
    if batch["state"] != "committed":
        raise RuntimeError(f"the commit is {batch}")
    done = time.monotonic()
    return ROWS / (done - begun), read - begun, done - read


def poll(client, batch, while_state):
    while batch["state"] == while_state:
        time.sleep(0.02)
        batch = client.expect(200, "GET", f"imports/{batch['id']}").data
    return batch


def start_milliseconds(server):
    """From exec to the first answer of /health/live, the median of five, on the data as it is."""
    server.stop()
    seconds = []
    for _ in range(5):
        begun = time.monotonic()
        server.spawn()
        host, port = "127.0.0.1", int(server.environment["PORT"])
        processes.wait_until(lambda: answers(host, port), 30, "first answer")
        seconds.append(time.monotonic() - begun)
        server.stop()
    server.start()
    return statistics.median(seconds) * 1000


def answers(host, port):
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except OSError:
        time.sleep(0.001)
        return False
    finally:
        connection.close()


def resident_mebibytes(process):
    with open(f"/proc/{process.pid}/status") as status:
        kibibytes = re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)
    return int(kibibytes) / 1024


def first_load_bytes(url):
    """Bytes over the wire of every script and style that the first page asks for by itself:
    those the page names, and what these import statically. Returns (bytes, files)."""
    text = fetch(url, "/").decode()
    names = re.findall(r'<script[^>]+src="([^"]+)"', text)
    names += re.findall(r'<link[^>]+rel="(?:stylesheet|modulepreload)"[^>]+href="([^"]+)"', text)
    names += re.findall(r'<link[^>]+href="([^"]+)"[^>]+rel="(?:stylesheet|modulepreload)"', text)
    waiting, sizes = [urllib.parse.urljoin("/", name) for name in names], {}
    while waiting:
        name = waiting.pop()
        if name in sizes:
            continue
        sizes[name] = len(fetch(url, name, "br, gzip"))
        if name.endswith(".js"):
            script = fetch(url, name).decode()
            imported = re.findall(r'(?:from|import)\s*"(\.[^"]+\.js)"', script)
            waiting += [urllib.parse.urljoin(name, path) for path in imported]
    return sum(sizes.values()), len(sizes)


def fetch(url, path, encoding="identity"):
    """The bytes of one file as they go over the wire in this encoding."""
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    if reply.status != 200:
        raise RuntimeError(f"GET {path}: {reply.status}")
    return body
